//! When windows begin and end.

use jiff::{Timestamp, ToSpan, civil, tz::TimeZone};
use proptest::{prelude::*, sample::select};

use crate::{
    CalendarId, Directory, Holiday, HolidayCalendar, Hours, UnknownZone, Window,
    sketch::{any_instant, at, cases, hours},
};

/// Each local time with whether it is inside; of a time that the clock shows twice, `offset` says which.
fn check(hours: &Hours, expected: &[(&str, bool)]) {
    for (instant, inside) in expected {
        assert_eq!(hours.contain(at(instant), &Directory::default()), Ok(*inside), "{instant}");
    }
}

#[test]
fn a_window_includes_its_first_moment_and_not_its_end() {
    check(
        &hours("Europe/Oslo", "MO-FR 08-16"),
        &[
            ("2026-06-05T07:59:59.999+02:00", false),
            ("2026-06-05T08:00+02:00", true),
            ("2026-06-05T15:59:59.999+02:00", true),
            ("2026-06-05T16:00+02:00", false),
            ("2026-06-06T12:00+02:00", false),
            ("2026-06-07T12:00+02:00", false),
            ("2026-06-08T12:00+02:00", true),
        ],
    );
}

#[test]
fn a_window_past_midnight_belongs_to_the_day_on_which_it_begins() {
    check(
        &hours("Europe/Oslo", "FR 22-06"),
        &[
            ("2026-06-05T05:59+02:00", false),
            ("2026-06-05T21:59+02:00", false),
            ("2026-06-05T22:00+02:00", true),
            ("2026-06-06T00:00+02:00", true),
            ("2026-06-06T05:59+02:00", true),
            ("2026-06-06T06:00+02:00", false),
            ("2026-06-06T22:00+02:00", false),
        ],
    );
}

#[test]
fn a_window_that_ends_when_it_begins_lasts_a_day() {
    check(
        &hours("UTC", "SA 00-00"),
        &[
            ("2026-06-05T23:59:59Z", false),
            ("2026-06-06T00:00Z", true),
            ("2026-06-06T23:59:59Z", true),
            ("2026-06-07T00:00Z", false),
        ],
    );
    check(
        &hours("UTC", "SA 09-09"),
        &[
            ("2026-06-06T08:59Z", false),
            ("2026-06-06T09:00Z", true),
            ("2026-06-07T08:59Z", true),
            ("2026-06-07T09:00Z", false),
        ],
    );
}

#[test]
fn no_window_begins_on_a_holiday_and_one_that_began_before_ends_as_usual() {
    check(
        &hours("Europe/Oslo", "MO-SU 22-06, MO-SU 10-12, not 2026-12-25"),
        &[
            ("2026-12-24T23:00+01:00", true),
            ("2026-12-25T05:59+01:00", true),
            ("2026-12-25T11:00+01:00", false),
            ("2026-12-25T23:00+01:00", false),
            ("2026-12-26T05:00+01:00", false),
            ("2026-12-26T11:00+01:00", true),
        ],
    );
}

#[test]
fn a_holiday_is_a_day_of_the_hours_own_zone() {
    let auckland = hours("Pacific/Auckland", "MO-SU 00-00, not 2026-02-06");
    check(&auckland, &[("2026-02-05T10:59:59Z", true), ("2026-02-05T11:00Z", false), ("2026-02-06T11:00Z", true)]);
}

#[test]
fn the_night_when_the_clocks_go_forward_skips_what_they_skip() {
    check(
        &hours("Europe/Oslo", "SU 02:15-02:45, SU 01:30-03:30"),
        &[
            ("2026-03-29T01:29:59+01:00", false),
            ("2026-03-29T01:30+01:00", true),
            ("2026-03-29T03:00+02:00", true),
            ("2026-03-29T03:29:59+02:00", true),
            ("2026-03-29T03:30+02:00", false),
        ],
    );
    let skipped = hours("Europe/Oslo", "SU 02:15-02:45");
    let night = at("2026-03-28T23:00Z");
    assert!(
        (0..1440).all(|minute| skipped.contain(night + minute.minutes(), &Directory::default()) == Ok(false)),
        "it does not come"
    );
}

