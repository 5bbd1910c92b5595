//! Short ways to type a definition, and arbitrary ones.

use jiff::{Timestamp, civil};
use oncall::PersonId;
use oncall::schedule::{Definition, LayerDefinition, OverrideDefinition, Schedule};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

pub(crate) const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// Proptest without files of its own: so many cases, or as many as `PROPTEST_CASES` says.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    let wanted = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: wanted.unwrap_or(cases), failure_persistence: None, ..ProptestConfig::default() }
}

/// One letter a person, one word a group; `-` is an empty group.
pub(crate) fn groups(words: &str) -> Vec<Vec<PersonId>> {
    let group = |word: &str| word.chars().filter(|c| *c != '-').map(|c| PersonId::new(c.to_string())).collect();
    words.split_whitespace().map(group).collect()
}

pub(crate) fn layer(frequency: &str, start: &str, users: &str) -> LayerDefinition {
    LayerDefinition {
        name: format!("{frequency} {users}"),
        users: groups(users),
        frequency: frequency.to_owned(),
        start: start.to_owned(),
        ..LayerDefinition::default()
    }
}

pub(crate) trait Typed: Sized {
    fn every(self, interval: i64) -> Self;
    fn lasting(self, length: &str) -> Self;
    fn on(self, days: &[&str]) -> Self;
    fn until(self, until: impl ToString) -> Self;
    fn priority(self, priority: i64) -> Self;
    fn plain(self) -> Self;
}

impl Typed for LayerDefinition {
    fn every(self, interval: i64) -> Self {
        Self { interval, ..self }
    }
    fn lasting(self, length: &str) -> Self {
        Self { shift_length: Some(length.to_owned()), ..self }
    }
    fn on(self, days: &[&str]) -> Self {
        Self { by_day: days.iter().map(ToString::to_string).collect(), ..self }
    }
    fn until(self, until: impl ToString) -> Self {
        Self { until: Some(until.to_string()), ..self }
    }
    fn priority(self, priority: i64) -> Self {
        Self { priority, ..self }
    }
    fn plain(self) -> Self {
        Self { rotation: "plain".to_owned(), ..self }
    }
}

pub(crate) fn definition(timezone: &str, layers: &[LayerDefinition]) -> Definition {
    Definition { timezone: timezone.to_owned(), layers: layers.to_vec(), overrides: Vec::new() }
}

pub(crate) fn schedule(timezone: &str, layers: &[LayerDefinition]) -> Schedule {
    Schedule::new(&definition(timezone, layers)).unwrap()
}

pub(crate) fn one_override(start: Timestamp, end: Timestamp, users: &str) -> OverrideDefinition {
    OverrideDefinition { start: start.to_string(), end: end.to_string(), users: groups(users).concat() }
}

pub(crate) fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn second(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// Sorted, run together: `AB`.
pub(crate) fn who(schedule: &Schedule, instant: Timestamp) -> String {
    names(schedule.at(instant).people())
}

pub(crate) fn names<'a>(people: impl Iterator<Item = &'a PersonId>) -> String {
    let mut people: Vec<&str> = people.map(PersonId::as_str).collect();
    people.sort_unstable();
    people.concat()
}

/// Zones whose clocks do something unusual, and some that do not.
pub(crate) fn zone() -> impl Strategy<Value = &'static str> {
    select(
        &[
            "UTC",
            "Europe/Oslo",
            "Europe/Dublin",
            "America/New_York",
            "America/St_Johns",
            "America/Santiago",
            "America/Sao_Paulo",
            "Africa/Casablanca",
            "Africa/Cairo",
            "Asia/Kolkata",
            "Asia/Gaza",
            "Australia/Lord_Howe",
            "Antarctica/Troll",
            "Pacific/Apia",
            "America/Scoresbysund",
        ][..],
    )
}

