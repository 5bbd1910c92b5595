//! One inbound call and every attempt to connect it.

use jiff::{SignedDuration, Timestamp};
use phone::PhoneNumber;

use crate::{Attempt, AttemptResult, CallId, Candidate, Ladder, LegEnd, LineId, Message, ServiceId};

/// How long after a save the team may not have been told, before it is told again.
const UNTOLD: SignedDuration = SignedDuration::from_mins(2);
/// Longer than a phone rings and its owner is asked: nothing is heard meanwhile.
const LONGEST_RING: SignedDuration = SignedDuration::from_mins(5);
/// Longer than a menu is spoken, however often.
const LONGEST_MENU: SignedDuration = SignedDuration::from_mins(30);
/// Twilio ends a recording after an hour.
const LONGEST_MESSAGE: SignedDuration = SignedDuration::from_mins(75);
/// Twilio ends a conversation after four hours.
const LONGEST_TALK: SignedDuration = SignedDuration::from_mins(4 * 60 + 10);

/// One inbound call: where it stands, and its log.
///
/// Its methods are the only way in which its stage and its attempts change. Each may be called twice with the same
/// arguments: the second time changes nothing, since Twilio may deliver a webhook twice. News that come too late,
/// of an attempt that is over or of a call that has ended, change nothing either.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// Twilio's CallSid of the caller's leg.
    pub id: CallId,
    /// The line that was dialled.
    pub line: LineId,
    /// Who calls; none if they show no number.
    pub caller: Option<PhoneNumber>,
    /// When it came in.
    pub started_at: Timestamp,
    /// How often it has been saved; a save counts only if nobody else saved in between.
    pub version: u64,
    /// Where it stands.
    pub stage: Stage,
    /// What the caller wants, once known.
    pub service: Option<ServiceId>,
    /// Which climb of the policy this is, from 0.
    pub round: u8,
    /// Whether the caller has been told that the call may be recorded; without that it is not.
    pub recording_announced: bool,
    /// Every attempt, in order; attempt *n* is at index *n* − 1.
    pub attempts: Vec<Attempt>,
    /// What the caller left, if they did.
    pub message: Option<Message>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Since when there is something that the team has to be told and may not have been: what was sent once this was saved
    /// is lost if the answer to the save was, or if the queue was away.
    pub owed_since: Option<Timestamp>,
}

/// Where a call stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// The caller hears the menu.
    Menu,
    /// A phone rings, or its owner hears the question whether they accept: always the last attempt.
    Ringing,
    /// A human accepted and speaks with the caller.
    Connected {
        /// The attempt that did it.
        attempt: u16,
    },
    /// The caller leaves a message, or may, since nobody answered.
    Voicemail,
    /// The line is closed; the caller leaves a message, or may.
    AfterHours,
    /// The caller was told that this call goes no further.
    TurnedAway,
}

/// How a call went, as its log shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Still going on.
    Open,
    /// A human accepted.
    Accepted,
    /// Nobody accepted, the caller left a message.
    Message,
    /// Nobody accepted, and there is no message.
    Missed,
    /// The caller hung up before saying what it was about.
    Abandoned,
    /// The line took no call.
    TurnedAway,
}

/// What pressing 1 led to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Acceptance {
    /// They have the call.
    Accepted,
    /// Another one has it.
    Taken,
    /// The caller is no longer there to be connected: hung up, or leaving a message.
    Gone,
    /// This leg is no longer the one that rings.
    Late,
}

impl Call {
    /// A call that has just come in.
    pub fn begin(id: CallId, line: LineId, caller: Option<PhoneNumber>, at: Timestamp) -> Self {
        Self {
            id,
            line,
            caller,
            started_at: at,
            version: 0,
            stage: Stage::Menu,
            service: None,
            round: 0,
            recording_announced: false,
            attempts: Vec::new(),
            message: None,
            ended_at: None,
            owed_since: None,
        }
    }

    /// Attempt `number`, counted from 1.
    pub fn attempt(&self, number: u16) -> Option<&Attempt> {
        self.attempts.get(usize::from(number).checked_sub(1)?)
    }

    /// The number of the last attempt, counted from 1; 0 before the first.
    pub fn last_attempt(&self) -> u16 {
        u16::try_from(self.attempts.len()).unwrap_or(u16::MAX)
    }

    /// Whether `number` is the attempt that the hunt is at: it rings, or is the last that did.
    pub fn is_ringing(&self, number: u16) -> bool {
        self.ended_at.is_none() && self.stage == Stage::Ringing && number == self.last_attempt() && number > 0
    }

