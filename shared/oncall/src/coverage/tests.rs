use jiff::ToSpan as _;
use proptest::prelude::*;

use super::*;
use crate::{
    CalendarId, HolidayCalendar, PersonId, ScheduleId,
    schedule::OverrideDefinition,
    sketch::{any_instant, any_plan, at, cases, holiday, hours, plan},
};

const MONDAY: &str = "2026-01-05T00:00:00Z";
const THURSDAY: &str = "2026-01-08T00:00:00Z";

/// What a call would find from Monday to Thursday: `Nobody until 2026-01-05T08:00:00Z`.
#[track_caller]
fn check(plan: &Plan, expected: &[&str]) {
    let stretches = plan.coverage(&plan.services[0], at(MONDAY), at(THURSDAY));
    let found: Vec<String> =
        stretches.iter().map(|stretch| format!("{:?} until {}", stretch.cover, stretch.end)).collect();
    assert_eq!(found, expected);
}

#[test]
fn somebody_is_always_there() {
    check(&plan("ada 1", "ada"), &["Somebody until 2026-01-08T00:00:00Z"]);
}

#[test]
fn nobody_is_there_before_the_first_shift_and_in_an_empty_turn() {
    let plan = plan("ada 1; night = ada | ", "on:night");
    check(
        &plan,
        &[
            "Nobody until 2026-01-05T08:00:00Z",
            "Somebody until 2026-01-06T08:00:00Z",
            "Nobody until 2026-01-07T08:00:00Z",
            "Somebody until 2026-01-08T00:00:00Z",
        ],
    );
}

#[test]
fn a_phone_that_is_not_verified_is_nobodys() {
    let plan = plan("ada 1; bo 2?; night = ada | bo", "on:night");
    let stretches = plan.coverage(&plan.services[0], at("2026-01-06T10:00:00Z"), at("2026-01-06T11:00:00Z"));
    let [Stretch { cover: Cover::Nobody, skips, .. }] = stretches.as_slice() else { panic!("{stretches:?}") };
    assert_eq!(skips[0].to_string(), "step 1: bo: phone 1 is not verified");
}

#[test]
fn a_fallback_fills_every_gap() {
    check(&plan("ada 1; bo 2; night = ada | ", "on:night; fallback bo"), &["Somebody until 2026-01-08T00:00:00Z"]);
}

#[test]
fn whoever_is_below_a_repeat_is_found_in_the_last_round() {
    check(&plan("ada 1", "-; repeat 2; ada"), &["Somebody until 2026-01-08T00:00:00Z"]);
}

#[test]
fn closed_hours_and_planned_work_are_no_gaps() {
    let mut plan = plan("ada 1", "hours:08-16 ada");
    plan.line.support_hours = Some(hours("UTC", "MO-SU 07-12"));
    plan.services[0].mode = Mode::Maintenance { until: Some(at("2026-01-05T09:00:00Z")) };
    check(
        &plan,
        &[
            "Closed until 2026-01-05T07:00:00Z",
            "Paused until 2026-01-05T09:00:00Z",
            "Somebody until 2026-01-05T12:00:00Z",
            "Closed until 2026-01-06T07:00:00Z",
            "Nobody until 2026-01-06T08:00:00Z",
            "Somebody until 2026-01-06T12:00:00Z",
            "Closed until 2026-01-07T07:00:00Z",
            "Nobody until 2026-01-07T08:00:00Z",
            "Somebody until 2026-01-07T12:00:00Z",
            "Closed until 2026-01-08T00:00:00Z",
        ],
    );
}

