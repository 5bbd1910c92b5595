//! One thing that is wrong with a field, or odd about it.

use std::fmt;

use crate::schedule;

/// One field that cannot stay as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Its path in the definition: `steps[1].wait.minutes`.
    pub field: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Problem {
    /// A text without a visible character.
    Empty,
    /// A list of more than so many.
    TooMany {
        /// How many there may be.
        most: usize,
    },
    /// A text of more than so many characters.
    TooLong {
        /// How many there may be.
        most: usize,
    },
    /// A number beyond its limits.
    OutOfRange {
        /// The least that it may be.
        least: u32,
        /// The most that it may be.
        most: u32,
    },
    /// An end before its beginning.
    EndsBeforeItBegins,
    /// The end of more days than so many.
    TooManyDays {
        /// How many there may be.
        most: u16,
    },
    /// The same as one before it in its list.
    Duplicate,
    /// Nobody has this id.
    UnknownPerson,
    /// No team has this id.
    UnknownTeam,
    /// No schedule has this id.
    UnknownSchedule,
    /// No calendar of holidays has this id.
    UnknownCalendar,
    /// No service has this id.
    UnknownService,
    /// No escalation policy has this id.
    UnknownPolicy,
    /// The line has no destination with this key.
    UnknownDestination,
    /// No sentence that is spoken has this name.
    UnknownPrompt,
    /// The time zone database has no such name.
    UnknownZone,
    /// Hours without a window: never open.
    NoWindows,
    /// A window without a day: never open.
    NoDays,
    /// A line that leads nowhere.
    NoDestinations,
    /// Not the form of a BCP 47 tag.
    NotALanguageTag,
    /// The number of the line itself: it would ring in a circle.
    LinesOwnNumber,
    /// A second repeat.
    SecondRepeat,
    /// A repeat with nobody to notify above it.
    NothingToRepeat,
    /// Steps below the one that resolves.
    ResolveNotLast,
    /// A part of a schedule.
    Schedule(schedule::Problem),
}

/// One field that may not mean what somebody meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Its path in the definition: `steps[1].notify.targets`.
    pub field: String,
    /// What it leads to.
    pub caution: Caution,
}

/// What a field may lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Caution {
    /// A step without anybody to notify.
    EmptyStep,
    /// A policy that never notifies anybody.
    ReachesNobody,
    /// A policy that rings nobody on a live call.
    NeverRings,
    /// Somebody or something is named twice in one step.
    NamedTwice,
    /// A condition of one event.
    AlwaysHolds,
    /// A repeat without a wait above it.
    RepeatsWithoutWait,
    /// A calendar without holidays.
    EmptyCalendar,
    /// A team without members.
    EmptyTeam,
    /// A person without a verified phone.
    NoVerifiedPhone,
    /// A phone that somebody else has too.
    SharedPhone,
    /// A language in which no sentence of ours is written.
    NotOurLanguage,
    /// A transcription of what is not English.
    TranscribesEnglish,
    /// A part of a schedule.
    Schedule(schedule::Caution),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Problem::Empty => "must not be empty",
            Problem::TooMany { most } => return write!(f, "are too many: at most {most}"),
            Problem::TooLong { most } => return write!(f, "is too long: at most {most} characters"),
            Problem::OutOfRange { least, most } => return write!(f, "must be between {least} and {most}"),
            Problem::EndsBeforeItBegins => "is before the first day",
            Problem::TooManyDays { most } => return write!(f, "makes it longer than {most} days"),
            Problem::Duplicate => "is the same as one before it",
            Problem::UnknownPerson => "is nobody's id",
            Problem::UnknownTeam => "is not the id of a team",
            Problem::UnknownSchedule => "is not the id of a schedule",
            Problem::UnknownCalendar => "is not the id of a holiday calendar",
            Problem::UnknownService => "is not the id of a service",
            Problem::UnknownPolicy => "is not the id of an escalation policy",
            Problem::UnknownDestination => "is not the key of a destination",
            Problem::UnknownPrompt => "is not the name of a sentence that is spoken",
            Problem::UnknownZone => "is not the name of a time zone, such as Europe/Oslo",
            Problem::NoWindows => "must have at least one window: without one they never come",
            Problem::NoDays => "must name at least one day",
            Problem::NoDestinations => "must be at least one",
            Problem::NotALanguageTag => "is not a language tag, such as en-GB",
            Problem::LinesOwnNumber => "is the number of the line itself",
            Problem::SecondRepeat => "is a second repeat: a policy has at most one",
            Problem::NothingToRepeat => "must come after a step that notifies",
            Problem::ResolveNotLast => "must be the last step: nothing comes after it",
            Problem::Schedule(problem) => return problem.fmt(f),
        })
    }
}

impl fmt::Display for Caution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Caution::EmptyStep => "name nobody: the step is skipped",
            Caution::ReachesNobody => "name nobody, and there is no fallback: nobody is ever reached",
            Caution::NeverRings => "only send texts, and there is no fallback: on a call nobody is rung",
            Caution::NamedTwice => "is named before in the same step",
            Caution::AlwaysHolds => "of one always holds: each incident has had an event",
            Caution::RepeatsWithoutWait => "comes without a wait: everybody is paged again at once",
            Caution::EmptyCalendar => "name none: the calendar changes nothing",
            Caution::EmptyTeam => "name nobody: the team is skipped",
            Caution::NoVerifiedPhone => "have no verified one: they cannot be rung",
            Caution::SharedPhone => "is somebody else's too: it is rung for one of them in a round",
            Caution::NotOurLanguage => "is none that we have words in: what is not replaced is said in English words",
            Caution::TranscribesEnglish => "works for US English only",
            Caution::Schedule(caution) => return caution.fmt(f),
        })
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.problem)
    }
}

impl std::error::Error for Refusal {}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.caution)
    }
}
