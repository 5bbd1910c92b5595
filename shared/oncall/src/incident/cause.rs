//! Why an incident is looked at.

use jiff::Timestamp;

use super::{Actor, Event, Failure};
use crate::Target;

/// Why an incident is looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cause {
    /// Time has passed, or may have: what is due is done.
    Time,
    /// Its source says something.
    Event(Event),
    /// Somebody wants something.
    Act(Act),
    /// Whoever sent a page, or asked Twilio about it, says what became of it.
    Sending {
        /// The page's number.
        page: u32,
        /// What became of it.
        outcome: Sending,
    },
    /// Twilio says how a page fared.
    Receipt {
        /// The page's number.
        page: u32,
        /// How it fared.
        receipt: Receipt,
    },
}

/// Somebody wants something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Act {
    /// Tells one that is delivered again from another one: a text's MessageSid, a call's CallSid and key, a request's
    /// idempotency key.
    pub id: String,
    /// Who.
    pub by: Actor,
    /// What.
    pub wish: Wish,
}

/// What somebody wants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wish {
    /// They have it.
    Acknowledge,
    /// It is over.
    Resolve,
    /// Nobody is to be paged for a while; then it comes back.
    Silence {
        /// Until when, at most 30 days from now.
        until: Timestamp,
    },
    /// The next step of the policy, at once.
    Escalate,
    /// Others are to have it.
    Reassign {
        /// Who.
        to: Vec<Target>,
    },
    /// Others are to be paged, too.
    Ask {
        /// Who.
        whom: Vec<Target>,
    },
    /// Whoever reported it is to be told something.
    Reply {
        /// What.
        words: String,
    },
    /// They want to be connected with whoever reported it. That is left to those who may ring; here it stands in the log.
    CallBack,
}

/// What became of a page that was to be sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sending {
    /// Twilio has it.
    Accepted {
        /// Twilio's sid of the text or the call.
        sid: String,
    },
    /// It was certainly not sent, and will not be.
    Failed(Failure),
    /// It was certainly not sent, and may be later.
    Later {
        /// When to try again.
        at: Timestamp,
    },
    /// It has not been sent: the phone will be told of it together with others.
    Gathered {
        /// When.
        at: Timestamp,
    },
    /// It may have been sent.
    Unknown,
    /// Twilio was asked and does not know it, or could not be asked.
    NotFound,
}

/// How a page fared, as far as Twilio knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Receipt {
    /// The text reached the phone; the call's owner pressed a key.
    Delivered,
    /// It did not.
    Failed(Failure),
}
