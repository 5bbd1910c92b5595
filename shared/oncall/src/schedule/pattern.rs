//! The patterns in which shifts start, each endless in both directions: a layer takes a part of one.

use super::calendar::{DAY, day_number, days_in_month, month_and_day, weekday};

#[derive(Clone, Debug)]
pub(super) enum Pattern {
    Once {
        start: i64,
    },
    /// The same starts every so many seconds of the wall clock.
    Cycle {
        origin: i64,
        length: i64,
        starts: Vec<i64>,
    },
    /// Starts at one time of day in every so many-th month.
    Months {
        origin: i64,
        interval: i64,
        time: i64,
        days: DaysOfMonth,
    },
}

#[derive(Clone, Copy, Debug)]
pub(super) enum DaysOfMonth {
    /// This one, or the month's last if it has none.
    Numbered(i64),
    Weekdays(Weekdays),
}

/// Where a shift stands in its layer: the period counted in the calendar, and the how-manyth start in that period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub(super) period: i64,
    pub(super) slot: i64,
}

/// Chosen days of the week; bit 0 is Monday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Weekdays(pub(super) u32);

impl Weekdays {
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn contains(self, weekday: u32) -> bool {
        self.0 >> weekday & 1 == 1
    }

    pub(super) fn days(self) -> impl Iterator<Item = i64> {
        (0..7).filter(move |day| self.contains(*day)).map(i64::from)
    }
}

impl Pattern {
    pub(super) fn slots(&self, period: i64) -> i64 {
        match self {
            Pattern::Once { .. } => 1,
            Pattern::Cycle { starts, .. } => starts.len() as i64,
            Pattern::Months { origin, interval, days, .. } => days.count_to(origin + period * interval, 31),
        }
    }

    pub(super) fn start(&self, Position { period, slot }: Position) -> i64 {
        match self {
            Pattern::Once { start } => *start,
            Pattern::Cycle { origin, length, starts } => {
                let within = usize::try_from(slot).ok().and_then(|slot| starts.get(slot));
                origin + period * length + within.copied().unwrap_or_default()
            }
            Pattern::Months { origin, interval, time, days } => {
                let month = origin + period * interval;
                day_number(month, days.nth(month, slot)) * DAY + time
            }
        }
    }

    pub(super) fn latest(&self, local: i64) -> Option<Position> {
        let (period, started) = match self {
            Pattern::Once { start } => (0, i64::from(*start <= local)),
            Pattern::Cycle { origin, length, starts } => {
                let within = (local - origin).rem_euclid(*length);
                let started = starts.partition_point(|start| *start <= within) as i64;
                ((local - origin).div_euclid(*length), started)
            }
            Pattern::Months { origin, interval, time, days } => {
                let last_day = (local - time).div_euclid(DAY); // whose time of day has come
                let (month, day) = month_and_day(last_day);
                let period = (month - origin).div_euclid(*interval);
                let its_month = origin + period * interval;
                (period, days.count_to(its_month, if month == its_month { day } else { 31 }))
            }
        };
        if started > 0 {
            return Some(Position { period, slot: started - 1 });
        }
        self.preceding(Position { period, slot: 0 })
    }

    pub(super) fn following(&self, Position { period, slot }: Position) -> Option<Position> {
        if slot + 1 < self.slots(period) {
            return Some(Position { period, slot: slot + 1 });
        }
        match self {
            Pattern::Once { .. } => None,
            _ => Some(Position { period: period + 1, slot: 0 }),
        }
    }

    pub(super) fn preceding(&self, Position { period, slot }: Position) -> Option<Position> {
        if slot > 0 {
            return Some(Position { period, slot: slot - 1 });
        }
        match self {
            Pattern::Once { .. } => None,
            _ => Some(Position { period: period - 1, slot: self.slots(period - 1) - 1 }),
        }
    }
}

impl DaysOfMonth {
    /// How many of its days lie between the month's first and this one.
    fn count_to(self, month: i64, day: i64) -> i64 {
        let last = days_in_month(month);
        match self {
            DaysOfMonth::Numbered(numbered) => i64::from(numbered.min(last) <= day),
            DaysOfMonth::Weekdays(chosen) => {
                chosen.days().map(|weekday| (day.min(last) - first_of(month, weekday)).div_euclid(7) + 1).sum()
            }
        }
    }

    /// The day of the month of its nth day, counted from 0.
    fn nth(self, month: i64, slot: i64) -> i64 {
        match self {
            DaysOfMonth::Numbered(numbered) => numbered.min(days_in_month(month)),
            DaysOfMonth::Weekdays(chosen) => {
                let a_week = i64::from(chosen.0.count_ones()).max(1);
                let mut first_week = (1..=7).filter(|day| chosen.contains(weekday(day_number(month, *day))));
                let first = first_week.nth(usize::try_from(slot % a_week).unwrap_or_default());
                first.unwrap_or(1) + slot / a_week * 7
            }
        }
    }
}

/// The first day of the month that is this weekday: 1 to 7.
fn first_of(month: i64, day_of_week: i64) -> i64 {
    (day_of_week - i64::from(weekday(day_number(month, 1)))).rem_euclid(7) + 1
}
