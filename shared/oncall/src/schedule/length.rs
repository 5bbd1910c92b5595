//! How long a shift is on the wall clock.

use super::calendar::add_months;
use super::pattern::Position;
use super::recurrence::Recurrence;
use super::zone::NEVER;

/// The length of every shift of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    /// Until the layer's next shift starts, or would start if there were no `until`; for a layer that has one shift, for ever.
    UntilNext,
    /// Months first, with the day clamped to the month's last, then seconds of the wall clock.
    Fixed { months: i64, seconds: i64 },
}

impl Length {
    /// The local time at which this shift ends.
    pub(super) fn end(self, recurrence: &Recurrence, position: Position) -> i64 {
        match self {
            Length::UntilNext => recurrence.next_start(position).unwrap_or(NEVER),
            Length::Fixed { months: 0, seconds } => recurrence.start(position) + seconds,
            Length::Fixed { months, seconds } => add_months(recurrence.start(position), months) + seconds,
        }
    }

    /// The first shift that ends after this local time. Shifts end in the order in which they start, so all later ones do too.
    pub(super) fn first_ending_after(self, recurrence: &Recurrence, local: i64) -> Option<Position> {
        let mut position = match self {
            // its predecessor ends where it starts
            Length::UntilNext => return running_at(recurrence, local),
            Length::Fixed { months: 0, seconds } => {
                return first_after(recurrence, local - seconds);
            }
            Length::Fixed { months, seconds } => {
                recurrence.latest(add_months(local - seconds, -months)).or_else(|| recurrence.first_if_any())?
            }
        };
        // months differ in length: it may be a few days off
        while let Some(before) = recurrence.preceding(position).filter(|before| self.end(recurrence, *before) > local) {
            position = before;
        }
        while self.end(recurrence, position) <= local {
            position = recurrence.following(position)?;
        }
        Some(position)
    }
}

/// The shift that started last, unless the next one would have started if there were no `until`; before all, the first.
fn running_at(recurrence: &Recurrence, local: i64) -> Option<Position> {
    match recurrence.unlimited_latest(local) {
        Some(running) => recurrence.latest(local).filter(|last| *last == running),
        None => recurrence.first_if_any(),
    }
}

/// The first shift that starts after this local time.
fn first_after(recurrence: &Recurrence, local: i64) -> Option<Position> {
    match recurrence.unlimited_latest(local) {
        Some(before) => recurrence.following(before),
        None => recurrence.first_if_any(),
    }
}
