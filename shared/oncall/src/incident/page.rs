//! One page: one attempt to reach one person by one channel.

use jiff::{SignedDuration, Timestamp};
use phone::PhoneNumber;

use crate::{Channel, PersonId};

/// One attempt to reach one person by one channel. It is saved before anything is sent, so that what was ordered is
/// never lost and never ordered twice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// Counted within the incident from 1; safe in a URL.
    pub number: u32,
    /// The incident's generation: nothing of an older one is paged any more.
    pub generation: u32,
    /// Which page step of that generation, from 0.
    pub rise: u32,
    /// Whom.
    pub person: PersonId,
    /// Which of the person's rules, from 0.
    pub rule: usize,
    /// Which of their phones, from 0.
    pub phone: usize,
    /// Where to.
    pub to: PhoneNumber,
    /// How.
    pub channel: Channel,
    /// Whether it belongs to the incident's first pages, for which caps do not count.
    pub first: bool,
    /// When it was ordered.
    pub ordered_at: Timestamp,
    /// How often it may have left.
    pub sendings: u8,
    /// How often Twilio could not be reached.
    pub delays: u8,
    /// How it fares.
    pub state: PageState,
}

/// How a page fares.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PageState {
    /// Whoever saved the order sends it. If nobody says by [`Page::LEASE`] what became of it, they are gone, and it
    /// is in doubt.
    Ordered {
        /// Since when.
        since: Timestamp,
    },
    /// Twilio could not be reached; it has certainly not been sent.
    Delayed {
        /// When it is tried again.
        until: Timestamp,
    },
    /// It waits for the text by which its phone is told of several incidents together. Whoever sends that says what
    /// became of it; if nobody does by [`Page::LEASE`] after it was due, they are gone, and Twilio is asked.
    Gathered {
        /// When that text is due.
        until: Timestamp,
    },
    /// Whether it was sent is not known. Twilio will be asked once.
    InDoubt {
        /// When.
        until: Timestamp,
    },
    /// Twilio is being asked whether it was sent.
    Asked {
        /// Since when.
        since: Timestamp,
    },
    /// Twilio has it.
    Sent {
        /// Twilio's sid of the text or the call.
        sid: String,
    },
    /// It reached the phone; for a call: somebody pressed a key.
    Delivered,
    /// It came to nothing.
    Failed(Failure),
    /// Nobody needs it any more, and it has not been sent as far as is known.
    CalledOff,
    /// Nobody needs it any more, although Twilio has it: a call that is cancelled.
    Recalled,
}

/// Why a page came to nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Failure {
    /// Twilio refuses to send to this phone, for good.
    #[error("the phone cannot be reached this way")]
    Refused,
    /// Its owner has texted STOP.
    #[error("its owner has opted out")]
    OptedOut,
    /// Our own rules refuse it: a country, a premium number, a number of ours.
    #[error("not allowed to this number")]
    NotAllowed,
    /// No line may send it, or the one that should cannot: somebody has to configure something.
    #[error("no line can send it")]
    NoLine,
    /// The phone has had as many pages as it may have for a while.
    #[error("the phone's cap is reached")]
    Capped,
    /// As much has been spent as may be spent in a day.
    #[error("the daily spend cap is reached")]
    SpendCap,
    /// Twilio could not be reached for too long.
    #[error("Twilio could not be reached")]
    Unreachable,
    /// It is not known whether it was sent, and it is not sent again.
    #[error("it is not known whether it was sent")]
    Unknown,
    /// The text did not reach the phone.
    #[error("not delivered")]
    Undelivered,
    /// Nobody picked up.
    #[error("no answer")]
    NoAnswer,
    /// Busy, or its owner pressed the red button.
    #[error("busy")]
    Busy,
    /// Picked up by a human, a mailbox or nobody knows whom, who pressed no key.
    #[error("no key was pressed")]
    NoKey,
    /// A machine picked up.
    #[error("a machine picked up")]
    Machine,
}

impl Failure {
    /// Whether it will be the same the next time, so that waiting for this phone is in vain.
    pub fn is_for_good(self) -> bool {
        matches!(self, Self::Refused | Self::OptedOut | Self::NotAllowed)
    }
}

impl Page {
    /// How long whoever sends a page has to say what became of it.
    pub const LEASE: SignedDuration = SignedDuration::from_secs(60);
    /// How long Twilio gets before it is asked about what is in doubt: what has just been sent may not be listed yet.
    pub const DOUBT: SignedDuration = SignedDuration::from_secs(10);
    /// How often Twilio is tried that cannot be reached.
    pub const MOST_DELAYS: u8 = 6;
    /// How often a text may leave.
    pub const MOST_SENDINGS: u8 = 2;

    /// The same for every repetition of this page and different for every other one: generation, page step, person,
    /// rule and phone.
    pub fn key(&self) -> String {
        format!("{}.{}.{}.{}.{}", self.generation, self.rise, self.rule, self.phone, self.person)
    }

    /// When something is to be done about it, if nothing is heard of it.
    pub fn due(&self) -> Option<Timestamp> {
        match self.state {
            PageState::Ordered { since } | PageState::Asked { since } => Some(later(since, Self::LEASE)),
            PageState::Gathered { until } => Some(later(until, Self::LEASE)),
            PageState::Delayed { until } | PageState::InDoubt { until } => Some(until),
            _ => None,
        }
    }

    /// Whether it may still be sent, or is in doubt.
    pub fn is_pending(&self) -> bool {
        self.due().is_some()
    }
}

/// So much later, or the end of time.
pub(crate) fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}
