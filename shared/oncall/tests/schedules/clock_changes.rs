//! What happens when clocks change, in every zone of the database.

use crate::reference::Reference;
use crate::typed::{Typed, definition, instant, layer, schedule, second, who};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use oncall::schedule::{FinalShift, Schedule};

/// A change of a zone's clock: at `at` it moves by `by` seconds.
struct Change {
    name: String,
    zone: TimeZone,
    at: i64,
    before: Offset,
    by: i64,
}

/// All changes of all zones in some years; one more than a day's half aside, which are moves of the date line.
fn changes(years: std::ops::Range<i16>) -> Vec<Change> {
    let from = instant(&format!("{:04}-01-01T00:00:00Z", years.start));
    let to = instant(&format!("{:04}-01-01T00:00:00Z", years.end));
    let mut changes = Vec::new();
    for name in TimeZoneDatabase::bundled().available() {
        let zone = TimeZone::get(name.as_str()).unwrap();
        for change in zone.following(from).take_while(|change| change.timestamp() < to) {
            let before = zone.to_offset(change.timestamp() - jiff::SignedDuration::from_secs(1));
            let by = i64::from(change.offset().seconds() - before.seconds());
            let (name, zone, at) = (name.to_string(), zone.clone(), change.timestamp().as_second());
            if by != 0 && by.abs() < 43_200 {
                changes.push(Change { name, zone, at, before, by });
            }
        }
    }
    assert!(changes.len() > 400);
    changes
}

impl Change {
    /// The old clock, so many seconds after the change.
    fn old_clock(&self, seconds: i64) -> DateTime {
        self.before.to_datetime(second(self.at + seconds))
    }

    fn daily_from(&self, first: DateTime) -> Schedule {
        schedule(&self.name, &[layer("daily", &first.to_string(), "A B")])
    }

    /// Whether no other change is near.
    fn alone(&self) -> bool {
        let near = |change: Option<jiff::tz::TimeZoneTransition<'_>>| {
            change.is_some_and(|change| (change.timestamp().as_second() - self.at).abs() < 4 * 86_400)
        };
        let before = self.zone.preceding(second(self.at)).next();
        !near(before) && !near(self.zone.following(second(self.at)).next())
    }
}

fn hours(shift: &FinalShift<'_>) -> f64 {
    shift.start.duration_until(shift.end).as_secs_f64() / 3_600.0
}

#[test]
fn a_days_shift_lasts_23_or_25_hours_on_a_dst_change() {
    for change in changes(2022..2025).iter().filter(|change| change.alone()) {
        let noon = change.old_clock(-86_400).date().at(12, 0, 0, 0);
        let start = noon.to_zoned(change.zone.clone()).unwrap().timestamp();
        let schedule = change.daily_from(noon);
        let shifts = schedule.shifts(start, second(start.as_second() + 4 * 86_400)).unwrap();
        let running = shifts.iter().find(|shift| shift.end.as_second() > change.at).unwrap();
        assert_eq!(hours(running), 24.0 - change.by as f64 / 3_600.0, "{} {}", change.name, change.at);
    }
}

#[test]
fn a_start_that_the_clock_skips_moves_later_by_the_gap() {
    for change in changes(2010..2025).iter().filter(|change| change.by > 0 && change.alone()) {
        let middle = change.by / 2;
        let schedule = change.daily_from(change.old_clock(middle - 86_400));
        assert_eq!(who(&schedule, second(change.at + middle - 1)), "A", "{}", change.name);
        assert_eq!(who(&schedule, second(change.at + middle)), "B", "{}", change.name);
    }
}

#[test]
fn a_start_that_the_clock_shows_twice_counts_the_first_time() {
    for change in changes(2010..2025).iter().filter(|change| change.by < 0 && change.alone()) {
        let middle = change.by / 2;
        let schedule = change.daily_from(change.old_clock(middle - 86_400));
        for (drift, expected) in [(-1, "A"), (0, "B"), (-change.by - 1, "B"), (-change.by, "B")] {
            assert_eq!(who(&schedule, second(change.at + middle + drift)), expected, "{} {drift}", change.name);
        }
    }
}

