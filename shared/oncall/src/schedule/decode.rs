//! From what was typed to what can be resolved; whatever cannot be, is refused with its field.

use super::calendar::DAY;
use super::definition::{Definition, LayerDefinition, OverrideDefinition};
use super::layer::{Groups, Layer};
use super::length::Length;
use super::overrides::Override;
use super::pattern::Weekdays;
use super::recurrence::Recurrence;
use super::refusal::{Problem, Refusal};
use super::zone::{Zone, local, second_of_day};
use crate::PersonId;
use jiff::fmt::temporal::SpanParser;
use jiff::{Span, Timestamp, civil};
use std::fmt::{self, Display};

const MOST_LAYERS: usize = 100;
const MOST_GROUPS: usize = 1_000;
const MOST_INTERVAL: i64 = 9_000;

/// The sound parts of a definition, and what is wrong with the rest.
pub(super) struct Decoded {
    pub(super) zone: Option<Zone>,
    pub(super) layers: Vec<Layer>,
    pub(super) overrides: Vec<Override>,
    pub(super) unusable_layers: Vec<(usize, Box<str>)>,
    pub(super) empty_overrides: Vec<(Timestamp, Timestamp)>,
    pub(super) refusals: Vec<Refusal>,
}

pub(super) fn decode(definition: &Definition) -> Decoded {
    let mut refusals = Refusals(Vec::new());
    let zone = refusals.unless("timezone", Zone::named(&definition.timezone).ok_or(Problem::UnknownZone));
    let (mut layers, mut unusable_layers) = (Vec::new(), Vec::new());
    if definition.layers.len() > MOST_LAYERS {
        refusals.add("layers", Problem::TooMany);
    }
    for (index, typed) in definition.layers.iter().enumerate().take(MOST_LAYERS) {
        match layer(typed, index, &mut refusals) {
            Some(layer) if zone.is_some() => layers.push(layer),
            _ => unusable_layers.push((index, name(typed, index))),
        }
    }
    let (mut overrides, mut empty_overrides) = (Vec::new(), Vec::new());
    for (index, typed) in definition.overrides.iter().enumerate() {
        match one_override(typed, index, &mut refusals) {
            Some(one) if one.people.is_empty() => empty_overrides.push((one.start, one.end)),
            Some(one) => overrides.push(one),
            None => {}
        }
    }
    Decoded { zone, layers, overrides, unusable_layers, empty_overrides, refusals: refusals.0 }
}

/// A field's path, written out only if the field is refused.
struct Field {
    list: &'static str,
    index: usize,
    name: &'static str,
}

impl Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}].{}", self.list, self.index, self.name)
    }
}

struct Refusals(Vec<Refusal>);

impl Refusals {
    fn add(&mut self, field: impl Display, problem: Problem) {
        self.0.push(Refusal { field: field.to_string(), problem });
    }

    fn unless<T>(&mut self, field: impl Display, decoded: Result<T, Problem>) -> Option<T> {
        decoded.map_err(|problem| self.add(field, problem)).ok()
    }
}

fn name(typed: &LayerDefinition, index: usize) -> Box<str> {
    if typed.name.is_empty() { (index + 1).to_string().into() } else { typed.name.as_str().into() }
}

fn layer(typed: &LayerDefinition, index: usize, refusals: &mut Refusals) -> Option<Layer> {
    let field = |name| Field { list: "layers", index, name };
    // every field is looked at before the first that is refused ends it, so that all refusals are told at once
    let groups = refusals.unless(field("rotation"), rotation(&typed.rotation, &typed.users));
    let crowd = typed.users.len() > MOST_GROUPS;
    if crowd {
        refusals.add(field("users"), Problem::TooMany);
    }
    let interval = (1..=MOST_INTERVAL).contains(&typed.interval).then_some(typed.interval);
    let interval = refusals.unless(field("interval"), interval.ok_or(Problem::IntervalOutOfRange));
    let start = refusals.unless(field("start"), local_time(&typed.start));
    let handoff = refusals.unless(field("handoff"), typed.handoff.as_deref().map(time_of_day).transpose());
    let length = refusals.unless(field("shift_length"), length(typed));
    let until = refusals.unless(field("until"), typed.until.as_deref().map(local_time).transpose());
    let mut chosen = Some(Weekdays::default());
    for (number, day) in typed.by_day.iter().enumerate() {
        let day = refusals.unless(format_args!("{}[{number}]", field("by_day")), weekday(day));
        chosen = chosen.zip(day).map(|(chosen, day)| Weekdays(chosen.0 | day));
    }
    let frequency = refusals.unless(field("frequency"), frequency(&typed.frequency));
    let (frequency, chosen) = (frequency?, chosen?);
    if matches!(frequency, Frequency::None) && !chosen.is_empty() {
        refusals.add(field("by_day"), Problem::DaysWithoutFrequency);
        return None;
    }
    let (interval, start) = (interval?, first_handoff(start?, handoff?));
    let recurrence = match frequency {
        Frequency::None => Recurrence::once(start),
        Frequency::Hourly => {
            let starts = Recurrence::hourly(start, interval, chosen);
            refusals.unless(field("by_day"), starts.ok_or(Problem::NeverOnTheseDays))?
        }
        Frequency::Daily => Recurrence::daily(start, interval, chosen),
        Frequency::Weekly => Recurrence::weekly(start, interval, chosen),
        Frequency::Monthly => Recurrence::monthly(start, interval, chosen),
    };
    let groups = groups.filter(|_| !crowd)?;
    let recurrence = recurrence.until(until?);
    Some(Layer { index, name: name(typed, index), priority: typed.priority, groups, recurrence, length: length? })
}

