//! A time as somebody types it.

use std::str::FromStr;

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

/// An instant, or a time on a clock whose zone is yet to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// An instant.
    Instant(Timestamp),
    /// What a clock on the wall shows.
    Wall(civil::DateTime),
}

impl Moment {
    /// The instant; a wall clock is one of `zone`. Of a time that the clock shows twice the first
    /// is meant, and one that it skips is moved later by the gap.
    #[must_use]
    pub fn in_zone(self, zone: &TimeZone) -> Option<Timestamp> {
        match self {
            Self::Instant(instant) => Some(instant),
            Self::Wall(time) => zone.to_ambiguous_timestamp(time).compatible().ok(),
        }
    }

    /// Whether a clock of `zone` shows this time twice, or never.
    #[must_use]
    pub fn is_ambiguous(self, zone: &TimeZone) -> bool {
        match self {
            Self::Instant(_) => false,
            Self::Wall(time) => zone.to_ambiguous_timestamp(time).is_ambiguous(),
        }
    }
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // an offset makes an instant; the same text read as a wall clock would silently lose it
        if let Ok(instant) = text.parse::<Timestamp>() {
            return Ok(Self::Instant(instant));
        }
        match text.parse::<civil::DateTime>() {
            Ok(time) => Ok(Self::Wall(time)),
            Err(_) => Err("a time is like 2026-10-25T02:30 or 2026-10-25T02:30+01:00".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walls_and_instants() {
        let oslo = TimeZone::get("Europe/Oslo").unwrap();
        let check = |text: &str, instant: &str, ambiguous: bool| {
            let moment: Moment = text.parse().unwrap();
            let expected: Timestamp = instant.parse().unwrap();
            assert_eq!(moment.in_zone(&oslo), Some(expected), "{text}");
            assert_eq!(moment.is_ambiguous(&oslo), ambiguous, "{text}");
        };
        check("2026-10-25T02:30", "2026-10-25T00:30:00Z", true);
        check("2026-10-25T02:30+01:00", "2026-10-25T01:30:00Z", false);
        check("2026-10-25T02:30Z", "2026-10-25T02:30:00Z", false);
        check("2026-03-29T02:30", "2026-03-29T01:30:00Z", true);
        check("2026-11-01 12:00", "2026-11-01T11:00:00Z", false);
    }
}
