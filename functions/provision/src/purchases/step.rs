//! What is to be done next for a purchase, from where it stands and from what Twilio has said. Pure.
//!
//! Nothing is asked twice before it was looked for, and nothing counts as not bought as long as it may have been.

use jiff::{SignedDuration, Timestamp};
use store::{Purchase, PurchaseState};

/// Twilio's code for a number that is not to be had.
pub(crate) const NOT_AVAILABLE: u32 = 21422;

/// How long after an unanswered request it may be repeated: Twilio's own advice.
const ASK_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(1);
/// How long after it a number that is nowhere to be found was not bought.
const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Ask Twilio to sell it.
    Ask,
    /// Look whether it is ours.
    Look {
        /// Whether nothing is known but what was just asked, so that it may take a moment to be seen.
        just_asked: bool,
        /// What it means if it is not.
        absent: Absent,
    },
    /// Twilio has sold it: write that down, and make the line.
    Keep {
        /// Twilio's id of the number.
        sid: String,
    },
    /// Nothing was bought.
    GiveUp(Reason),
    /// It is not known whether it was bought.
    Wait,
    /// It was certainly not processed, and may be asked for again at once.
    Later,
    /// Nothing more will happen.
    Settled,
}

/// What it means that a number is not to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Absent {
    /// Nothing yet.
    Nothing,
    /// That time decides.
    ByTime,
    /// That Twilio's refusal is true.
    Refused(Reason),
}

/// Why nothing was bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reason {
    /// Twilio's code.
    pub(crate) code: Option<u32>,
    /// In words without numbers.
    pub(crate) why: String,
}

/// What Twilio said when it was asked to sell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Yes.
    Sold { sid: String },
    /// No.
    Refused(Reason),
    /// Nothing, and certainly nothing happened.
    NotProcessed,
    /// Nothing that can be trusted.
    Unknown,
}

/// What there is of the number in the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// It is there under the name that this purchase gave it.
    Ours { sid: String },
    /// It is there under another name.
    Others,
    /// It is not there.
    Nothing,
    /// Twilio did not say.
    NotKnown,
}

/// Who works on the purchase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Worker {
    /// Whoever wants the number.
    Client,
    /// The sweep, which never spends.
    Sweep,
}

/// The first step of whoever takes a purchase over.
pub(crate) fn first(purchase: &Purchase, worker: Worker) -> Step {
    match (&purchase.state, purchase.asked_at) {
        (PurchaseState::Done { .. } | PurchaseState::Refused { .. }, _) => Step::Settled,
        (PurchaseState::Bought { sid }, _) => Step::Keep { sid: sid.clone() },
        (PurchaseState::Open, None) if worker == Worker::Client => Step::Ask,
        (PurchaseState::Open, _) => Step::Look { just_asked: false, absent: Absent::ByTime },
    }
}

/// The step after Twilio was asked to sell. `before` says whether it had been asked before that, without a clear answer.
pub(crate) fn after_ask(asked: Asked, before: bool) -> Step {
    match asked {
        Asked::Sold { sid } => Step::Keep { sid },
        Asked::NotProcessed => Step::Later,
        Asked::Unknown => Step::Look { just_asked: true, absent: Absent::Nothing },
        // it may be refused because an earlier request has bought it
        Asked::Refused(_) if before => Step::Look { just_asked: true, absent: Absent::Nothing },
        Asked::Refused(reason) if reason.code == Some(NOT_AVAILABLE) => {
            Step::Look { just_asked: false, absent: Absent::Refused(reason) }
        }
        Asked::Refused(reason) => Step::GiveUp(reason),
    }
}

/// The step after a look.
pub(crate) fn after_look(seen: Seen, absent: Absent, purchase: &Purchase, worker: Worker, now: Timestamp) -> Step {
    match (seen, absent) {
        (Seen::Ours { sid }, _) => Step::Keep { sid },
        (Seen::Others, _) => Step::GiveUp(Reason {
            code: None,
            why: "The account has this number already: it can be adopted, and need not be bought.".to_owned(),
        }),
        (Seen::NotKnown, _) | (Seen::Nothing, Absent::Nothing) => Step::Wait,
        (Seen::Nothing, Absent::Refused(reason)) => Step::GiveUp(reason),
        (Seen::Nothing, Absent::ByTime) => by_time(purchase, worker, now),
    }
}

fn by_time(purchase: &Purchase, worker: Worker, now: Timestamp) -> Step {
    let passed = now.duration_since(purchase.asked_at.unwrap_or(purchase.created_at));
    match worker {
        Worker::Client if passed >= ASK_AGAIN_AFTER => Step::Ask,
        Worker::Sweep if passed >= GIVE_UP_AFTER => {
            Step::GiveUp(Reason { code: None, why: "Twilio did not sell it; nothing was spent.".to_owned() })
        }
        _ => Step::Wait,
    }
}

#[cfg(test)]
mod tests;
