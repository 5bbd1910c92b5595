//! Where an instant is on a drawing: time runs evenly from left to right, so that the day on which clocks go back is 25
//! hours wide.

use jiff::{
    RoundMode, SignedDuration, Timestamp, TimestampRound, ToSpan as _, Unit, Zoned,
    civil::{Date, Weekday},
    tz::TimeZone,
};

/// Days of a schedule's own clock, side by side.
#[derive(Clone, Debug)]
pub(crate) struct Scale {
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
    pub(super) zone: TimeZone,
    /// How wide 24 hours are.
    per_day: f64,
}

/// A day, with what is written above it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Day {
    pub(crate) x: String,
    pub(crate) width: String,
    pub(crate) label: String,
    pub(crate) begins_week: bool,
    pub(crate) is_weekend: bool,
    /// What is odd about it: `23 h`, where clocks change.
    pub(crate) odd: Option<String>,
}

/// Whether the clock of a day is turned, and what that is called.
pub(crate) struct ClockChange {
    pub(crate) day: String,
    pub(crate) what: String,
}

const DAY_SECONDS: f64 = 86_400.0;

impl Scale {
    /// As many days as are asked for, from the beginning of the first.
    pub(crate) fn days(first: Date, days: u16, zone: TimeZone) -> Option<Self> {
        let from = start_of(first, &zone)?;
        let to = start_of(first.checked_add(i64::from(days.max(1)).days()).ok()?, &zone)?;
        let per_day = match days {
            0..=1 => 960.0,
            2..=7 => 140.0,
            8..=14 => 84.0,
            15..=28 => 46.0,
            _ => 34.0,
        };
        (from < to).then_some(Self { from, to, zone, per_day })
    }

    /// How wide all of it is.
    pub(crate) fn width(&self) -> f64 {
        self.between(self.from, self.to)
    }

    /// Where an instant is; outside of the drawing, its nearer edge.
    pub(crate) fn x(&self, at: Timestamp) -> f64 {
        self.between(self.from, at.clamp(self.from, self.to))
    }

    pub(crate) fn shows(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }

    fn between(&self, from: Timestamp, to: Timestamp) -> f64 {
        to.duration_since(from).as_secs_f64() / DAY_SECONDS * self.per_day
    }

    fn dates(&self) -> impl Iterator<Item = (Date, Timestamp, Timestamp)> + '_ {
        let first = self.from.to_zoned(self.zone.clone()).date();
        first.series(1.day()).map_while(move |date| {
            let start = start_of(date, &self.zone)?;
            let end = start_of(date.tomorrow().ok()?, &self.zone)?;
            (start < self.to).then_some((date, start, end))
        })
    }

    /// Its days. A day that a zone has left out is not there.
    pub(crate) fn each_day(&self) -> Vec<Day> {
        let roomy = self.per_day >= 60.0;
        let day = |(date, start, end): (Date, Timestamp, Timestamp)| {
            let begins_week = date.weekday() == Weekday::Monday;
            let label = if self.per_day >= 400.0 {
                date.strftime("%A %-d %B %Y").to_string()
            } else if begins_week && roomy {
                date.strftime("%a %-d %b").to_string()
            } else if begins_week {
                date.strftime("%-d %b").to_string()
            } else if roomy {
                date.strftime("%a %-d").to_string()
            } else {
                String::new()
            };
            let width = self.x(end) - self.x(start);
            let is_weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
            let odd = odd_length(start, end).map(length);
            (end > start).then(|| Day { x: px(self.x(start)), width: px(width), label, begins_week, is_weekend, odd })
        };
        self.dates().filter_map(day).collect()
    }

    /// The days on which clocks change.
    pub(crate) fn clock_changes(&self) -> Vec<ClockChange> {
        let change = |(date, start, end): (Date, Timestamp, Timestamp)| {
            let length = odd_length(start, end)?;
            let way = if length < SignedDuration::from_hours(24) { "forward" } else { "back" };
            let what = format!("clocks go {way}: the day has {}", self::length(length));
            Some(ClockChange { day: date.strftime("%a %-d %b").to_string(), what })
        };
        self.dates().filter_map(change).collect()
    }

    /// Hours that are written above a single day, each with its place.
    pub(crate) fn hours(&self) -> Vec<(String, String)> {
        if self.per_day < 400.0 {
            return Vec::new();
        }
        let hours = (1..8_i8).map(|third| third * 3);
        let place = |hour: i8| {
            let first = self.from.to_zoned(self.zone.clone()).date();
            let at = first.at(hour, 0, 0, 0).to_zoned(self.zone.clone()).ok()?;
            Some((px(self.x(at.timestamp())), format!("{hour:02}:00")))
        };
        hours.filter_map(place).collect()
    }

    /// An instant on the schedule's own clock.
    pub(crate) fn written(&self, at: Timestamp) -> String {
        written(&at.to_zoned(self.zone.clone()))
    }
}

/// An instant on a clock; to the second if it is not at a full minute.
pub(crate) fn written(at: &Zoned) -> String {
    let form = if at.second() == 0 { "%a %-d %b %H:%M" } else { "%a %-d %b %H:%M:%S" };
    at.strftime(form).to_string()
}

fn start_of(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    Some(date.to_zoned(zone.clone()).ok()?.start_of_day().ok()?.timestamp())
}

