//! When a shift begins and ends.

use crate::typed::{Typed, cases, groups, instant, layer, local, schedule, second, who, zone};
use jiff::civil::DateTime;
use jiff::{Span, Timestamp};
use oncall::schedule::LayerDefinition;
use proptest::prelude::*;
use proptest::sample::select;

fn first_instant(layer: &LayerDefinition, zone: &str) -> i64 {
    layer.start.parse::<DateTime>().unwrap().in_tz(zone).unwrap().timestamp().as_second()
}

fn any_frequency() -> impl Strategy<Value = &'static str> {
    select(&["none", "hourly", "daily", "weekly", "monthly"][..])
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn before_the_start_nobody(zone in zone(), frequency in any_frequency(), start in local(), before in 1..1_000_000_000i64) {
        let layer = layer(frequency, &start.to_string(), "A B");
        let schedule = schedule(zone, std::slice::from_ref(&layer));
        prop_assert_eq!(who(&schedule, second(first_instant(&layer, zone) - before)), "");
    }

    #[test]
    fn the_first_second_counts_and_the_one_before_does_not(zone in zone(), frequency in any_frequency(), start in local()) {
        // where the clock skips the start, the next hour's shift may begin with it
        prop_assume!(start.in_tz(zone).unwrap().datetime() == start);
        let layer = layer(frequency, &start.to_string(), "A B").lasting("PT30M");
        let first = first_instant(&layer, zone);
        let schedule = schedule(zone, &[layer]);
        prop_assert_eq!(who(&schedule, second(first - 1)), "");
        // a shift that ends where the clock skips half an hour is over when it begins
        let end = (start + Span::new().minutes(30)).in_tz(zone).unwrap().timestamp().as_second();
        prop_assert_eq!(who(&schedule, second(first)), if end > first { "A" } else { "" });
    }

    #[test]
    fn a_skipped_start_is_moved_by_the_gap_and_nobody_comes_before_it(
        zone in zone(), after in 0..1_000_000_000i64, seconds in 1..=1_800i64,
        // an hourly layer's next shift may stand nearer than a gap of two hours moves the first
        frequency in select(&["none", "daily", "weekly", "monthly"][..]),
    ) {
        let changes = jiff::tz::TimeZone::get(zone).unwrap();
        let just_before = |change: Timestamp| change.to_zoned(changes.clone()).datetime() - Span::new().seconds(seconds);
        let skipped = |local: &DateTime| local.in_tz(zone).unwrap().datetime() != *local;
        let mut starts = changes.following(second(after)).take(4).map(|change| just_before(change.timestamp()));
        let Some(start) = starts.find(skipped) else { return Ok(()) };
        let layer = layer(frequency, &start.to_string(), "A B").lasting("P2D");
        let first = first_instant(&layer, zone);
        let schedule = schedule(zone, &[layer]);
        prop_assert_eq!(who(&schedule, second(first - 1)), "");
        prop_assert!(who(&schedule, second(first)).contains('A'));
    }

    #[test]
    fn a_fraction_of_a_second_changes_nothing(start in local(), nanosecond in 0..1_000_000_000i32) {
        let layer = layer("daily", &start.to_string(), "A B");
        let first = first_instant(&layer, "Europe/Oslo");
        let schedule = schedule("Europe/Oslo", &[layer]);
        prop_assert_eq!(who(&schedule, Timestamp::new(first - 1, nanosecond).unwrap()), "");
        prop_assert_eq!(who(&schedule, Timestamp::new(first, nanosecond).unwrap()), "A");
    }

    #[test]
    fn without_a_length_nobody_is_missing_after_the_start(
        zone in zone(), frequency in any_frequency(), interval in 1..50i64, start in local(), after in 0..2_000_000_000i64,
    ) {
        let layer = layer(frequency, &start.to_string(), "A B C").every(interval);
        let first = first_instant(&layer, zone);
        prop_assert_eq!(who(&schedule(zone, &[layer]), second(first + after)).len(), 1);
    }

    #[test]
    fn without_a_length_a_shift_is_as_long_as_its_period(
        zone in zone(), start in local(), interval in 1..20i64, after in 0..200_000_000i64,
        (frequency, letter) in select(&[("daily", "D"), ("weekly", "W"), ("monthly", "M")][..]),
    ) {
        let start = start.with().day(start.day().min(28)).build().unwrap();
        let open = layer(frequency, &start.to_string(), "A B C").every(interval);
        let fixed = open.clone().lasting(&format!("P{interval}{letter}"));
        let asked = second(first_instant(&open, zone) + after);
        prop_assert_eq!(who(&schedule(zone, &[open]), asked), who(&schedule(zone, &[fixed]), asked));
    }

    #[test]
    fn a_handoff_is_as_a_start_at_the_first_one(
        zone in zone(), frequency in any_frequency(), start in local(), minute in 0..1_440i32, after in -100_000..50_000_000i64,
    ) {
        let mut moved = start;
        while i32::from(moved.hour()) * 60 + i32::from(moved.minute()) != minute {
            moved += Span::new().minutes(1);
        }
        let handoff = Some(format!("{:02}:{:02}", minute / 60, minute % 60));
        let with_handoff = LayerDefinition { handoff, ..layer(frequency, &start.to_string(), "A B C").lasting("PT9H") };
        let started_there = layer(frequency, &moved.to_string(), "A B C").lasting("PT9H");
        let asked = second(first_instant(&started_there, zone) + after);
        prop_assert_eq!(who(&schedule(zone, &[with_handoff]), asked), who(&schedule(zone, &[started_there]), asked));
    }

    #[test]
    fn until_leaves_every_shift_that_starts_by_then_whole(
        zone in zone(), start in local(), last in 0..60i32, minutes in -1..=1i32, hour in 0..24i64,
    ) {
        let until = start + Span::new().days(last).minutes(minutes);
        let endless = layer("daily", &start.to_string(), "A B C").lasting("P1D");
        let ending = endless.clone().until(until);
        let (endless, ending) = (schedule(zone, &[endless]), schedule(zone, &[ending]));
        for day in 0..62 {
            let local = start + Span::new().days(day);
            let begins = local.in_tz(zone).unwrap().timestamp().as_second();
            let ends = (local + Span::new().days(1)).in_tz(zone).unwrap().timestamp().as_second();
            let asked = second((begins + hour * 3_600).min(ends - 1));
            prop_assume!(begins < ends); // a day that the date line took away
            let expected = if local <= until { who(&endless, asked) } else { String::new() };
            prop_assert_eq!(who(&ending, asked), expected, "day {}", day);
        }
    }

    #[test]
    fn overlapping_shifts_are_all_on_call(start in local(), hours in 1..200i64, after in 200..5_000i64) {
        let layer = layer("daily", &start.to_string(), "A B C D E F G H I J").lasting(&format!("PT{hours}H"));
        let at = first_instant(&layer, "UTC") + after * 3_600;
        let running = (0..=after / 24).filter(|day| after - day * 24 < hours).count();
        prop_assert_eq!(who(&schedule("UTC", &[layer]), second(at)).len(), running);
    }
}