#[test]
fn a_holiday_closes_the_line_and_a_step_and_is_named() {
    let mut plan = plan("ada 1; bo 2", "hours:00-00 ada; fallback bo");
    let days = vec![holiday("Epiphany", "2026-01-06", "2026-01-06", true)];
    plan.directory.calendars.push(HolidayCalendar { id: CalendarId::new("cal"), name: "All".to_owned(), days });
    plan.line.support_hours = Some(hours("Europe/Oslo", "MO-SU 00-00, calendar cal"));
    check(
        &plan,
        &[
            "Somebody until 2026-01-05T23:00:00Z",
            "Closed until 2026-01-06T23:00:00Z",
            "Somebody until 2026-01-08T00:00:00Z",
        ],
    );
    let Step::NotifyIfTime { hours, .. } = &mut plan.policies[0].steps[0] else { panic!("it has hours") };
    hours.calendars.push(CalendarId::new("cal"));
    let call = LiveCall { caller: None, seed: "call", round: 0 };
    let ladder = Ladder::of(&plan, &plan.services[0], at("2026-01-06T12:00:00Z"), call);
    let skips: Vec<String> = ladder.skips().map(ToString::to_string).collect();
    assert_eq!(skips, ["step 1: ada: outside the step's hours: Epiphany is a holiday"]);
    assert_eq!(ladder.candidates().map(|candidate| candidate.name.as_str()).collect::<Vec<_>>(), ["bo"]);
}

#[test]
fn an_empty_window_has_no_stretch() {
    let plan = plan("ada 1", "ada");
    assert_eq!(plan.coverage(&plan.services[0], at(MONDAY), at(MONDAY)), []);
}

/// Plans with shifts, an override, hours, and a mode that ends.
fn any_timed_plan() -> impl Strategy<Value = Plan> {
    let zone = proptest::sample::select(&["Europe/Oslo", "America/New_York", "Australia/Lord_Howe"][..]);
    (any_plan(), zone, any::<bool>(), any_instant(), 1..200_000_i64).prop_map(
        |(mut plan, zone, open, start, seconds)| {
            plan.line.support_hours = open.then(|| hours(zone, "MO-SU 02:15-22, calendar cal"));
            let days = vec![holiday("Summer", "2025-05-28", "2025-06-03", true)];
            plan.directory.calendars.push(HolidayCalendar { id: CalendarId::new("cal"), name: String::new(), days });
            plan.services[0].mode = Mode::Debug { until: Some(start) };
            if let Some(night) = plan.directory.schedules.iter_mut().find(|named| named.id == ScheduleId::new("night"))
            {
                zone.clone_into(&mut night.definition.timezone);
                let (start, end) = (start.to_string(), (start + seconds.seconds()).to_string());
                let users = vec![PersonId::new("fay")];
                night.definition.overrides.push(OverrideDefinition { start, end, users });
            }
            plan
        },
    )
}

/// What one call finds: the definition that the stretches are to agree with.
fn found(plan: &Plan, at: Timestamp) -> Cover {
    let service = &plan.services[0];
    let is_open = plan.line.support_hours.as_ref().is_none_or(|hours| hours.contain(at, &plan.directory).unwrap());
    let rounds = plan.policies[0].rounds();
    let rings = |round| {
        let call = LiveCall { caller: None, seed: "another", round };
        Ladder::of(plan, service, at, call).candidates().next().is_some()
    };
    match (is_open, service.mode.at(at)) {
        (false, _) => Cover::Closed,
        (true, Mode::Debug { .. } | Mode::Maintenance { .. }) => Cover::Paused,
        (true, Mode::Normal) if (0..rounds).any(rings) => Cover::Somebody,
        (true, Mode::Normal) => Cover::Nobody,
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn each_moment_is_as_a_call_would_find_it(
        plan in any_timed_plan(), from in any_instant(), hours in 1..400_i64, moments in proptest::collection::vec(0..1_440_000_i64, 20),
    ) {
        let to = from + (hours * 3600).seconds();
        let stretches = plan.coverage(&plan.services[0], from, to);
        prop_assert_eq!((stretches[0].start, stretches[stretches.len() - 1].end), (from, to));
        for pair in stretches.windows(2) {
            prop_assert_eq!(pair[0].end, pair[1].start);
            prop_assert!(pair[0].cover != pair[1].cover);
            // to the nanosecond
            prop_assert_eq!(found(&plan, pair[0].end - 1.nanosecond()), pair[0].cover);
            prop_assert_eq!(found(&plan, pair[1].start), pair[1].cover);
        }
        for moment in moments {
            let at = from + (moment % (hours * 3600)).seconds();
            let stretch = stretches.iter().find(|stretch| stretch.start <= at && at < stretch.end).unwrap();
            prop_assert_eq!(stretch.cover, found(&plan, at), "at {}", at);
        }
    }
}
