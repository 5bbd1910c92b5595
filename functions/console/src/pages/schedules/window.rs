//! Which days of a schedule are looked at.

use api::{Timeline, WindowQuery};
use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use serde::Deserialize;

use super::drawing::{Scale, day_from};

/// What an address asks for. Whatever cannot be read is as if nothing was asked.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// The first day, as `2026-11-23`.
    from: Option<String>,
    /// How many days.
    days: Option<String>,
    /// A word for what was just done.
    pub(super) done: Option<String>,
}

/// Days that are looked at, before it is known on whose clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    first: Option<Date>,
    pub(super) days: u16,
    now: Timestamp,
}

/// How many days are offered, and what they are called.
pub(super) const LENGTHS: [(u16, &str); 4] = [(1, "1 day"), (7, "1 week"), (14, "2 weeks"), (42, "6 weeks")];
const USUAL: u16 = 14;
/// The present is not at the very edge, unless there is one day alone.
const BEFORE_NOW: i64 = 2;
/// A day begins up to 14 hours before it does in UTC, or up to 12 after.
const ANY_ZONE: i64 = 15;

impl Asked {
    /// Some days, as a form has kept them.
    pub(super) fn kept(from: &str, days: &str) -> Self {
        Self { from: Some(from.to_owned()), days: Some(days.to_owned()), done: None }
    }

    pub(super) fn window(&self, now: Timestamp) -> Window {
        let asked = self.days.as_deref().and_then(|days| days.parse().ok());
        let days = asked.filter(|days| LENGTHS.iter().any(|(length, _)| length == days)).unwrap_or(USUAL);
        let first = self.from.as_deref().and_then(|first| first.parse::<Date>().ok());
        // what is so far away that there are no days around it, is as if nothing was asked
        let first = first.filter(|first| (1900..=9000).contains(&first.year()));
        Window { first, days, now }
    }
}

impl Window {
    /// What the API is asked for: all that the days can be, in whichever zone.
    pub(super) fn query(&self) -> WindowQuery {
        let day = self.first.unwrap_or_else(|| day_from(self.now, -self.before_now() - 1, &TimeZone::UTC));
        let margin = if self.first.is_some() { 0 } else { 2 };
        let start = day.to_zoned(TimeZone::UTC).map_or(self.now, |start| start.timestamp());
        let hours = (i64::from(self.days) + margin) * 24 + ANY_ZONE;
        let at = |hours: i64| start.checked_add(hours.hours()).ok();
        WindowQuery { from: at(-ANY_ZONE), to: at(hours), detail: true }
    }

    /// The first day on the schedule's clock.
    pub(super) fn first(&self, zone: &TimeZone) -> Date {
        self.first.unwrap_or_else(|| day_from(self.now, -self.before_now(), zone))
    }

    pub(super) fn scale(&self, zone: &TimeZone) -> Option<Scale> {
        Scale::days(self.first(zone), self.days, zone.clone())
    }

    /// The first day of the window that many windows later.
    pub(super) fn moved(&self, windows: i64, zone: &TimeZone) -> Date {
        let first = self.first(zone);
        first.checked_add((windows * i64::from(self.days)).days()).unwrap_or(first)
    }

    fn before_now(&self) -> i64 {
        if self.days == 1 { 0 } else { BEFORE_NOW }
    }
}

/// Who is on call at an instant and until when, by a timeline that has it; without an end, at least until all that it
/// tells.
pub(super) fn until(timeline: &Timeline, at: Timestamp) -> Option<Timestamp> {
    let spans = timeline.shifts.iter().filter_map(|shift| {
        let (start, end): (Timestamp, Timestamp) = (shift.start.parse().ok()?, shift.end.parse().ok()?);
        Some((start, end))
    });
    let mut spans = spans;
    let (_, end) = spans.find(|(start, end)| *start <= at && at < *end)?;
    let last: Timestamp = timeline.to.parse().ok()?;
    (end < last).then_some(end)
}

#[cfg(test)]
mod tests {
    use jiff::{civil::date, tz::TimeZoneDatabase};

    use super::*;

    fn asked(from: &str, days: &str) -> Window {
        Asked::kept(from, days).window("2026-11-22T23:30:00Z".parse().unwrap())
    }

    #[test]
    fn whatever_zone_a_schedule_has_its_days_were_asked_for() {
        for window in [asked("", ""), asked("2026-11-20", "1"), asked("2026-10-20", "42"), asked("soon", "9999")] {
            let query = window.query();
            for zone in ["Pacific/Kiritimati", "Etc/GMT+12", "Europe/Oslo", "America/New_York", "UTC"] {
                let zone = TimeZoneDatabase::bundled().get(zone).unwrap();
                let first = window.first(&zone).to_zoned(zone.clone()).unwrap();
                let last = first.checked_add(i64::from(window.days).days()).unwrap();
                assert!(query.from.unwrap() <= first.timestamp(), "{window:?} {query:?} {first}");
                assert!(last.timestamp() <= query.to.unwrap(), "{window:?} {query:?} {last}");
            }
            let length = query.to.unwrap().duration_since(query.from.unwrap());
            assert!(length.as_hours() < 120 * 24, "the API tells of no more");
        }
    }

    #[test]
    fn what_is_asked_for_is_shown() {
        let oslo = TimeZoneDatabase::bundled().get("Europe/Oslo").unwrap();
        let window = asked("2026-11-20", "7");
        assert_eq!((window.days, window.first(&oslo)), (7, date(2026, 11, 20)));
        assert_eq!((window.moved(-1, &oslo), window.moved(1, &oslo)), (date(2026, 11, 13), date(2026, 11, 27)));
        // in Oslo it is the 23rd
        assert_eq!((asked("", "").days, asked("", "").first(&oslo)), (14, date(2026, 11, 21)));
        assert_eq!(asked("", "1").first(&oslo), date(2026, 11, 23));
        assert_eq!(asked("9999-12-30", "13"), asked("", "14"));
    }

    #[test]
    fn an_end_is_told_if_it_is_known() {
        let shift = |start: &str, end: &str| api::Shift {
            start: start.to_owned(),
            end: end.to_owned(),
            gap: false,
            people: Vec::new(),
            reasons: Vec::new(),
        };
        let timeline = Timeline {
            schedule: String::new(),
            from: "2026-11-20T00:00:00Z".to_owned(),
            to: "2026-11-30T00:00:00Z".to_owned(),
            shifts: vec![
                shift("2026-11-20T00:00:00Z", "2026-11-23T00:00:00Z"),
                shift("2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"),
            ],
            layers: None,
            overrides: None,
            names: Default::default(),
        };
        let at = |text: &str| until(&timeline, text.parse().unwrap()).map(|end| end.to_string());
        assert_eq!(at("2026-11-22T23:59:59Z").as_deref(), Some("2026-11-23T00:00:00Z"));
        assert_eq!(at("2026-11-23T00:00:00Z"), None);
        assert_eq!(at("2026-12-23T00:00:00Z"), None);
    }
}