    /// The attempt that connected the call, and its number.
    pub fn connected(&self) -> Option<(u16, &Attempt)> {
        match self.stage {
            Stage::Connected { attempt } => Some((attempt, self.attempt(attempt)?)),
            _ => None,
        }
    }

    /// The caller is told that the call may be recorded: before the first phone rings, or never.
    pub fn announce_recording(&mut self) {
        if self.is_hunting() && self.attempts.is_empty() {
            self.recording_announced = true;
        }
    }

    /// Rings a phone, unless this round has rung it before or the hunt is over.
    ///
    /// An attempt that still stands open then came to nothing: Twilio never heard of it.
    pub fn ring(&mut self, round: u8, candidate: &Candidate, at: Timestamp) {
        if !self.is_hunting() || self.has_tried(round, candidate) {
            return;
        }
        if let Some(open) = self.attempts.last_mut() {
            open.close(LegEnd::Failed, at);
        }
        self.round = round;
        self.stage = Stage::Ringing;
        self.attempts.push(Attempt {
            round,
            step: candidate.step,
            person: candidate.person.clone(),
            phone: candidate.phone,
            why: candidate.why.to_string(),
            started_at: at,
            answered_at: None,
            accepted_at: None,
            ended_at: None,
            result: AttemptResult::Ringing,
        });
    }

    /// Somebody or a mailbox picked up attempt `number`.
    pub fn answer(&mut self, number: u16, at: Timestamp) {
        if let Some(attempt) = self.undecided(number)
            && attempt.result == AttemptResult::Ringing
        {
            attempt.answered_at = Some(at);
            attempt.result = AttemptResult::Answered;
        }
    }

    /// The responder of attempt `number` pressed 1.
    pub fn accept(&mut self, number: u16, at: Timestamp) -> Acceptance {
        if self.ended_at.is_some() {
            return Acceptance::Gone;
        }
        match self.stage {
            Stage::Connected { attempt } if attempt == number => Acceptance::Accepted,
            Stage::Connected { .. } => Acceptance::Taken,
            Stage::Ringing => {
                let Some(attempt) = self.undecided(number) else { return Acceptance::Late };
                attempt.answered_at.get_or_insert(at);
                attempt.accepted_at = Some(at);
                attempt.result = AttemptResult::Accepted;
                self.stage = Stage::Connected { attempt: number };
                Acceptance::Accepted
            }
            Stage::Menu | Stage::Voicemail | Stage::AfterHours | Stage::TurnedAway => Acceptance::Gone,
        }
    }

    /// The responder of attempt `number` pressed 2.
    pub fn decline(&mut self, number: u16, at: Timestamp) {
        if let Some(attempt) = self.undecided(number) {
            attempt.answered_at.get_or_insert(at);
            attempt.result = AttemptResult::Declined;
        }
    }

    /// Attempt `number`, if it goes on and its owner has pressed neither 1 nor 2.
    fn undecided(&mut self, number: u16) -> Option<&mut Attempt> {
        let attempt = if self.is_ringing(number) { self.attempts.last_mut() } else { None };
        attempt.filter(|attempt| attempt.ended_at.is_none() && attempt.result.is_open())
    }

    /// The leg of attempt `number` is over while the caller is still there.
    ///
    /// Says whether the responder who accepted has spoken with the caller, that is, whether the call is done. If
    /// they accepted and Twilio says that they were not bridged, the hunt goes on. If they were asked and Twilio says
    /// that they were bridged, they had accepted while that could not be saved.
    pub fn leg_over(&mut self, number: u16, end: LegEnd, at: Timestamp) -> bool {
        let connected = matches!(self.stage, Stage::Connected { attempt } if attempt == number);
        if self.ended_at.is_some() || !connected && !self.is_ringing(number) {
            return connected;
        }
        let Some(attempt) = self.attempts.last_mut() else { return false };
        attempt.close(end, at);
        let spoke = attempt.result == AttemptResult::Accepted;
        if spoke {
            attempt.accepted_at = attempt.accepted_at.or(attempt.answered_at);
            self.stage = Stage::Connected { attempt: number };
        } else if connected {
            self.stage = Stage::Ringing;
        }
        spoke
    }

    /// Attempt `number` was announced, but its phone does not ring after all: it leaves no trace.
    pub fn withdraw(&mut self, number: u16) {
        if self.is_ringing(number) && self.attempts.last().is_some_and(|last| last.result == AttemptResult::Ringing) {
            self.attempts.pop();
        }
    }

    /// The caller leaves a message instead of waiting on, or since nobody is left to ring.
    pub fn leave_message(&mut self, at: Timestamp) {
        if self.is_hunting() {
            self.caller_left(at);
            self.stage = Stage::Voicemail;
        }
    }