fn odd_length(start: Timestamp, end: Timestamp) -> Option<SignedDuration> {
    let length = end.duration_since(start);
    (length != SignedDuration::from_hours(24) && length.is_positive()).then_some(length)
}

fn length(of: SignedDuration) -> String {
    match (of.as_hours(), of.as_mins() % 60) {
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// The beginning of a day some days from an instant's, on a zone's clock.
pub(crate) fn day_from(at: Timestamp, days: i64, zone: &TimeZone) -> Date {
    let date = at.to_zoned(zone.clone()).date();
    date.checked_add(days.days()).unwrap_or(date)
}

/// The Monday of an instant's week, on a zone's clock.
pub(crate) fn monday(at: Timestamp, zone: &TimeZone) -> Date {
    let date = at.to_zoned(zone.clone()).date();
    let since = i64::from(date.weekday().to_monday_zero_offset());
    date.checked_sub(since.days()).unwrap_or(date)
}

/// The full minute that an instant is in: what is typed into a form has no seconds, and whoever takes over now does not
/// wait for the next minute.
pub(crate) fn to_minute(at: Timestamp) -> Timestamp {
    at.round(TimestampRound::new().smallest(Unit::Minute).mode(RoundMode::Floor)).unwrap_or(at)
}

/// A length on the drawing: a tenth is enough, and most need none.
pub(crate) fn px(length: f64) -> String {
    let text = format!("{length:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use jiff::{civil::date, tz::TimeZoneDatabase};

    use super::*;

    fn scale(first: Date, days: u16, zone: &str) -> Scale {
        Scale::days(first, days, TimeZoneDatabase::bundled().get(zone).unwrap()).unwrap()
    }

    #[test]
    fn a_day_is_as_wide_as_it_is_long() {
        // clocks go back on the 25th, so that week has one hour more
        let oslo = scale(date(2026, 10, 19), 7, "Europe/Oslo");
        assert_eq!(px(oslo.width()), px(7.0 * 140.0 + 140.0 / 24.0));
        let days = oslo.each_day();
        assert_eq!((days.len(), days[0].label.as_str(), days[0].begins_week), (7, "Mon 19 Oct", true));
        assert_eq!((days[6].odd.as_deref(), days[6].is_weekend), (Some("25 h"), true));
        assert!(days[..6].iter().all(|day| day.odd.is_none() && day.width == "140"));
        assert_eq!(days[6].width, px(25.0 / 24.0 * 140.0));
        let change = &oslo.clock_changes()[0];
        assert_eq!((change.day.as_str(), change.what.as_str()), ("Sun 25 Oct", "clocks go back: the day has 25 h"));
        let spring = scale(date(2027, 3, 28), 1, "Europe/Oslo").clock_changes();
        assert_eq!(spring[0].what, "clocks go forward: the day has 23 h");
        let lord_howe = scale(date(2026, 10, 4), 1, "Australia/Lord_Howe").clock_changes();
        assert_eq!(lord_howe[0].what, "clocks go forward: the day has 23 h 30 min");
    }

    #[test]
    fn an_instant_has_its_place_within_the_edges() {
        let oslo = scale(date(2026, 11, 23), 14, "Europe/Oslo");
        let x = |at: &str| px(oslo.x(at.parse().unwrap()));
        assert_eq!(x("2026-11-23T00:00:00+01:00"), "0");
        assert_eq!(x("2026-11-24T12:00:00+01:00"), "126");
        assert_eq!(x("2026-01-01T00:00:00Z"), "0");
        assert_eq!(x("2027-01-01T00:00:00Z"), px(oslo.width()));
        assert!(oslo.shows("2026-11-22T23:00:00Z".parse().unwrap()));
        assert!(!oslo.shows("2026-12-06T23:00:00Z".parse().unwrap()));
    }

    #[test]
    fn a_day_that_a_zone_has_left_out_has_no_place() {
        // Samoa crossed the date line: there was no 30 December 2011
        let apia = scale(date(2011, 12, 29), 3, "Pacific/Apia");
        let labels: Vec<String> = apia.each_day().into_iter().map(|day| day.label).collect();
        assert_eq!(labels, ["Thu 29", "Sat 31"]);
        assert_eq!(px(apia.width()), "280");
    }

    #[test]
    fn hours_are_those_of_the_clock() {
        let night = scale(date(2026, 10, 25), 1, "Europe/Oslo");
        let hours = night.hours();
        // six hours on the clock are seven of that night
        assert_eq!(hours[1], (px(7.0 / 24.0 * 960.0), "06:00".to_owned()));
        assert_eq!(hours.len(), 7);
        assert!(scale(date(2026, 10, 25), 7, "UTC").hours().is_empty());
    }

    #[test]
    fn a_week_begins_on_monday() {
        let oslo = TimeZoneDatabase::bundled().get("Europe/Oslo").unwrap();
        // in Oslo it is Monday already
        let at = "2026-11-22T23:30:00Z".parse().unwrap();
        assert_eq!(monday(at, &oslo), date(2026, 11, 23));
        assert_eq!(monday(at, &TimeZone::UTC), date(2026, 11, 16));
        assert_eq!(day_from(at, -3, &oslo), date(2026, 11, 20));
        assert_eq!(written(&at.to_zoned(oslo)), "Mon 23 Nov 00:30");
    }
}
