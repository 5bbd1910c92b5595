//! The rules once more, as slowly and plainly as they can be written: every shift since the start is made on jiff's civil calendar,
//! day by day, and the answer is found by looking at all of them. Nothing of the crate's arithmetic is used.

use crate::typed::{any_definition, cases, names, second};
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};
use oncall::PersonId;
use oncall::schedule::{Definition, LayerDefinition, Schedule};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A shift of one layer.
#[derive(Debug)]
pub(crate) struct Shift {
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    pub(crate) people: Vec<PersonId>,
}

/// All shifts of the layer that start within so many days of its start.
pub(crate) fn shifts(layer: &LayerDefinition, timezone: &str, horizon: i32) -> Vec<Shift> {
    let zone = TimeZone::get(timezone).unwrap();
    let mut start: DateTime = layer.start.parse().unwrap();
    if let Some(handoff) = &layer.handoff {
        let handoff: Time = handoff.parse().unwrap();
        while start.time() != handoff {
            start += 1.minutes();
        }
    }
    let last = start + horizon.days();
    let mut starts = starts(layer, start, last);
    starts.dedup();
    let until: Option<DateTime> = layer.until.as_ref().map(|until| until.parse().unwrap());
    let instant = |local: DateTime| local.to_zoned(zone.clone()).unwrap().timestamp();
    let mut shifts = Vec::new();
    for (number, (start, turn)) in starts.iter().enumerate() {
        if until.is_some_and(|until| *start > until) || layer.users.is_empty() {
            break;
        }
        let end = match (&layer.shift_length, starts.get(number + 1)) {
            (Some(length), _) => instant(*start + length.parse::<Span>().unwrap()),
            (None, Some((next, _))) => instant(*next),
            (None, None) => Timestamp::MAX,
        };
        let people = match layer.rotation.as_str() {
            "plain" => layer.users.concat(),
            _ => layer.users[turn % layer.users.len()].clone(),
        };
        shifts.push(Shift { start: instant(*start), end, people });
    }
    shifts
}

/// Each start with the number of its turn.
fn starts(layer: &LayerDefinition, start: DateTime, last: DateTime) -> Vec<(DateTime, usize)> {
    let chosen: Vec<Weekday> = layer.by_day.iter().map(|day| weekday(day)).collect();
    let on_chosen_day = |local: &DateTime| chosen.is_empty() || chosen.contains(&local.weekday());
    let interval = layer.interval;
    let hourly = |step: i64| {
        let mut hours = vec![start];
        while *hours.last().unwrap() <= last {
            hours.push(start + (step * hours.len() as i64).hours());
        }
        hours.into_iter().filter(on_chosen_day).enumerate().map(|(turn, start)| (start, turn)).collect()
    };
    let days = || {
        let mut day = start.date();
        std::iter::from_fn(move || {
            let this = day;
            day = day.tomorrow().ok()?;
            (this <= last.date()).then_some(this)
        })
    };
    let at = |day: Date| day.to_datetime(start.time());
    match layer.frequency.as_str() {
        "none" => vec![(start, 0)],
        "hourly" => hourly(interval),
        "daily" if chosen.is_empty() => {
            days().step_by(interval as usize).enumerate().map(|(turn, day)| (at(day), turn)).collect()
        }
        "daily" => {
            let days = days().map(at).filter(on_chosen_day).enumerate();
            days.map(|(number, start)| (start, number / interval as usize)).collect()
        }
        "weekly" if chosen.is_empty() => {
            days().step_by(7 * interval as usize).enumerate().map(|(turn, day)| (at(day), turn)).collect()
        }
        "weekly" => {
            let first_monday = monday(start.date());
            let week = |day: Date| i64::from((monday(day) - first_monday).get_days()) / 7;
            let in_turn = days().filter(|day| week(*day) % interval == 0).map(at).filter(on_chosen_day);
            numbered_by(in_turn, |start| week(start.date()))
        }
        _ => {
            let months = |day: Date| (i64::from(day.year()) * 12 + i64::from(day.month())) - i64::from(start.month());
            let month = |day: Date| months(day) - i64::from(start.year()) * 12;
            let is_the_day = |day: &Date| !chosen.is_empty() || day.day() == start.day().min(day.days_in_month());
            let in_turn = days().filter(|day| month(*day) % interval == 0).filter(is_the_day).map(at);
            numbered_by(in_turn.filter(on_chosen_day), |start| month(start.date()))
        }
    }
}

