//! What is to be done for an incident once it is saved, and what its actor is told.

use jiff::Timestamp;
use phone::PhoneNumber;

use super::{Actor, Bar, Page};
use crate::{Channel, ThreadId};

/// What is to be done once the incident is saved. Whoever saved it does it, and says by
/// [`Cause::Sending`](super::Cause::Sending) what became of it; if they never do, a later step finds out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Send this page.
    Send(Page),
    /// Ask Twilio whether it has sent this page.
    AskTwilio(Page),
    /// This call is not needed any more: cancel it, or end it with a word if somebody is listening already.
    Recall {
        /// The page's number.
        page: u32,
        /// Twilio's CallSid.
        sid: String,
    },
    /// Remember of this phone that it cannot be reached this way.
    Bar {
        /// Which phone.
        phone: PhoneNumber,
        /// Which way.
        channel: Channel,
        /// Why not.
        bar: Bar,
    },
    /// Tell whoever reported the incident.
    Tell {
        /// In which conversation.
        thread: ThreadId,
        /// What.
        words: String,
        /// Who says so.
        by: Actor,
    },
    /// The incident is over: end the conversations with whoever reported it.
    EndThread {
        /// Which.
        thread: ThreadId,
    },
}

/// What whoever acted is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// It is done, or was done before by themselves.
    Done,
    /// Somebody else has acknowledged already.
    AcknowledgedBy {
        /// Who.
        by: Actor,
        /// When.
        at: Timestamp,
    },
    /// It is over already.
    ResolvedBy {
        /// Who ended it.
        by: Actor,
        /// When.
        at: Timestamp,
    },
    /// Somebody else has just escalated it.
    JustEscalated,
    /// The policy has nobody left, or there is none.
    NobodyLeft,
    /// None of those whom they named exists, or can be reached.
    NobodyNamed,
    /// Nobody waits for a reply.
    NoReporter,
    /// It makes no sense: a silence that ends before it begins.
    Senseless,
}
