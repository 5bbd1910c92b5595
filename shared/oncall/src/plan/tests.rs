//! How long an answer holds.

use jiff::{Timestamp, ToSpan};
use proptest::{prelude::*, sample::select};

use crate::{
    CalendarId, Holiday, HolidayCalendar, Ladder, LiveCall, Mode, Plan, ScheduleId, Step,
    schedule::OverrideDefinition,
    sketch::{any_instant, any_plan, at, cases, day as day_of, holiday, hours, plan},
};

/// Ada and Bo take turns at 08:00 UTC.
fn nights() -> Plan {
    plan("ada 1; bo 2; night = ada | bo", "on:night")
}

fn check(plan: &Plan, now: &str, until: Option<&str>) {
    let until = until.map_or(Timestamp::MAX, at);
    assert_eq!(plan.steady_until(at(now)), until, "from {now}");
}

#[test]
fn a_plan_without_time_is_steady_for_ever() {
    check(&plan("ada 1", "ada"), "2026-11-20T03:00:00Z", None);
}

#[test]
fn a_handover_ends_it() {
    check(&nights(), "2026-11-20T03:00:00Z", Some("2026-11-20T08:00:00Z"));
    check(&nights(), "2026-11-20T07:59:59.5Z", Some("2026-11-20T08:00:00Z"));
    check(&nights(), "2026-11-20T08:00:00Z", Some("2026-11-21T08:00:00Z"));
}

#[test]
fn an_override_ends_it_when_it_begins_and_when_it_is_over() {
    let mut plan = nights();
    let (start, end) = ("2026-11-20T04:00:00Z", "2026-11-20T05:30:00Z");
    plan.directory.schedules[0].definition.overrides.push(override_of("bo", start, end));
    check(&plan, "2026-11-20T03:00:00Z", Some(start));
    check(&plan, start, Some(end));
    check(&plan, end, Some("2026-11-20T08:00:00Z"));
}

#[test]
fn opening_closing_and_the_end_of_a_mode_end_it() {
    let mut plan = plan("ada 1", "ada");
    plan.line.support_hours = Some(hours("Europe/Oslo", "MO-FR 08-16"));
    check(&plan, "2026-11-20T03:00:00Z", Some("2026-11-20T08:00:00+01:00"));
    check(&plan, "2026-11-20T08:00:00+01:00", Some("2026-11-20T16:00:00+01:00"));
    plan.services[0].mode = Mode::Maintenance { until: Some(at("2026-11-20T10:00:00Z")) };
    check(&plan, "2026-11-20T08:00:00+01:00", Some("2026-11-20T10:00:00Z"));
    check(&plan, "2026-11-20T10:00:00Z", Some("2026-11-20T16:00:00+01:00"));
}

#[test]
fn a_holiday_ends_it_at_midnight_in_the_zone_of_the_hours() {
    let mut plan = plan("ada 1", "ada");
    plan.line.support_hours = Some(hours("Europe/Oslo", "MO-SU 00-00, calendar cal"));
    let days = vec![holiday("Constitution Day", "2026-05-17", "2026-05-17", true)];
    plan.directory.calendars.push(HolidayCalendar { id: CalendarId::new("cal"), name: "Norway".to_owned(), days });
    let open = |plan: &Plan, now: &str| answer(plan, at(now)).0;
    check(&plan, "2027-05-16T20:00:00+02:00", Some("2027-05-17T00:00:00+02:00"));
    assert_eq!(open(&plan, "2027-05-16T23:59:59+02:00"), Some(true));
    assert_eq!(open(&plan, "2027-05-17T00:00:00+02:00"), Some(false));
    check(&plan, "2027-05-17T00:00:00+02:00", Some("2027-05-18T00:00:00+02:00"));
    assert_eq!(open(&plan, "2027-05-18T00:00:00+02:00"), Some(true));
}

#[test]
fn hours_go_by_the_clock_in_the_night_in_which_it_is_set_back() {
    let mut plan = plan("ada 1", "hours:08-16 ada");
    plan.line.support_hours = Some(hours("Europe/Oslo", "MO-SU 02:30-02:45"));
    check(&plan, "2026-10-25T02:29:00+02:00", Some("2026-10-25T02:30:00+02:00"));
    check(&plan, "2026-10-25T02:50:00+02:00", Some("2026-10-25T02:00:00+01:00"));
    check(&plan, "2026-10-25T02:00:00+01:00", Some("2026-10-25T02:30:00+01:00"));
}

fn override_of(person: &str, start: &str, end: &str) -> OverrideDefinition {
    OverrideDefinition { users: vec![crate::PersonId::new(person)], start: start.to_owned(), end: end.to_owned() }
}

/// What a caller would meet at an instant.
fn answer(plan: &Plan, at: Timestamp) -> (Option<bool>, Vec<(Mode, Vec<crate::Rung>)>) {
    let open = plan.line.support_hours.as_ref().map(|hours| hours.contain(at, &plan.directory).unwrap());
    let call = LiveCall { caller: None, seed: "call", round: 0 };
    let services = plan.services.iter();
    (open, services.map(|service| (service.mode.at(at), Ladder::of(plan, service, at, call).rungs)).collect())
}

/// Plans with shifts, overrides, hours in a zone whose clock changes, and a mode that ends.
fn any_timed_plan() -> impl Strategy<Value = Plan> {
    let zone = select(&["Europe/Oslo", "America/New_York", "Australia/Lord_Howe"][..]);
    let windows =
        select(&["MO-FR 08-16", "MO-SU 22-06", "SA 00-00", "MO-SU 02:15-02:45", "FR 08-16, not 2026-03-27"][..]);
    let day = (0..365_i64, 0..5_i64, any::<bool>());
    let numbers = (any_instant(), 1..200_000_i64, day);
    (any_plan(), zone, windows, numbers).prop_map(
        |(mut plan, zone, windows, (start, seconds, (first, length, yearly)))| {
            let from = day_of("2025-06-01") + first.days();
            let days = vec![Holiday { name: "Holiday".to_owned(), from, to: from + length.days(), yearly }];
            plan.directory.calendars.push(HolidayCalendar { id: CalendarId::new("cal"), name: "All".to_owned(), days });
            plan.line.support_hours = Some(hours(zone, &format!("{windows}, calendar cal")));
            for step in plan.policies.iter_mut().flat_map(|policy| &mut policy.steps) {
                if let Step::NotifyIfTime { hours, .. } = step {
                    hours.calendars.push(CalendarId::new("cal"));
                }
            }
            plan.services[0].mode = Mode::Debug { until: Some(start) };
            let night = ScheduleId::new("night");
            if let Some(named) = plan.directory.schedules.iter_mut().find(|named| named.id == night) {
                named.definition.timezone = zone.to_owned();
                let end = start + seconds.seconds();
                named.definition.overrides.push(override_of("fay", &start.to_string(), &end.to_string()));
            }
            plan
        },
    )
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn nothing_changes_before(plan in any_timed_plan(), now in any_instant(), steps in 1..40_i64) {
        let until = plan.steady_until(now);
        prop_assert!(until > now);
        let before = answer(&plan, now);
        // from edge to edge, as whoever keeps an answer asks again
        let length = until.duration_since(now).as_secs();
        for step in 0..steps {
            let then = now + (length * step / steps).seconds();
            prop_assert_eq!(&answer(&plan, then), &before, "{} is before {}", then, until);
        }
        prop_assert_eq!(answer(&plan, until - 1.nanosecond()), before, "just before {}", until);
    }
}