/// The next number where the period is another: a period without a start is nobody's turn.
fn numbered_by(starts: impl Iterator<Item = DateTime>, period: impl Fn(&DateTime) -> i64) -> Vec<(DateTime, usize)> {
    let mut periods = BTreeSet::new();
    starts
        .map(|start| {
            periods.insert(period(&start));
            (start, periods.len() - 1)
        })
        .collect()
}

fn monday(mut day: Date) -> Date {
    while day.weekday() != Weekday::Monday {
        day = day.yesterday().unwrap();
    }
    day
}

fn weekday(day: &str) -> Weekday {
    let number = crate::typed::DAYS.iter().position(|name| *name == day).unwrap();
    Weekday::from_monday_zero_offset(number as i8).unwrap()
}

/// A definition with all the shifts of its layers.
pub(crate) struct Reference<'d> {
    definition: &'d Definition,
    layers: Vec<(i64, Vec<Shift>)>,
}

impl<'d> Reference<'d> {
    pub(crate) fn new(definition: &'d Definition, horizon: i32) -> Self {
        let of = |layer: &LayerDefinition| (layer.priority, shifts(layer, &definition.timezone, horizon));
        Self { definition, layers: definition.layers.iter().map(of).collect() }
    }

    /// Sorted, run together.
    pub(crate) fn who(&self, instant: Timestamp) -> String {
        let parse = |text: &str| text.parse::<Timestamp>().unwrap();
        let covers = |start: Timestamp, end: Timestamp| start <= instant && instant < end;
        let mut people: BTreeSet<&PersonId> = BTreeSet::new();
        for one in self.definition.overrides.iter().filter(|one| covers(parse(&one.start), parse(&one.end))) {
            people.extend(&one.users);
        }
        let mut top = i64::MIN;
        if people.is_empty() {
            for (priority, shifts) in &self.layers {
                for shift in shifts.iter().filter(|shift| covers(shift.start, shift.end) && !shift.people.is_empty()) {
                    if *priority > top {
                        people.clear();
                        top = *priority;
                    }
                    if *priority == top {
                        people.extend(&shift.people);
                    }
                }
            }
        }
        names(people.into_iter())
    }

    /// Every instant at which a shift or an override of its layers starts or ends.
    pub(crate) fn boundaries(&self) -> BTreeSet<Timestamp> {
        let shifts =
            self.layers.iter().flat_map(|(_, shifts)| shifts.iter().flat_map(|shift| [shift.start, shift.end]));
        let overrides = self.definition.overrides.iter().flat_map(|one| [&one.start, &one.end]);
        shifts.chain(overrides.map(|text| text.parse().unwrap())).collect()
    }
}

proptest! {
    #![proptest_config(cases(300))]
    #[test]
    fn every_answer_is_that_of_walking_through_all_shifts(
        definition in any_definition(),
        picks in prop::collection::vec((any::<prop::sample::Index>(), -3_700..3_700i64), 30),
    ) {
        let horizon = if definition.layers.iter().any(|layer| layer.frequency == "hourly") { 150 } else { 500 };
        let schedule = Schedule::new(&definition).unwrap();
        let reference = Reference::new(&definition, horizon);
        let start: DateTime = definition.layers.iter().map(|layer| layer.start.parse().unwrap()).min().unwrap();
        // beyond this the reference has made no shifts: its last one is open-ended
        let last = (start + (horizon - 90).days()).to_zoned(TimeZone::UTC).unwrap().timestamp();
        let boundaries: Vec<Timestamp> = reference.boundaries().into_iter().filter(|at| *at < last).collect();
        for (pick, drift) in picks {
            if boundaries.is_empty() {
                break;
            }
            let at = pick.get(&boundaries).as_second();
            for asked in [at - 1, at, at + drift] {
                prop_assert_eq!(schedule_who(&schedule, asked), reference.who(second(asked)), "at {}", second(asked));
            }
        }
    }
}

fn schedule_who(schedule: &Schedule, at: i64) -> String {
    names(schedule.at(second(at)).people())
}
