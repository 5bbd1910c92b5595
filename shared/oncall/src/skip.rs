//! What is passed over on the way to a human, and why.

use std::fmt;

use jiff::Timestamp;

use crate::{Directory, Hours, PersonId, UnknownZone, reach::Missing};

/// Something that is passed over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skip {
    /// Which step of the policy, from 0; none for the fallback person.
    pub step: Option<usize>,
    /// Whom, if it is about one person.
    pub person: Option<PersonId>,
    /// What they are called.
    pub name: Option<String>,
    /// Why.
    pub why: SkipReason,
}

/// Why something is passed over.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SkipReason {
    /// The service's policy is not in the plan.
    #[error("the service's escalation policy does not exist")]
    NoPolicy,
    /// Nobody is left in the step.
    #[error("the step reaches nobody")]
    EmptyStep,
    /// A target gave nobody.
    #[error("{0}")]
    Missing(Missing),
    /// The step wants more events; a call is one.
    #[error("the step wants {wanted} events, there is {had}")]
    TooFewEvents {
        /// How many the step wants.
        wanted: u32,
        /// How many there have been in its window.
        had: u32,
    },
    /// Not the step's hours.
    #[error("outside the step's hours")]
    OutsideHours,
    /// Not the step's hours, since it is a holiday.
    #[error("outside the step's hours: {0} is a holiday")]
    Holiday(String),
    /// The step's hours cannot be read: it counts, so that somebody is reached. Worth an alarm.
    #[error("the step's hours are ignored: {0}")]
    UnreadableHours(UnknownZone),
    /// The step only sends texts.
    #[error("the step sends texts, it does not ring")]
    TextOnly,
    /// A live call does not wait.
    #[error("a wait of {0} min, not waited for on a live call")]
    Wait(u32),
    /// The step's turn comes after the last repeat.
    #[error("comes after the last repeat")]
    AfterRepeats,
    /// The policy ends with the incident, above this step.
    #[error("comes after the policy's end")]
    AfterResolve,
    /// The steps reach somebody.
    #[error("not needed, the steps reach somebody")]
    NotNeeded,
    /// They have been named before in this round.
    #[error("already named in this round")]
    AlreadyNamed,
    /// They have no phone.
    #[error("has no phone")]
    NoPhone,
    /// This phone has not been verified.
    #[error("phone {} is not verified", .0 + 1)]
    Unverified(usize),
    /// This phone is the one that calls.
    #[error("phone {} is the caller's own", .0 + 1)]
    IsCaller(usize),
    /// This phone is the line itself.
    #[error("phone {} is the line itself", .0 + 1)]
    IsLine(usize),
    /// This phone has been given before in this round, by somebody else.
    #[error("phone {} is somebody's who was named before", .0 + 1)]
    SharedPhone(usize),
}

impl SkipReason {
    /// Why some hours do not contain an instant.
    pub(crate) fn outside(hours: &Hours, at: Timestamp, directory: &Directory) -> Self {
        hours.closed_by(at, directory).map_or(Self::OutsideHours, |holiday| Self::Holiday(holiday.name.clone()))
    }
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.step, &self.why) {
            (_, SkipReason::NoPolicy) => {}
            (Some(step), _) => write!(f, "step {}: ", step + 1)?,
            (None, _) => f.write_str("fallback: ")?,
        }
        if let Some(name) = &self.name {
            write!(f, "{name}: ")?;
        }
        write!(f, "{}", self.why)
    }
}