pub(crate) fn local() -> impl Strategy<Value = civil::DateTime> {
    let time = prop_oneof![
        3 => (0..4i8, select(&[0i8, 10, 15, 30, 45][..])),
        2 => (0..24i8, select(&[0i8, 30][..])),
        1 => (0..24i8, 0..60i8),
    ];
    // 2011 holds the day that Samoa never had, 2024 a leap day
    let date = (select(&[2010i16, 2011, 2018, 2023, 2024][..]), 1..=12i8, 1..=31i8);
    (date, time).prop_map(|((year, month, day), (hour, minute))| {
        let last = civil::date(year, month, 1).days_in_month();
        civil::date(year, month, day.min(last)).at(hour, minute, 0, 0)
    })
}

pub(crate) fn days() -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(&DAYS[..], 1..=7)
}

fn length(frequency: &'static str) -> BoxedStrategy<Option<String>> {
    let usual = select(&["PT20M", "PT40M", "PT1H", "PT8H", "PT8H30M", "PT12H", "P1D", "PT24H", "PT36H"][..]);
    let long = select(&["P2DT15H", "P3D", "P7D", "P1W", "P14D", "P30D", "P45D"][..]);
    let months = select(&["P1M", "P2M", "P1M10DT3H"][..]);
    match frequency {
        "hourly" => option::of(usual.prop_map(str::to_owned)).boxed(),
        _ => option::of(prop_oneof![usual, long, months].prop_map(str::to_owned)).boxed(),
    }
}

pub(crate) fn any_layer() -> impl Strategy<Value = LayerDefinition> {
    select(&["none", "hourly", "daily", "daily", "weekly", "weekly", "monthly", "monthly"][..]).prop_flat_map(
        |frequency| {
            let users = select(&["A", "A B", "A B C", "Aa B Cc D", "A - C", "-", "", "AB BC", "D D E"][..]);
            let interval = prop_oneof![3 => 1..=1i64, 2 => 2..=5i64, 1 => 6..=40i64];
            let rest = (any::<bool>(), 0..3i64, option::weighted(0.3, (0..24i8, select(&[0i8, 30][..]))));
            let limits = (option::weighted(0.3, 0..200i32), option::weighted(0.5, days()));
            (users, interval, local(), length(frequency), rest, limits).prop_map(
                move |(users, interval, start, length, (plain, priority, handoff), (until, days))| {
                    let until = until.map(|days| start.checked_add(jiff::Span::new().days(days).hours(5)).unwrap());
                    let frequency_has_days = frequency != "none";
                    LayerDefinition {
                        interval,
                        priority,
                        shift_length: length,
                        rotation: if plain { "plain" } else { "rolling" }.to_owned(),
                        handoff: handoff.map(|(hour, minute)| format!("{hour:02}:{minute:02}")),
                        until: until.map(|until| until.to_string()),
                        by_day: days.filter(|_| frequency_has_days).into_iter().flatten().map(str::to_owned).collect(),
                        ..layer(frequency, &start.to_string(), users)
                    }
                },
            )
        },
    )
}

/// Overrides of up to three days within three hundred of this second.
pub(crate) fn overrides_near(second_: i64, most: usize) -> impl Strategy<Value = Vec<OverrideDefinition>> {
    let one = (0..7_200i64, 1..72i64, select(&["X", "Y", "XZ", "YX"][..])).prop_map(move |(from, hours, users)| {
        let start = second_ + from * 3_600;
        one_override(second(start), second(start + hours * 3_600), users)
    });
    vec(one, 0..=most)
}

/// A sound definition of up to three layers that begin in the same year, with overrides.
pub(crate) fn any_definition() -> impl Strategy<Value = Definition> {
    (zone(), vec(any_layer(), 1..=3), any::<bool>())
        .prop_flat_map(|(zone, mut layers, overridden)| {
            let year = layers[0].start[..4].to_owned();
            for layer in &mut layers[1..] {
                let rest = layer.start[4..].replace("-02-29", "-02-28");
                layer.start = format!("{year}{rest}");
                layer.until = None;
            }
            let start: civil::DateTime = layers[0].start.parse().unwrap();
            let start = start.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second();
            let overrides = overrides_near(start, if overridden { 4 } else { 0 });
            (Just(zone), Just(layers), overrides)
        })
        .prop_map(|(zone, layers, overrides)| Definition { overrides, ..definition(zone, &layers) })
        .prop_filter("an hourly layer whose starts never fall on its days", |definition| {
            Schedule::new(definition).is_ok()
        })
}