    /// The line is closed, and the caller may leave a message.
    pub fn after_hours(&mut self) {
        if self.is_new() {
            self.stage = Stage::AfterHours;
        }
    }

    /// The line takes this call no further.
    pub fn turn_away(&mut self) {
        if self.is_new() {
            self.stage = Stage::TurnedAway;
        }
    }

    /// The call is over.
    pub fn end(&mut self, at: Timestamp) {
        if self.ended_at.is_none() {
            self.caller_left(at);
            self.ended_at = Some(at);
        }
    }

    /// When somebody has to look after it if nothing more is heard of it: the team may not have been told, or the call may
    /// be over without our having heard.
    pub fn due(&self) -> Option<Timestamp> {
        let to_tell = self.owed_since.map(|since| later(since, UNTOLD));
        let to_end = self.ended_at.is_none().then(|| later(self.last_heard(), self.patience()));
        to_tell.into_iter().chain(to_end).min()
    }

    /// The call is taken to be over, if nothing has been heard of it for longer than it can go on in silence. Says whether.
    pub fn lapse(&mut self, now: Timestamp) -> bool {
        let lapsed = self.ended_at.is_none() && later(self.last_heard(), self.patience()) <= now;
        if lapsed {
            self.end(now);
            self.owed_since.get_or_insert(now);
        }
        lapsed
    }

    fn last_heard(&self) -> Timestamp {
        let of_attempt = |one: &Attempt| [Some(one.started_at), one.answered_at, one.accepted_at, one.ended_at];
        self.attempts.iter().flat_map(of_attempt).flatten().fold(self.started_at, Timestamp::max)
    }

    fn patience(&self) -> SignedDuration {
        match self.stage {
            Stage::Connected { .. } => LONGEST_TALK,
            Stage::Ringing => LONGEST_RING,
            Stage::Menu | Stage::TurnedAway => LONGEST_MENU,
            Stage::Voicemail | Stage::AfterHours => LONGEST_MESSAGE,
        }
    }

    fn is_new(&self) -> bool {
        self.ended_at.is_none() && self.stage == Stage::Menu
    }

    fn is_hunting(&self) -> bool {
        self.ended_at.is_none() && matches!(self.stage, Stage::Menu | Stage::Ringing)
    }

    fn caller_left(&mut self, at: Timestamp) {
        if let Some(attempt) = self.attempts.last_mut()
            && attempt.ended_at.is_none()
        {
            attempt.ended_at = Some(at);
            if attempt.result.is_open() {
                attempt.result = AttemptResult::CallerLeft;
            }
        }
    }

    /// How it went, as far as it has gone.
    pub fn outcome(&self) -> Outcome {
        let left_message = self.message.as_ref().is_some_and(Message::was_left);
        match self.stage {
            Stage::Connected { .. } => Outcome::Accepted,
            Stage::TurnedAway => Outcome::TurnedAway,
            _ if left_message => Outcome::Message,
            _ if self.ended_at.is_none() => Outcome::Open,
            Stage::Menu => Outcome::Abandoned,
            Stage::AfterHours => Outcome::TurnedAway,
            Stage::Ringing | Stage::Voicemail => Outcome::Missed,
        }
    }

    /// The next phone to ring, and in which round: the first on `ladder(round)` that this round has not tried,
    /// or else the first of the next round that has any.
    ///
    /// The ladder is made anew each time, so that a shift that hands over or an override that starts while a
    /// phone rings counts at once. Somebody who declined is not asked on another phone in the same round. Ends for
    /// every ladder: after `rounds`, or after [`Call::MOST_ATTEMPTS`].
    pub fn next_candidate(&self, rounds: u8, ladder: impl Fn(u8) -> Ladder) -> Option<(u8, Candidate)> {
        if !self.is_hunting() || self.last_attempt() >= Self::MOST_ATTEMPTS {
            return None;
        }
        (self.round..rounds.max(1)).find_map(|round| {
            let ladder = ladder(round);
            let candidate = ladder.candidates().find(|candidate| !self.has_tried(round, candidate))?;
            Some((round, candidate.clone()))
        })
    }

    /// No call rings more phones than this, whatever its policy says.
    pub const MOST_ATTEMPTS: u16 = 60;

    fn has_tried(&self, round: u8, candidate: &Candidate) -> bool {
        self.attempts.iter().any(|attempt| {
            attempt.round == round
                && attempt.person == candidate.person
                && (attempt.phone == candidate.phone || attempt.result == AttemptResult::Declined)
        })
    }
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
