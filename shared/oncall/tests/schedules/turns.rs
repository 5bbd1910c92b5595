//! Whose turn it is.

use crate::typed::{DAYS, Typed, cases, days, definition, instant, layer, local, schedule, second, who, zone};
use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};
use oncall::schedule::Schedule;
use proptest::prelude::*;
use proptest::sample::select;

const NOON_SHIFT: &str = "PT2H";

/// An hour after the local time at which a shift of that day starts: at noon, which no clock change touches.
fn during(day: Date, zone: &str) -> Timestamp {
    day.at(13, 0, 0, 0).in_tz(zone).unwrap().timestamp()
}

fn noon(day: Date) -> String {
    day.at(12, 0, 0, 0).to_string()
}

fn any_day() -> impl Strategy<Value = Date> {
    (0..2_000i32).prop_map(|days| date(2020, 1, 1) + Span::new().days(days))
}

fn chosen(day: Date, days: &[&str]) -> bool {
    days.contains(&DAYS[day.weekday().to_monday_zero_offset() as usize])
}

/// The letter of the nth turn of `A B C`.
fn turn(number: usize) -> String {
    ["A", "B", "C"][number % 3].to_owned()
}

fn monday(day: Date) -> Date {
    day - Span::new().days(day.weekday().to_monday_zero_offset())
}

