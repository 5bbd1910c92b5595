//! One attempt to connect a call, and how Twilio says that it ended.

use jiff::Timestamp;

use crate::PersonId;

/// One attempt to connect a call: one phone of one person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attempt {
    /// Which climb of the policy, from 0.
    pub round: u8,
    /// Which step of the policy, from 0; none for the fallback person.
    pub step: Option<usize>,
    /// Who was rung.
    pub person: PersonId,
    /// Which of their phones, from 0.
    pub phone: usize,
    /// Why them.
    pub why: String,
    /// When it began to ring.
    pub started_at: Timestamp,
    /// When somebody, or a mailbox, picked up.
    pub answered_at: Option<Timestamp>,
    /// When they pressed 1.
    pub accepted_at: Option<Timestamp>,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
    /// How it went.
    pub result: AttemptResult,
}

/// How an attempt went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AttemptResult {
    /// It rings.
    Ringing,
    /// Somebody or a mailbox picked up, and has pressed nothing yet.
    Answered,
    /// They pressed 1.
    Accepted,
    /// They pressed 2.
    Declined,
    /// Somebody or a mailbox picked up and never pressed a key.
    NotConfirmed,
    /// Nobody picked up.
    NoAnswer,
    /// The phone was busy, or its owner pressed the red button.
    Busy,
    /// The network could not reach the phone.
    Failed,
    /// They pressed 1, but Twilio did not bridge them with the caller.
    NotBridged,
    /// The caller hung up, or chose to leave a message.
    CallerLeft,
}

/// How Twilio says that a dialled leg ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LegEnd {
    /// It was picked up; whether it was bridged with the caller, if Twilio says so.
    Completed {
        /// Twilio's DialBridged.
        bridged: Option<bool>,
    },
    /// Nobody picked up in time.
    NoAnswer,
    /// Busy or rejected.
    Busy,
    /// The network could not reach it.
    Failed,
    /// It was cancelled, since the caller hung up.
    Canceled,
}

impl AttemptResult {
    /// Whether its owner may still press a key.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Self::Ringing | Self::Answered)
    }

    /// What becomes of it when the leg is over.
    fn after(self, end: LegEnd) -> Self {
        match (self, end) {
            (Self::Accepted, LegEnd::Completed { bridged: None | Some(true) }) => Self::Accepted,
            (Self::Accepted, _) => Self::NotBridged,
            // the question was asked, and only its answer 1 lets a leg go on to the caller: it could not be saved
            (Self::Answered, LegEnd::Completed { bridged: Some(true) }) => Self::Accepted,
            (Self::Ringing | Self::Answered, LegEnd::Canceled) => Self::CallerLeft,
            (Self::Answered, _) | (Self::Ringing, LegEnd::Completed { .. }) => Self::NotConfirmed,
            (Self::Ringing, LegEnd::NoAnswer) => Self::NoAnswer,
            (Self::Ringing, LegEnd::Busy) => Self::Busy,
            (Self::Ringing, LegEnd::Failed) => Self::Failed,
            (settled, _) => settled,
        }
    }
}

impl Attempt {
    pub(crate) fn close(&mut self, end: LegEnd, at: Timestamp) {
        if self.ended_at.is_none() {
            self.ended_at = Some(at);
            self.result = self.result.after(end);
        }
    }

    /// How long it rang, seconds; none while it rings. Never negative, though two machines' clocks may differ.
    pub fn ring_seconds(&self) -> Option<i64> {
        let until = self.answered_at.or(self.ended_at)?;
        Some(seconds_between(self.started_at, until))
    }

    /// How long the responder spoke with the caller, seconds; none if they did not, or still do. Never negative.
    pub fn talk_seconds(&self) -> Option<i64> {
        let accepted_at = self.accepted_at.filter(|_| self.result == AttemptResult::Accepted)?;
        Some(seconds_between(accepted_at, self.ended_at?))
    }
}

fn seconds_between(start: Timestamp, end: Timestamp) -> i64 {
    (end.as_second() - start.as_second()).max(0)
}
