//! When a layer's shifts start, in local time and in closed form: no question here walks through the shifts between the
//! layer's start and the time that is asked about.

use super::calendar::{DAY, WEEK, month_and_day, weekday};
use super::pattern::{DaysOfMonth, Pattern, Position, Weekdays};

/// The starts of a layer's shifts.
#[derive(Clone, Debug)]
pub(super) struct Recurrence {
    pattern: Pattern,
    turns: Turns,
    first: Position,
    /// Starts after this do not exist.
    until: Option<i64>,
}

/// When the next group's turn comes.
#[derive(Clone, Copy, Debug)]
enum Turns {
    EachPeriod,
    /// After this many shifts.
    Shifts(i64),
}

impl Recurrence {
    /// One shift.
    pub(super) fn once(start: i64) -> Self {
        Self::beginning(Pattern::Once { start }, Turns::EachPeriod, start)
    }

    /// Every so many hours of the wall clock, of which those on other days are left out if days are chosen.
    ///
    /// None if no start ever falls on a chosen day, as with 168 hours from a Monday and only Tuesdays chosen.
    pub(super) fn hourly(start: i64, interval: i64, chosen: Weekdays) -> Option<Self> {
        let step = interval * 3_600;
        if chosen.is_empty() {
            return Some(Self::beginning(every(start, step), Turns::EachPeriod, start));
        }
        let length = step / gcd(step, WEEK) * WEEK; // after which the pattern meets the same hours of the week
        let on_chosen_day = |from_start: &i64| chosen.contains(weekday((start + from_start).div_euclid(DAY)));
        let starts: Vec<i64> = (0..length / step).map(|n| n * step).filter(on_chosen_day).collect();
        let ever = !starts.is_empty();
        ever.then(|| Self::beginning(Pattern::Cycle { origin: start, length, starts }, Turns::Shifts(1), start))
    }

    /// Every so many days; with chosen days a shift on each of them, so many in a row for each group.
    pub(super) fn daily(start: i64, interval: i64, chosen: Weekdays) -> Self {
        if chosen.is_empty() {
            return Self::beginning(every(start, interval * DAY), Turns::EachPeriod, start);
        }
        Self::beginning(week_days(start, 1, chosen), Turns::Shifts(interval), start)
    }

    /// Every so many weeks, on the start's day or on chosen days; a week begins on Monday.
    pub(super) fn weekly(start: i64, interval: i64, chosen: Weekdays) -> Self {
        if chosen.is_empty() {
            return Self::beginning(every(start, interval * WEEK), Turns::EachPeriod, start);
        }
        Self::beginning(week_days(start, interval, chosen), Turns::EachPeriod, start)
    }

    /// Every so many months, on the start's day of the month or on every chosen day of the week.
    pub(super) fn monthly(start: i64, interval: i64, chosen: Weekdays) -> Self {
        let (origin, day) = month_and_day(start.div_euclid(DAY));
        let days = if chosen.is_empty() { DaysOfMonth::Numbered(day) } else { DaysOfMonth::Weekdays(chosen) };
        let pattern = Pattern::Months { origin, interval, time: start.rem_euclid(DAY), days };
        Self::beginning(pattern, Turns::EachPeriod, start)
    }

    /// The same starts, without those after this local time.
    pub(super) fn until(self, until: Option<i64>) -> Self {
        Self { until, ..self }
    }

    /// The first start at or after the layer's own.
    fn beginning(pattern: Pattern, turns: Turns, start: i64) -> Self {
        let first = match pattern.latest(start - 1) {
            Some(before) => pattern.following(before),
            None => Some(Position { period: 0, slot: 0 }),
        };
        let first = first.unwrap_or(Position { period: 0, slot: 0 });
        Self { pattern, turns, first, until: None }
    }

    /// The first shift, unless `until` lies before it.
    pub(super) fn first_if_any(&self) -> Option<Position> {
        self.latest(self.start(self.first))
    }

    /// The shift that starts last at or before this local time.
    pub(super) fn latest(&self, local: i64) -> Option<Position> {
        let local = self.until.map_or(local, |until| until.min(local));
        self.unlimited_latest(local)
    }

    /// As `latest`, among the shifts that would be if there were no `until`.
    pub(super) fn unlimited_latest(&self, local: i64) -> Option<Position> {
        self.pattern.latest(local).filter(|position| *position >= self.first)
    }

    /// The shift after this one, if `until` lets it be.
    pub(super) fn following(&self, position: Position) -> Option<Position> {
        let next = self.pattern.following(position)?;
        let exists = self.until.is_none_or(|until| self.start(next) <= until);
        exists.then_some(next)
    }

    /// When the next shift starts or would start if there were no `until`.
    pub(super) fn next_start(&self, position: Position) -> Option<i64> {
        self.pattern.following(position).map(|next| self.pattern.start(next))
    }

    /// The shift before this one.
    pub(super) fn preceding(&self, position: Position) -> Option<Position> {
        self.pattern.preceding(position).filter(|before| *before >= self.first)
    }

    /// The local time at which this shift starts.
    pub(super) fn start(&self, position: Position) -> i64 {
        self.pattern.start(position)
    }

    /// Whose turn this shift is, counted from 0 at the first: a period without a shift is nobody's turn. Only the period in
    /// which the layer starts can be without one.
    pub(super) fn turn(&self, position: Position) -> i64 {
        match self.turns {
            Turns::EachPeriod => position.period - self.first.period,
            Turns::Shifts(in_a_row) => {
                let a_period = self.pattern.slots(position.period);
                let shifts = (position.period - self.first.period) * a_period + position.slot - self.first.slot;
                shifts.div_euclid(in_a_row)
            }
        }
    }
}

fn every(start: i64, length: i64) -> Pattern {
    Pattern::Cycle { origin: start, length, starts: vec![0] }
}

fn week_days(start: i64, interval: i64, chosen: Weekdays) -> Pattern {
    let day = start.div_euclid(DAY);
    let monday = day - i64::from(weekday(day));
    let starts = chosen.days().map(|day| day * DAY).collect();
    Pattern::Cycle { origin: monday * DAY + start.rem_euclid(DAY), length: interval * WEEK, starts }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
