//! Why a definition, or a part of it, cannot be used.

use std::fmt;

/// One field that cannot stay as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Its path in the definition: `layers[1].interval`.
    pub field: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Problem {
    /// The time zone database has no such name.
    UnknownZone,
    /// Neither `rolling` nor `plain`.
    UnknownRotation,
    /// None of `none`, `hourly`, `daily`, `weekly`, `monthly`.
    UnknownFrequency,
    /// Not from 1 to 9000.
    IntervalOutOfRange,
    /// Not a local time such as `2024-06-03T08:00`, or with an offset or fractions of a second.
    NotALocalTime,
    /// Not a time of day such as `08:00`.
    NotATimeOfDay,
    /// Not an ISO 8601 duration of whole months, weeks, days, hours, minutes and seconds.
    NotADuration,
    /// A shift that is over when it begins.
    NoLength,
    /// Months do not fit into a rotation by the hour.
    MonthsInHourly,
    /// None of `MO` to `SU`.
    UnknownDay,
    /// Days are chosen for a layer that has one shift.
    DaysWithoutFrequency,
    /// None of the starts ever falls on one of the chosen days.
    NeverOnTheseDays,
    /// Not an instant with its offset, such as `2024-06-05T12:00:00Z`.
    NotAnInstant,
    /// The end does not come after the start.
    EndsBeforeItStarts,
    /// An override would silently leave nobody on call.
    Nobody,
    /// More than 100 layers, or 1000 groups in one.
    TooMany,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Problem::UnknownZone => "is not the name of a time zone, such as Europe/Oslo",
            Problem::UnknownRotation => "must be rolling or plain",
            Problem::UnknownFrequency => "must be none, hourly, daily, weekly or monthly",
            Problem::IntervalOutOfRange => "must be between 1 and 9000",
            Problem::NotALocalTime => "must be a local time without an offset, such as 2024-06-03T08:00",
            Problem::NotATimeOfDay => "must be a time of day, such as 08:00",
            Problem::NotADuration => "must be an ISO 8601 duration, such as P7D or PT12H",
            Problem::NoLength => "must be longer than nothing",
            Problem::MonthsInHourly => "cannot be in months in an hourly rotation",
            Problem::UnknownDay => "must be one of MO, TU, WE, TH, FR, SA, SU",
            Problem::DaysWithoutFrequency => "needs a frequency: without one there is a single shift",
            Problem::NeverOnTheseDays => "leaves no shift at all: none ever starts on such a day",
            Problem::NotAnInstant => "must be an instant with its offset, such as 2024-06-05T12:00:00Z",
            Problem::EndsBeforeItStarts => "must come after the start",
            Problem::Nobody => "must name at least one person",
            Problem::TooMany => "are too many: at most 100 layers, and 1000 groups in each",
        })
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.problem)
    }
}

impl std::error::Error for Refusal {}
