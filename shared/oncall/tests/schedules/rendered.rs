//! The final shifts of a window.

use crate::typed::{any_definition, cases, instant, layer, names, one_override, schedule, second};
use oncall::schedule::{Definition, FinalShift, Reason, Schedule, WINDOW_DAYS, WindowTooLong};
use proptest::prelude::*;

fn window(definition: &Definition, from_hours: i64, hours: i64) -> (i64, i64) {
    let start: jiff::civil::DateTime = definition.layers[0].start.parse().unwrap();
    let from = start.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second() + from_hours * 3_600;
    (from, from + hours * 3_600)
}

fn rendered(schedule: &Schedule, from: i64, to: i64) -> Vec<FinalShift<'_>> {
    schedule.shifts(second(from), second(to)).unwrap()
}

fn agrees(schedule: &Schedule, shift: &FinalShift<'_>, at: i64) -> Result<(), TestCaseError> {
    let on_call = schedule.at(second(at));
    prop_assert_eq!(names(on_call.people()), names(shift.people.iter().copied()), "{}", second(at));
    for (_, reason) in on_call.reasons() {
        prop_assert!(shift.reasons.contains(reason), "{} {}", reason, second(at));
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn the_shifts_cover_the_window_without_holes_and_neighbours_differ(
        definition in any_definition(), from in -100..8_000i64, hours in 1..1_000i64,
    ) {
        let schedule = Schedule::new(&definition).unwrap();
        let (from, to) = window(&definition, from, hours);
        let shifts = rendered(&schedule, from, to);
        prop_assert_eq!(shifts[0].start, second(from));
        prop_assert_eq!(shifts[shifts.len() - 1].end, second(to));
        for pair in shifts.windows(2) {
            prop_assert_eq!(pair[0].end, pair[1].start);
            prop_assert_ne!(&pair[0].people, &pair[1].people);
        }
        for shift in &shifts {
            prop_assert!(shift.start < shift.end);
            prop_assert_eq!(shift.is_gap(), shift.reasons.is_empty());
        }
    }

    #[test]
    fn an_answer_holds_as_long_as_it_says(
        definition in any_definition(), from in -100..8_000i64, steps in 1..40i64,
    ) {
        let schedule = Schedule::new(&definition).unwrap();
        let (from, far) = window(&definition, from, 24 * 400);
        let until = schedule.steady_until(second(from)).as_second().min(far);
        prop_assert!(until > from);
        let step = ((until - from) / steps).max(1);
        for at in (from..until).step_by(step as usize).chain([until - 1]) {
            prop_assert_eq!(schedule.at(second(at)), schedule.at(second(from)), "{} until {}", second(at), second(until));
        }
    }

    #[test]
    fn each_instant_of_a_shift_has_the_answer_of_asking_it(
        definition in any_definition(), from in -100..8_000i64, hours in 1..400i64, steps in 5..50i64,
    ) {
        let schedule = Schedule::new(&definition).unwrap();
        let (from, to) = window(&definition, from, hours);
        for shift in rendered(&schedule, from, to) {
            let (start, end) = (shift.start.as_second(), shift.end.as_second());
            let step = ((end - start) / steps).max(1);
            for at in (start..end).step_by(step as usize).chain([end - 1]) {
                agrees(&schedule, &shift, at)?;
            }
        }
    }

    #[test]
    fn a_shift_starts_where_the_answer_changes(definition in any_definition(), from in -100..8_000i64, hours in 1..1_000i64) {
        let schedule = Schedule::new(&definition).unwrap();
        let (from, to) = window(&definition, from, hours);
        for shift in &rendered(&schedule, from, to)[1..] {
            let before = schedule.at(second(shift.start.as_second() - 1));
            prop_assert_ne!(names(before.people()), names(shift.people.iter().copied()));
        }
    }

    #[test]
    fn two_windows_say_what_one_says(definition in any_definition(), from in -100..8_000i64, hours in 2..800i64, cut in 1..3_600i64) {
        let schedule = Schedule::new(&definition).unwrap();
        let (from, to) = window(&definition, from, hours);
        let middle = from + (to - from) / 2 - cut;
        let (whole, mut parts) = (rendered(&schedule, from, to), rendered(&schedule, from, middle));
        let mut rest = rendered(&schedule, middle, to);
        if parts.last().is_some_and(|last| last.people == rest[0].people) {
            parts.last_mut().unwrap().end = rest[0].end;
            rest.remove(0);
        }
        parts.extend(rest);
        let spans = |shifts: &[FinalShift<'_>]| {
            shifts.iter().map(|shift| (shift.start, shift.end, names(shift.people.iter().copied()))).collect::<Vec<_>>()
        };
        prop_assert_eq!(spans(&whole), spans(&parts));
    }
}

#[test]
fn gaps_are_marked_and_reasons_told() {
    let layer = layer("daily", "2024-06-03T08:00", "A B");
    let definition = Definition {
        timezone: "UTC".to_owned(),
        layers: vec![layer],
        overrides: vec![one_override(instant("2024-06-04T08:00:00Z"), instant("2024-06-04T10:00:00Z"), "A")],
    };
    let schedule = Schedule::new(&definition).unwrap();
    let shifts = schedule.shifts(instant("2024-06-03T00:00:00Z"), instant("2024-06-05T08:00:00Z")).unwrap();
    let lines: Vec<String> = shifts
        .iter()
        .map(|shift| {
            let reasons: Vec<String> = shift.reasons.iter().map(Reason::to_string).collect();
            format!("{} {}: {}", shift.start, names(shift.people.iter().copied()), reasons.join(" + "))
        })
        .collect();
    assert_eq!(
        lines,
        [
            "2024-06-03T00:00:00Z : ",
            "2024-06-03T08:00:00Z A: layer daily A B, group 1 + override from 2024-06-04T08:00:00Z until 2024-06-04T10:00:00Z",
            "2024-06-04T10:00:00Z B: layer daily A B, group 2",
        ]
    );
}

#[test]
fn a_window_has_a_limit_and_may_be_empty() {
    let schedule = schedule("Europe/Oslo", &[layer("hourly", "2024-06-03T08:00", "A B")]);
    assert_eq!(schedule.shifts(second(0), second(WINDOW_DAYS * 86_400 + 1)), Err(WindowTooLong));
    assert_eq!(schedule.shifts(second(1), second(1)), Ok(Vec::new()));
    assert_eq!(schedule.shifts(second(1), second(0)), Ok(Vec::new()));
    assert_eq!(schedule.shifts(jiff::Timestamp::MAX, jiff::Timestamp::MIN), Ok(Vec::new()));
}