#[test]
fn the_night_when_the_clocks_go_back_has_twice_what_they_show_twice() {
    check(
        &hours("Europe/Oslo", "SU 02:15-02:45"),
        &[
            ("2026-10-25T02:14:59+02:00", false),
            ("2026-10-25T02:30+02:00", true),
            ("2026-10-25T02:45+02:00", false),
            ("2026-10-25T02:14:59+01:00", false),
            ("2026-10-25T02:30+01:00", true),
            ("2026-10-25T02:45+01:00", false),
        ],
    );
}

#[test]
fn a_day_that_a_zone_skipped_has_no_window() {
    // Samoa went over the date line: 30 December 2011 did not come
    check(
        &hours("Pacific/Apia", "FR 08-16, SA 08-16"),
        &[("2011-12-30T09:59:59Z", false), ("2011-12-30T18:00Z", true), ("2011-12-30T17:59:59Z", false)],
    );
}

#[test]
fn hours_without_windows_never_come() {
    check(&hours("UTC", ""), &[("2026-06-05T12:00Z", false)]);
}

#[test]
fn an_unknown_zone_is_told_by_its_name() {
    for zone in ["", "+02:00", "Europe/Atlantis", "Etc/Unknown", "Europe/Oslo "] {
        let unknown = hours(zone, "MO-SU 00-00").contain(at("2026-06-05T12:00Z"), &Directory::default());
        assert_eq!(unknown, Err(UnknownZone(zone.to_owned())));
    }
    let said = UnknownZone("Europe/Atlantis".to_owned()).to_string();
    assert_eq!(said, "timezone: \"Europe/Atlantis\" is not a known time zone");
}

#[test]
fn the_first_and_the_last_instant_have_an_answer() {
    for zone in ["UTC", "Pacific/Apia", "America/Adak"] {
        let always = hours(zone, "MO-SU 00-00");
        assert_eq!(always.contain(Timestamp::MIN, &Directory::default()), Ok(true));
        assert_eq!(always.contain(Timestamp::MAX, &Directory::default()), Ok(true));
    }
}

proptest! {
    #![proptest_config(cases(400))]

    /// Against windows spelled out day by day in local time.
    #[test]
    fn hours_contain_what_lies_in_one_of_their_windows(
        instant in any_instant(),
        zone in select(&["Europe/Oslo", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"][..]),
        first in 0_i8..7,
        days in 1_usize..7,
        from in 0_i8..24,
        to in 0_i8..24,
        holiday in -1_i64..2,
        in_calendar in any::<bool>(),
    ) {
        let first = civil::Weekday::from_monday_zero_offset(first).unwrap();
        let days: Vec<civil::Weekday> = first.cycle_forward().take(days).collect();
        let local = TimeZone::get(zone).unwrap().to_datetime(instant);
        let holiday = local.date() + holiday.days();
        let window = Window { days: days.clone(), from: civil::time(from, 0, 0, 0), to: civil::time(to, 0, 0, 0) };
        let calendar = HolidayCalendar {
            id: CalendarId::new("cal"),
            name: "All".to_owned(),
            days: vec![Holiday { name: "Holiday".to_owned(), from: holiday, to: holiday, yearly: false }],
        };
        let directory = Directory { calendars: vec![calendar], ..Directory::default() };
        let (holidays, calendars) =
            if in_calendar { (vec![], vec![CalendarId::new("cal")]) } else { (vec![holiday], vec![]) };
        let hours = Hours { timezone: zone.to_owned(), windows: vec![window.clone()], holidays, calendars };
        let expected = [local.date().yesterday().unwrap(), local.date()].into_iter().any(|day| {
            let end = if to > from { day } else { day.tomorrow().unwrap() };
            days.contains(&day.weekday())
                && day != holiday
                && (day.to_datetime(window.from)..end.to_datetime(window.to)).contains(&local)
        });
        prop_assert_eq!(hours.contain(instant, &directory), Ok(expected));
        let usually = Hours { holidays: vec![], calendars: vec![], ..hours.clone() }.contain(instant, &directory);
        let is_named = hours.closed_by(instant, &directory).is_some();
        prop_assert_eq!(is_named, in_calendar && !expected && usually == Ok(true));
    }
}