/// Days between two Mondays are whole weeks.
fn weeks(from: Date, to: Date) -> i32 {
    (monday(to) - monday(from)).get_days() / 7
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn groups_take_turns_in_their_order(zone in zone(), start in any_day(), interval in 1..9i32) {
        prop_assume!(zone != "Pacific/Apia");
        let schedule = schedule(zone, &[layer("daily", &noon(start), "A B C").every(interval.into()).lasting(NOON_SHIFT)]);
        for day in 0..40 {
            let expected = if day % interval == 0 { turn((day / interval) as usize) } else { String::new() };
            prop_assert_eq!(who(&schedule, during(start + day.days(), zone)), expected);
        }
    }

    #[test]
    fn the_days_of_a_week_share_one_group_and_no_group_loses_its_turn(
        zone in zone(), start in any_day(), days in days(), interval in 1..5i32,
    ) {
        let layer = layer("weekly", &noon(start), "A B C").every(interval.into()).on(&days).lasting(NOON_SHIFT);
        let schedule = schedule(zone, &[layer]);
        let mut weeks_with_a_shift = Vec::new();
        for day in (0..120).map(|day| start + day.days()) {
            let mut expected = String::new();
            if chosen(day, &days) && weeks(start, day) % interval == 0 {
                if weeks_with_a_shift.last() != Some(&monday(day)) {
                    weeks_with_a_shift.push(monday(day));
                }
                expected = turn(weeks_with_a_shift.len() - 1);
            }
            prop_assert_eq!(who(&schedule, during(day, zone)), expected, "{}", day);
        }
    }

    #[test]
    fn no_shift_on_the_starts_own_day_unless_it_is_chosen(
        start in any_day(), days in days(), frequency in select(&["daily", "weekly", "monthly"][..]),
    ) {
        let schedule = schedule("UTC", &[layer(frequency, &noon(start), "A B").on(&days).lasting(NOON_SHIFT)]);
        prop_assert_eq!(who(&schedule, during(start, "UTC")), if chosen(start, &days) { "A" } else { "" });
    }

    #[test]
    fn the_first_real_shift_is_the_first_groups_however_late_the_start(
        start in any_day(), day in select(&DAYS[..]), frequency in select(&["daily", "weekly", "monthly"][..]), interval in 1..6i64,
    ) {
        let schedule = schedule("UTC", &[layer(frequency, &noon(start), "A B").on(&[day]).every(interval).lasting(NOON_SHIFT)]);
        let on_call = (0..400).map(|days| who(&schedule, during(start + days.days(), "UTC")));
        prop_assert_eq!(on_call.into_iter().find(|people| !people.is_empty()), Some("A".to_owned()));
    }

    #[test]
    fn monthly_with_days_has_every_such_day_and_one_group_a_month(start in any_day(), days in days(), interval in 1..4i32) {
        let layer = layer("monthly", &noon(start), "A B C").every(interval.into()).on(&days).lasting(NOON_SHIFT);
        let schedule = schedule("UTC", &[layer]);
        let mut months = Vec::new();
        for day in (0..300).map(|day| start + day.days()) {
            let month = i32::from(day.year()) * 12 + i32::from(day.month());
            let from_start = month - i32::from(start.year()) * 12 - i32::from(start.month());
            let mut expected = String::new();
            if chosen(day, &days) && from_start % interval == 0 {
                if months.last() != Some(&month) {
                    months.push(month);
                }
                expected = turn(months.len() - 1);
            }
            prop_assert_eq!(who(&schedule, during(day, "UTC")), expected, "{}", day);
        }
    }

    #[test]
    fn daily_with_days_gives_each_group_its_shifts_in_a_row(start in any_day(), days in days(), in_a_row in 1..6usize) {
        let layer = layer("daily", &noon(start), "A B C").every(in_a_row as i64).on(&days).lasting(NOON_SHIFT);
        let schedule = schedule("UTC", &[layer]);
        let mut shifts = 0;
        for day in (0..60).map(|day| start + day.days()) {
            let mut expected = String::new();
            if chosen(day, &days) {
                expected = turn(shifts / in_a_row);
                shifts += 1;
            }
            prop_assert_eq!(who(&schedule, during(day, "UTC")), expected, "{}", day);
        }
    }

    #[test]
    fn hourly_with_days_keeps_the_rhythm_and_counts_the_shifts_kept(start in any_day(), days in days(), step in 1..30i32) {
        let layer = layer("hourly", &noon(start), "A B C").every(step.into()).on(&days).lasting("PT1H");
        let Ok(schedule) = Schedule::new(&definition("UTC", &[layer])) else {
            let ever = (0..168).any(|shift| chosen((start.at(12, 0, 0, 0) + (shift * step).hours()).date(), &days));
            prop_assert!(!ever);
            return Ok(());
        };
        let mut shifts = 0;
        for hour in 0..400 {
            let local = start.at(12, 0, 0, 0) + hour.hours();
            let mut expected = String::new();
            if hour % step == 0 && chosen(local.date(), &days) {
                expected = turn(shifts);
                shifts += 1;
            }
            prop_assert_eq!(who(&schedule, local.in_tz("UTC").unwrap().timestamp()), expected, "{}", local);
        }
    }

    #[test]
    fn a_month_without_the_starts_day_has_its_shift_on_the_last(day in 29..=31i8, interval in 1..7i32, months in 0..60i32) {
        let start = date(2019, 12, day);
        let schedule = schedule("UTC", &[layer("monthly", &noon(start), "A B C").every(interval.into()).lasting(NOON_SHIFT)]);
        let month = date(2019, 12, 1) + months.months();
        let has = month.with().day(day.min(month.days_in_month())).build().unwrap();
        for asked in (0..month.days_in_month()).map(|day| month + day.days()) {
            let in_turn = asked == has && months % interval == 0;
            let expected = if in_turn { turn((months / interval) as usize) } else { String::new() };
            prop_assert_eq!(who(&schedule, during(asked, "UTC")), expected, "{}", asked);
        }
    }

    #[test]
    fn a_day_chosen_twice_counts_once(
        start in local(), days in days(), frequency in select(&["daily", "weekly", "monthly"][..]), after in 0..90_000_000i64,
    ) {
        let once = layer(frequency, &start.to_string(), "A B C").on(&days).lasting("PT30H");
        let twice = once.clone().on(&[&days[..], &days[..]].concat());
        let asked = second(start.to_zoned(TimeZone::UTC).unwrap().timestamp().as_second() + after);
        let (once, twice) = (schedule("UTC", &[once]), schedule("UTC", &[twice]));
        prop_assert_eq!(once.at(asked), twice.at(asked));
    }

    #[test]
    fn the_same_rhythm_in_other_words_is_the_same(zone in zone(), start in local(), weeks in 1..4i64, after in 0..90_000_000i64) {
        let words = [("weekly", weeks), ("daily", weeks * 7), ("hourly", weeks * 168)];
        let asked = second(start.to_zoned(TimeZone::UTC).unwrap().timestamp().as_second() + after);
        let of = |(frequency, interval)| {
            let layer = layer(frequency, &start.to_string(), "A B C").every(interval).lasting("P5D");
            who(&schedule(zone, &[layer]), asked)
        };
        prop_assert_eq!(of(words[0]), of(words[1]));
        prop_assert_eq!(of(words[0]), of(words[2]));
    }

    #[test]
    fn choosing_the_starts_own_day_changes_nothing_of_a_week(start in local(), interval in 1..5i64, after in 0..90_000_000i64) {
        let plain = layer("weekly", &start.to_string(), "A B C").every(interval);
        let own = DAYS[start.weekday().to_monday_zero_offset() as usize];
        let asked = second(start.to_zoned(TimeZone::UTC).unwrap().timestamp().as_second() + after);
        let chosen = plain.clone().on(&[own]);
        prop_assert_eq!(who(&schedule("Europe/Oslo", &[plain]), asked), who(&schedule("Europe/Oslo", &[chosen]), asked));
    }

    #[test]
    fn an_old_schedule_answers_as_one_that_started_whole_rounds_later(
        zone in zone(), start in local(), interval in 1..5i32, rounds in 1..200i32, after in 0..90_000_000i64,
    ) {
        let old = layer("weekly", &start.to_string(), "A B C").every(interval.into());
        let young = start + Span::new().weeks(rounds * 3 * interval);
        let asked = second(young.in_tz(zone).unwrap().timestamp().as_second() + after);
        let young = layer("weekly", &young.to_string(), "A B C").every(interval.into());
        prop_assert_eq!(who(&schedule(zone, &[old]), asked), who(&schedule(zone, &[young]), asked));
    }

    #[test]
    fn plain_is_everyone_in_every_shift(start in local(), frequency in select(&["none", "daily", "weekly", "monthly"][..]), after in 0..90_000_000i64) {
        let rolling = layer(frequency, &start.to_string(), "A B Cc").lasting("PT20H");
        let plain = rolling.clone().plain();
        let asked = second(start.to_zoned(TimeZone::UTC).unwrap().timestamp().as_second() + after);
        let somebody = !who(&schedule("UTC", &[rolling]), asked).is_empty();
        prop_assert_eq!(who(&schedule("UTC", &[plain]), asked), if somebody { "ABCc" } else { "" });
    }
}

#[test]
fn one_shift_is_the_first_groups() {
    let schedule = schedule("UTC", &[layer("none", "2024-06-03T09:00", "A B").lasting("PT8H")]);
    assert_eq!(who(&schedule, instant("2024-06-03T16:59:59Z")), "A");
    let start: DateTime = "2024-06-03T09:00".parse().unwrap();
    assert_eq!(who(&schedule, (start + 1.day()).in_tz("UTC").unwrap().timestamp()), "");
}
