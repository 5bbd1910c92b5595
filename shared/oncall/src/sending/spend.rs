//! What may be spent in a day.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// What has been spent on a day, in millionths of the account's currency. A day is one of UTC.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DailySpend {
    /// Which day.
    pub day: Date,
    /// How much, as far as is known: what was sent counts with its estimate.
    pub spent: u64,
}

/// How much of it may still be spent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SpendState {
    /// Enough.
    Fine,
    /// Less than a fifth is left: worth a word to whoever pays.
    Low,
    /// Nothing more leaves today.
    Reached,
}

impl DailySpend {
    /// Nothing, on the day of this instant.
    pub fn none(at: Timestamp) -> Self {
        Self { day: day(at), spent: 0 }
    }

    /// Where it stands under a cap; none means no cap. Another day begins with nothing.
    pub fn state(&self, cap: Option<u64>, at: Timestamp) -> SpendState {
        let spent = if self.day == day(at) { self.spent } else { 0 };
        match cap {
            Some(cap) if spent >= cap => SpendState::Reached,
            Some(cap) if spent >= cap - cap / 5 => SpendState::Low,
            _ => SpendState::Fine,
        }
    }

    /// Spends, if the cap has not been reached; the last one may go beyond it. Says whether it may.
    pub fn spend(&mut self, cost: u64, cap: Option<u64>, at: Timestamp) -> bool {
        if self.state(cap, at) == SpendState::Reached {
            return false;
        }
        // a clock that is behind does not bring yesterday back
        if self.day < day(at) {
            *self = Self::none(at);
        }
        self.spent = self.spent.saturating_add(cost);
        true
    }
}

fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}
