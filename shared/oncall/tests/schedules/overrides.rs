//! Overrides hide all layers.

use crate::typed::{cases, definition, instant, layer, one_override, overrides_near, second, who};
use oncall::schedule::{Definition, OverrideDefinition, Problem, Schedule, Skip};
use proptest::prelude::*;
use std::collections::BTreeSet;

const MONDAY: i64 = 1_717_372_800; // 2024-06-03T00:00:00Z

fn with(overrides: Vec<OverrideDefinition>) -> Definition {
    Definition { overrides, ..definition("UTC", &[layer("daily", "2024-06-03T00:00", "L")]) }
}

fn long_or_short() -> impl Strategy<Value = Vec<OverrideDefinition>> {
    let long = prop::collection::vec((0..7_000i64, 1..9_000i64), 0..4).prop_map(|spans| {
        let of =
            |(from, hours)| one_override(second(MONDAY + from * 3_600), second(MONDAY + (from + hours) * 3_600), "W");
        spans.into_iter().map(of).collect::<Vec<_>>()
    });
    (overrides_near(MONDAY, 60), long).prop_map(|(short, long)| [short, long].concat())
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn all_overrides_that_cover_the_instant_count_and_no_layer(
        overrides in long_or_short(), hours in prop::collection::vec((0..9_000i64, -1..=1i64), 50),
    ) {
        let definition = with(overrides);
        let schedule = Schedule::new(&definition).unwrap();
        for (hours, drift) in hours {
            let asked = second(MONDAY + hours * 3_600 + drift);
            let covers = |one: &&OverrideDefinition| instant(&one.start) <= asked && asked < instant(&one.end);
            let people: BTreeSet<_> = definition.overrides.iter().filter(covers).flat_map(|one| &one.users).collect();
            let expected: String = people.iter().map(|person| person.as_str()).collect();
            let layers = if asked < second(MONDAY) { "" } else { "L" };
            prop_assert_eq!(who(&schedule, asked), if expected.is_empty() { layers } else { &expected });
        }
    }

    #[test]
    fn their_order_does_not_matter(overrides in long_or_short().prop_shuffle(), hours in 0..9_000i64) {
        let mut reversed = overrides.clone();
        reversed.reverse();
        let asked = second(MONDAY + hours * 3_600);
        let (one, other) = (Schedule::new(&with(overrides)).unwrap(), Schedule::new(&with(reversed)).unwrap());
        prop_assert_eq!(who(&one, asked), who(&other, asked));
    }

    #[test]
    fn one_without_people_is_refused_when_saving_and_ignored_if_stored(overrides in long_or_short(), hours in 0..9_000i64) {
        let nobody = one_override(second(MONDAY), second(MONDAY + 9_000 * 3_600), "");
        let sound = Schedule::new(&with(overrides.clone())).unwrap();
        let number = overrides.len();
        let definition = with([overrides, vec![nobody]].concat());
        let refusals = Schedule::new(&definition).unwrap_err();
        prop_assert_eq!(refusals.len(), 1);
        prop_assert_eq!(refusals[0].problem, Problem::Nobody);
        prop_assert_eq!(&refusals[0].field, &format!("overrides[{number}].users"));
        let (stored, same) = Schedule::stored(&definition);
        prop_assert_eq!(same, refusals);
        let asked = second(MONDAY + hours * 3_600);
        prop_assert_eq!(stored.at(asked), sound.at(asked));
        let ignored = matches!(stored.explain(asked).skipped.last(), Some(Skip::EmptyOverride { .. }));
        prop_assert!(ignored);
    }
}

#[test]
fn a_boundary_may_lie_within_a_second() {
    let half = OverrideDefinition {
        start: "2024-06-05T12:00:00.5Z".to_owned(),
        ..one_override(second(0), second(2_000_000_000), "X")
    };
    let schedule = Schedule::new(&with(vec![half])).unwrap();
    assert_eq!(who(&schedule, instant("2024-06-05T12:00:00.499999999Z")), "L");
    assert_eq!(who(&schedule, instant("2024-06-05T12:00:00.5Z")), "X");
}

#[test]
fn they_count_even_if_the_zone_is_unknown() {
    let definition =
        Definition { timezone: "Europe/Atlantis".to_owned(), ..with(vec![one_override(second(0), second(60), "X")]) };
    let (schedule, refusals) = Schedule::stored(&definition);
    assert_eq!(refusals[0].to_string(), "timezone is not the name of a time zone, such as Europe/Oslo");
    assert_eq!(who(&schedule, second(59)), "X");
    assert_eq!(who(&schedule, second(60)), "");
}