#[test]
fn one_shift_without_a_length_never_ends() {
    let schedule = schedule("Europe/Oslo", &[layer("none", "2024-06-03T08:00", "A B")]);
    assert_eq!(who(&schedule, Timestamp::MAX), "A");
    assert_eq!(who(&schedule, instant("2024-06-03T05:59:59Z")), "");
}

#[test]
fn the_last_shift_before_until_ends_where_the_next_would_begin() {
    let layer = layer("weekly", "2024-06-03T08:00", "A B").on(&["MO", "TH"]).until("2024-06-06T08:00");
    let schedule = schedule("UTC", &[layer]);
    assert_eq!(who(&schedule, instant("2024-06-10T07:59:59Z")), "A");
    assert_eq!(who(&schedule, instant("2024-06-10T08:00:00Z")), "");
}

#[test]
fn months_are_added_before_days_and_hours() {
    let layer = layer("monthly", "2024-01-31T08:00", "A").lasting("P1M1DT2H");
    let schedule = schedule("UTC", &[LayerDefinition { until: Some("2024-01-31T08:00".to_owned()), ..layer }]);
    assert_eq!(who(&schedule, instant("2024-03-01T09:59:59Z")), "A");
    assert_eq!(who(&schedule, instant("2024-03-01T10:00:00Z")), "");
    assert_eq!(groups("A -").len(), 2);
}
