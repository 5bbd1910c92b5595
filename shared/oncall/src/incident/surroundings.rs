//! What a step needs to know beside the incident itself.

use std::collections::BTreeMap;

use phone::PhoneNumber;

use crate::{Channel, Directory, Mode};

/// What a step needs to know beside the incident: as it is now, not as it was when the incident was opened, so that a
/// shift that hands over, an override and a corrected number count at once.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'s> {
    /// People, teams and schedules.
    pub directory: &'s Directory,
    /// The service's mode.
    pub mode: Mode,
    /// What is known of telephones.
    pub phones: &'s KnownPhones,
}

/// What is known of telephones that cannot be reached in some way. Those without an entry can.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KnownPhones(BTreeMap<PhoneNumber, Bars>);

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Bars {
    sms: Option<Bar>,
    voice: Option<Bar>,
}

/// Why a phone cannot be reached in some way.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Bar {
    /// Its owner has texted STOP.
    #[error("has opted out")]
    OptedOut,
    /// Twilio refuses for good.
    #[error("cannot be reached this way")]
    Refused,
}

impl KnownPhones {
    /// This phone cannot be reached this way.
    pub fn bar(&mut self, phone: PhoneNumber, channel: Channel, bar: Bar) {
        let bars = self.0.entry(phone).or_default();
        match channel {
            Channel::Sms => bars.sms = Some(bar),
            Channel::Voice => bars.voice = Some(bar),
        }
    }

    /// Why this phone cannot be reached this way, if it cannot.
    pub fn barred(&self, phone: &PhoneNumber, channel: Channel) -> Option<Bar> {
        let bars = self.0.get(phone)?;
        match channel {
            Channel::Sms => bars.sms,
            Channel::Voice => bars.voice,
        }
    }
}

/// Why a person cannot be paged by a rule of theirs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Obstacle {
    /// They do not exist any more.
    #[error("does not exist any more")]
    Gone,
    /// They have no rule for incidents of this urgency.
    #[error("has no rule for this urgency")]
    NoRule,
    /// They have no phone.
    #[error("has no phone")]
    NoPhone,
    /// None of their phones is verified.
    #[error("has no verified phone")]
    Unverified,
    /// Their phone cannot be reached this way.
    #[error("{0}")]
    Barred(Bar),
    /// The same step pages this phone already, as somebody else's.
    #[error("shares a phone with somebody who is being paged")]
    SharedPhone,
}
