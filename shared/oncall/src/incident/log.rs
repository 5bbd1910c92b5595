//! Everything that was done about an incident: who, what, when, and with which result.

use jiff::Timestamp;

use super::{Actor, Failure, Obstacle};
use crate::{Channel, PersonId, Skip};

/// Everything that was done, oldest first: the beginning and the end if it is more than is kept.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Log {
    /// What is kept.
    pub entries: Vec<Entry>,
    /// How many were left out, after the first [`Log::BEGINNING`].
    pub left_out: u32,
}

/// One thing that was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Actor,
    /// What.
    pub what: Happened,
}

/// What was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Happened {
    /// The incident was opened.
    Opened,
    /// It was over and is not.
    Reopened,
    /// Its source says that it is worse: it cannot wait any more.
    BecameUrgent,
    /// A page was ordered.
    Paged {
        /// Its number.
        page: u32,
        /// To whom.
        person: PersonId,
        /// How.
        channel: Channel,
        /// Why them.
        why: String,
    },
    /// Twilio has the page.
    Sent {
        /// Its number.
        page: u32,
    },
    /// The page reached its phone; for a call: somebody pressed a key.
    Delivered {
        /// Its number.
        page: u32,
    },
    /// The page came to nothing.
    Failed {
        /// Its number.
        page: u32,
        /// Why.
        why: Failure,
    },
    /// Twilio could not be reached, and will be tried again.
    Delayed {
        /// The page's number.
        page: u32,
        /// When.
        until: Timestamp,
    },
    /// A person could not be paged by a rule of theirs.
    NotPaged {
        /// Who.
        person: PersonId,
        /// How they were to be paged; none if they have no rule.
        channel: Option<Channel>,
        /// Why not.
        why: Obstacle,
    },
    /// There were more people at once than an incident has room for.
    LeftOut {
        /// How many are not paged, or not any more.
        people: u32,
    },
    /// Something of the policy was passed over.
    Skipped(Skip),
    /// The policy waits.
    Waits {
        /// Until when.
        until: Timestamp,
    },
    /// Nobody of a step can be paged, so that its wait is not waited for.
    WaitCutShort,
    /// The policy is at its end.
    PolicyDone {
        /// Whether anybody was reached by it.
        reached_somebody: bool,
    },
    /// Nobody is paged, since the service is being tried out or worked on.
    Held,
    /// Paging goes on.
    Resumed,
    /// Somebody has it.
    Acknowledged,
    /// Whoever had it has said nothing for too long.
    AcknowledgementOver,
    /// Whoever had the caller was not connected, or the caller called in vain after all.
    Lost,
    /// Nobody is paged for a while.
    Silenced {
        /// Until when.
        until: Timestamp,
    },
    /// The silence is over.
    SilenceOver,
    /// The next step of the policy was asked for at once.
    Escalated,
    /// It was given to others.
    Reassigned {
        /// To whom.
        to: Vec<PersonId>,
    },
    /// Others were asked to join.
    Asked {
        /// Who.
        whom: Vec<PersonId>,
    },
    /// A responder wrote to whoever reported it.
    Replied {
        /// What.
        words: String,
    },
    /// A responder asked to be connected with whoever reported it.
    CallsBack,
    /// It is over.
    Resolved,
}

impl Log {
    /// How many of the first entries are always kept.
    pub const BEGINNING: usize = 50;
    /// How many entries are kept at most.
    pub const MOST: usize = 300;

    pub(super) fn add(&mut self, at: Timestamp, by: Actor, what: Happened) {
        if self.entries.len() >= Self::MOST {
            self.entries.remove(Self::BEGINNING);
            self.left_out = self.left_out.saturating_add(1);
        }
        self.entries.push(Entry { at, by, what });
    }
}