#[test]
fn an_end_that_the_clock_shows_twice_counts_the_first_time() {
    for change in changes(2022..2025).iter().filter(|change| change.by < 0 && change.alone()) {
        let middle = change.by / 2;
        let start = change.old_clock(middle - 8 * 3_600);
        let schedule = schedule(&change.name, &[layer("none", &start.to_string(), "A").lasting("PT8H")]);
        assert_eq!(who(&schedule, second(change.at + middle - 1)), "A", "{}", change.name);
        assert_eq!(who(&schedule, second(change.at + middle)), "", "{}", change.name);
    }
}

#[test]
fn an_end_that_the_clock_skips_moves_later_by_the_gap() {
    for change in changes(2022..2025).iter().filter(|change| change.by > 0 && change.alone()) {
        let middle = change.by / 2;
        let start = change.old_clock(middle - 8 * 3_600);
        let schedule = schedule(&change.name, &[layer("none", &start.to_string(), "A").lasting("PT8H")]);
        assert_eq!(who(&schedule, second(change.at + middle - 1)), "A", "{}", change.name);
        assert_eq!(who(&schedule, second(change.at + middle)), "", "{}", change.name);
    }
}

#[test]
fn every_handoff_around_every_kind_of_change_is_that_of_the_reference() {
    let days = [
        ("Europe/Oslo", "2024-03-31"),
        ("Europe/Oslo", "2024-10-27"),
        ("America/New_York", "2024-03-10"),
        ("America/New_York", "2024-11-03"),
        ("America/Santiago", "2024-09-08"),
        ("America/Sao_Paulo", "2018-11-04"),
        ("America/St_Johns", "2024-11-03"),
        ("Antarctica/Troll", "2024-03-31"),
        ("Antarctica/Troll", "2024-10-27"),
        ("Australia/Lord_Howe", "2024-04-07"),
        ("Australia/Lord_Howe", "2024-10-06"),
        ("Pacific/Apia", "2011-12-30"),
    ];
    for (zone, day) in days {
        let start: DateTime = day.parse::<jiff::civil::Date>().unwrap().at(0, 0, 0, 0) - jiff::Span::new().days(2);
        // the night by quarters of an hour for a day's handoff, one hour by them for an hour's
        for minutes in (0..5 * 60).step_by(15) {
            let start = start + jiff::Span::new().minutes(minutes);
            for (frequency, length) in
                [("daily", None), ("daily", Some("PT40M")), ("hourly", None), ("hourly", Some("PT50M"))]
            {
                if frequency == "hourly" && minutes >= 60 {
                    continue;
                }
                let mut layer = layer(frequency, &start.to_string(), "A B C");
                layer.shift_length = length.map(str::to_owned);
                let definition = definition(zone, &[layer]);
                let reference = Reference::new(&definition, 6);
                let schedule = Schedule::new(&definition).unwrap();
                let near = reference.boundaries().into_iter().filter(|at| *at < second(Timestamp::MAX.as_second()));
                let near: Vec<Timestamp> = near.collect();
                let last = near[near.len() - 1].as_second() - 2 * 86_400;
                for at in near.iter().map(|at| at.as_second()).filter(|at| *at < last) {
                    for asked in [at - 1, at] {
                        let asked = second(asked);
                        assert_eq!(who(&schedule, asked), reference.who(asked), "{zone} {frequency} {start} {asked}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_week_across_a_change_lasts_an_hour_less_or_more() {
    let schedule = schedule("America/Chicago", &[layer("weekly", "2024-10-01T00:00", "A B").lasting("P7D")]);
    let shifts = schedule.shifts(instant("2024-10-29T05:00:00Z"), instant("2025-03-18T05:00:00Z")).unwrap();
    let hours: Vec<f64> = shifts.iter().map(hours).collect();
    assert_eq!((hours[0], hours[1], hours[18], hours.len()), (169.0, 168.0, 167.0, 20));
}

#[test]
fn a_shift_that_the_clock_skips_whole_is_nobodys() {
    let schedule = schedule("Europe/Oslo", &[layer("daily", "2024-03-30T02:30", "A B C").lasting("PT30M")]);
    let shifts = schedule.shifts(instant("2024-03-30T00:00:00Z"), instant("2024-04-01T03:00:00Z")).unwrap();
    let people: Vec<String> = shifts.iter().map(|shift| crate::typed::names(shift.people.iter().copied())).collect();
    assert_eq!(people, ["", "A", "", "C", ""]);
}