fn one_override(typed: &OverrideDefinition, index: usize, refusals: &mut Refusals) -> Option<Override> {
    let field = |name| Field { list: "overrides", index, name };
    let start = refusals.unless(field("start"), instant(&typed.start));
    let end = refusals.unless(field("end"), instant(&typed.end));
    if typed.users.is_empty() {
        refusals.add(field("users"), Problem::Nobody);
    }
    let (start, end) = (start?, end?);
    if end <= start {
        refusals.add(field("end"), Problem::EndsBeforeItStarts);
        return None;
    }
    Some(Override { start, end, people: typed.users.clone() })
}

#[derive(Clone, Copy)]
enum Frequency {
    None,
    Hourly,
    Daily,
    Weekly,
    Monthly,
}

fn frequency(text: &str) -> Result<Frequency, Problem> {
    match text {
        "none" => Ok(Frequency::None),
        "hourly" => Ok(Frequency::Hourly),
        "daily" => Ok(Frequency::Daily),
        "weekly" => Ok(Frequency::Weekly),
        "monthly" => Ok(Frequency::Monthly),
        _ => Err(Problem::UnknownFrequency),
    }
}

fn rotation(text: &str, users: &[Vec<PersonId>]) -> Result<Groups, Problem> {
    match text {
        "rolling" => Ok(Groups::Rolling(users.to_vec())),
        "plain" => Ok(Groups::Plain(users.concat())),
        _ => Err(Problem::UnknownRotation),
    }
}

fn weekday(text: &str) -> Result<u32, Problem> {
    let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    days.iter().position(|day| *day == text).map(|day| 1 << day).ok_or(Problem::UnknownDay)
}

/// jiff reads more than is meant here: an offset, fractions, a date alone.
fn local_time(text: &str) -> Result<i64, Problem> {
    let (date, time) = text.split_once('T').ok_or(Problem::NotALocalTime)?;
    let date: civil::Date = date.parse().map_err(|_| Problem::NotALocalTime)?;
    let midnight = local(date.to_datetime(civil::Time::midnight()));
    if date.year() < 0 {
        return Err(Problem::NotALocalTime);
    }
    time_of_day(time).map(|second| midnight + second).map_err(|_| Problem::NotALocalTime)
}

fn time_of_day(text: &str) -> Result<i64, Problem> {
    if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') {
        return Err(Problem::NotATimeOfDay);
    }
    text.parse().map(second_of_day).map_err(|_| Problem::NotATimeOfDay)
}

fn first_handoff(start: i64, handoff: Option<i64>) -> i64 {
    let Some(handoff) = handoff else { return start };
    start + (handoff - start.rem_euclid(DAY)).rem_euclid(DAY)
}

fn length(typed: &LayerDefinition) -> Result<Length, Problem> {
    let Some(text) = &typed.shift_length else {
        return Ok(Length::UntilNext);
    };
    let span: Span = SpanParser::new().parse_span(text).map_err(|_| Problem::NotADuration)?;
    let fractions = span.get_milliseconds() | span.get_microseconds() | span.get_nanoseconds();
    if fractions != 0 {
        return Err(Problem::NotADuration);
    }
    if !span.is_positive() {
        return Err(Problem::NoLength);
    }
    let months = i64::from(span.get_years()) * 12 + i64::from(span.get_months());
    let days = i64::from(span.get_weeks()) * 7 + i64::from(span.get_days());
    let seconds = days * DAY + i64::from(span.get_hours()) * 3_600 + span.get_minutes() * 60 + span.get_seconds();
    match months {
        1.. if typed.frequency == "hourly" => Err(Problem::MonthsInHourly),
        _ => Ok(Length::Fixed { months, seconds }),
    }
}

fn instant(text: &str) -> Result<Timestamp, Problem> {
    text.parse().map_err(|_| Problem::NotAnInstant)
}
