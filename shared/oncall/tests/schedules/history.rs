//! Editing never changes the past.

use crate::typed::{any_definition, cases, instant, layer, names, schedule, second};
use oncall::schedule::{Definition, History, Schedule};
use proptest::prelude::*;

fn start(definition: &Definition) -> i64 {
    let local: jiff::civil::DateTime = definition.layers[0].start.parse().unwrap();
    local.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second()
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn a_change_counts_from_its_save_onward_and_not_before(
        before in any_definition(), after in any_definition(), saved in 1..3_000i64, asked in 0..6_000i64,
    ) {
        let first = start(&before);
        let (saved, asked) = (first + saved * 3_600, second(first + asked * 3_600));
        let (before, after) = (Schedule::new(&before).unwrap(), Schedule::new(&after).unwrap());
        let history = History::new([(second(saved), after.clone()), (second(first), before.clone())]);
        let in_force = if asked < second(saved) { &before } else { &after };
        prop_assert_eq!(history.at(asked), in_force.at(asked));
    }

    #[test]
    fn the_rendered_past_stays_as_it_was(before in any_definition(), after in any_definition(), saved in 0..1_000i64) {
        let first = start(&before);
        let (from, saved, to) = (first - 86_400, first + saved * 3_600, first + 1_200 * 3_600);
        let (before, after) = (Schedule::new(&before).unwrap(), Schedule::new(&after).unwrap());
        let history = History::new([(second(first), before), (second(saved), after)]);
        let shifts = history.shifts(second(from), second(to)).unwrap();
        prop_assert_eq!((shifts[0].start, shifts[shifts.len() - 1].end), (second(from), second(to)));
        for pair in shifts.windows(2) {
            prop_assert_eq!(pair[0].end, pair[1].start);
            prop_assert_ne!(&pair[0].people, &pair[1].people);
        }
        for shift in &shifts {
            for at in [shift.start.as_second(), shift.end.as_second() - 1] {
                prop_assert_eq!(names(history.at(second(at)).people()), names(shift.people.iter().copied()));
            }
        }
    }
}

#[test]
fn a_new_person_takes_over_in_the_middle_of_a_shift() {
    let week = |users| schedule("UTC", &[layer("weekly", "2024-06-03T08:00", users)]);
    let saves = [(instant("2024-06-01T00:00:00Z"), week("A B")), (instant("2024-06-05T12:00:00Z"), week("C B"))];
    let history = History::new(saves);
    let shifts = history.shifts(instant("2024-05-31T00:00:00Z"), instant("2024-06-11T00:00:00Z")).unwrap();
    let lines: Vec<String> =
        shifts.iter().map(|shift| format!("{} {}", shift.start, names(shift.people.iter().copied()))).collect();
    assert_eq!(
        lines,
        ["2024-05-31T00:00:00Z ", "2024-06-03T08:00:00Z A", "2024-06-05T12:00:00Z C", "2024-06-10T08:00:00Z B"]
    );
}
