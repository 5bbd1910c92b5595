use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use oncall::schedule::{Definition, LayerDefinition, OverrideDefinition};
use oncall::{NamedSchedule, PersonId, ScheduleId};

pub(super) const OSLO: &str = "Europe/Oslo";
const NEW_YORK: &str = "America/New_York";
const EVERY_DAY: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// Three schedules: one of Oslo's with an override on the day of `now`, one that follows the sun,
/// and one of New York's.
pub(super) fn all(now: Timestamp) -> Vec<NamedSchedule> {
    let weekly = weekly("Weekly", &["ingrid", "ola"], "2024-01-01T08:00");
    let payments =
        Definition { timezone: OSLO.to_owned(), layers: vec![weekly], overrides: today(now).into_iter().collect() };
    let platform = Definition {
        timezone: OSLO.to_owned(),
        layers: vec![
            half_day("Oslo days", &["astrid", "jonas"], "2024-01-01T08:00"),
            half_day("New York days", &["maya", "liam"], "2024-01-01T20:00"),
        ],
        overrides: Vec::new(),
    };
    let weekdays = LayerDefinition {
        by_day: ["MO", "TU", "WE", "TH", "FR"].map(str::to_owned).into(),
        shift_length: Some("PT24H".to_owned()),
        priority: 2,
        ..weekly_of("Weekdays", &["grace", "maya"], "2024-01-01T09:00")
    };
    let weekends = weekly_of("Weekends", &["jonas", "liam"], "2024-01-01T09:00");
    let network = Definition { timezone: NEW_YORK.to_owned(), layers: vec![weekdays, weekends], overrides: Vec::new() };
    vec![
        named("payments", "Payments on call", payments),
        named("platform", "Platform, following the sun", platform),
        named("network", "Network on call", network),
    ]
}

fn named(id: &str, name: &str, definition: Definition) -> NamedSchedule {
    NamedSchedule { id: ScheduleId::new(id), name: name.to_owned(), definition }
}

fn weekly(name: &str, people: &[&str], start: &str) -> LayerDefinition {
    LayerDefinition { priority: 1, ..weekly_of(name, people, start) }
}

/// One person a week, from Monday to Monday.
fn weekly_of(name: &str, people: &[&str], start: &str) -> LayerDefinition {
    LayerDefinition {
        name: name.to_owned(),
        users: people.iter().map(|id| vec![PersonId::new(*id)]).collect(),
        frequency: "weekly".to_owned(),
        start: start.to_owned(),
        ..LayerDefinition::default()
    }
}

/// One person a week, twelve hours of each day.
fn half_day(name: &str, people: &[&str], start: &str) -> LayerDefinition {
    LayerDefinition {
        by_day: EVERY_DAY.map(str::to_owned).into(),
        shift_length: Some("PT12H".to_owned()),
        ..weekly(name, people, start)
    }
}

/// Astrid covers the whole day of `now`, as Oslo counts days.
fn today(now: Timestamp) -> Option<OverrideDefinition> {
    let midnight = now.to_zoned(TimeZone::get(OSLO).ok()?).start_of_day().ok()?;
    let next = midnight.checked_add(1.day()).ok()?;
    Some(OverrideDefinition {
        start: midnight.timestamp().to_string(),
        end: next.timestamp().to_string(),
        users: vec![PersonId::new("astrid")],
    })
}
