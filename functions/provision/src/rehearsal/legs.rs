//! The two legs of a call: what is done on them with a reply, as Twilio does it.

use api::{Happening, HungUpBy, PhoneBehaviour};
use hotline::{Decision, Reply, Ring, Step, patience};
use oncall::LegEnd;

use super::stage::{Stage, State};
use crate::{calls, people::phone_id};

/// Twilio rings this much longer than it is told, seconds.
pub(super) const LONGER: u32 = 5;
/// When somebody picks up who does, seconds.
const PICK_UP: u32 = 4;
/// When a mailbox picks up, at the latest, seconds.
const MAILBOX: u32 = 15;
/// How long it takes until a phone is known to be busy or not there, seconds.
const AT_ONCE: u32 = 2;

impl Stage<'_> {
    /// Does on the caller's leg what was decided.
    pub(super) fn caller_hears(&mut self, decision: Decision) {
        match decision.reply.clone() {
            Reply::Reject => {
                self.note(Happening::Rejected {});
                self.ends();
            }
            Reply::Goodbye { says } => {
                self.hears(None, &decision, &says);
                self.hangs_up(HungUpBy::Line, None);
                self.ends();
            }
            Reply::Desk => {
                self.note(Happening::Desk {});
                self.ends();
            }
            Reply::Offer { says } => {
                self.hears(None, &decision, &says);
                self.state = State::Offer;
            }
            Reply::Menu { asking, says } => {
                self.hears(None, &decision, &says);
                self.state = State::Menu { asking };
            }
            Reply::Ring(ring) => {
                self.hears(None, &decision, &ring.says);
                if ring.offers_message { self.state = State::Between(ring) } else { self.rings(ring) }
            }
            Reply::TakeMessage { asking, says, max_seconds, transcribe } => {
                self.hears(None, &decision, &says);
                self.state = State::Message { asking, max_seconds, transcribe };
            }
            // no reply to a caller who listens
            Reply::Nothing | Reply::Screen { .. } | Reply::Bridge { .. } => self.ends(),
        }
    }

    /// A phone begins to ring.
    pub(super) fn rings(&mut self, ring: Ring) {
        let attempt = self.call.as_ref().and_then(|call| call.attempt(ring.attempt)).cloned();
        if let Some(attempt) = attempt {
            self.dialled(ring.attempt);
            self.note(Happening::Rings {
                attempt: ring.attempt,
                round: attempt.round.saturating_add(1),
                step: attempt.step,
                person: self.person(&attempt.person),
                phone: attempt.phone.saturating_add(1),
                phone_id: phone_id(&attempt.person, &ring.to),
                number: ring.to.to_string(),
                shows: ring.caller_id.to_string(),
                ring_seconds: ring.ring_seconds,
                why: attempt.why,
                recorded: ring.recorded,
            });
        }
        self.state = State::Ringing(ring);
    }

    /// Something becomes of a phone that rings.
    pub(super) fn phone(&mut self, ring: Ring, does: PhoneBehaviour) {
        let longest = u32::from(ring.ring_seconds);
        match does {
            PhoneBehaviour::Busy => self.is_not_answered(&ring, AT_ONCE, LegEnd::Busy),
            PhoneBehaviour::Unreachable => self.is_not_answered(&ring, AT_ONCE, LegEnd::Failed),
            PhoneBehaviour::NoAnswer => self.is_not_answered(&ring, longest.saturating_add(LONGER), LegEnd::NoAnswer),
            PhoneBehaviour::PicksUp => self.picks_up(ring, PICK_UP, false),
            PhoneBehaviour::Accepts => self.picks_up_and_presses(ring, '1'),
            PhoneBehaviour::Declines => self.picks_up_and_presses(ring, '2'),
            PhoneBehaviour::Mailbox => {
                self.picks_up(ring, longest.min(MAILBOX), true);
                while let State::Question { ring, asking } = self.state.clone() {
                    self.answers(ring, asking, None);
                }
            }
        }
    }

    fn is_not_answered(&mut self, ring: &Ring, after: u32, end: LegEnd) {
        self.takes(after);
        self.leg_over(ring.attempt, end);
    }

    fn picks_up_and_presses(&mut self, ring: Ring, key: char) {
        self.picks_up(ring, PICK_UP, false);
        if let State::Question { ring, asking } = self.state.clone() {
            self.answers(ring, asking, Some(key));
        }
    }

    fn picks_up(&mut self, ring: Ring, after: u32, mailbox: bool) {
        self.takes(after);
        let attempt = ring.attempt;
        if let Some(person) = self.person_of(attempt) {
            self.note(Happening::PicksUp { attempt, person, mailbox });
        }
        let decision = self.tell(&Step::PickedUp { attempt });
        self.person_hears(ring, &decision);
    }

    /// Whoever picked up presses a key, or nothing.
    pub(super) fn answers(&mut self, ring: Ring, asking: u8, key: Option<char>) {
        let attempt = ring.attempt;
        self.presses(self.person_of(attempt), key, patience::SCREEN);
        let decision = self.tell(&Step::Answered { attempt, asking, key });
        self.person_hears(ring, &decision);
    }

    /// Does on the responder's leg what was decided.
    fn person_hears(&mut self, ring: Ring, decision: &Decision) {
        let person = self.person_of(ring.attempt);
        match &decision.reply {
            Reply::Screen { asking, says, .. } => {
                self.hears(person, decision, says);
                self.state = State::Question { ring, asking: *asking };
                return;
            }
            Reply::Bridge { says } => {
                self.hears(person.clone(), decision, says);
                if let Some(person) = person {
                    self.note(Happening::Connected { attempt: ring.attempt, person, recorded: ring.recorded });
                }
                self.state = State::Talk { attempt: ring.attempt };
                return;
            }
            Reply::Goodbye { says } => self.hears(person.clone(), decision, says),
            // no reply to a responder
            Reply::Nothing
            | Reply::Reject
            | Reply::Offer { .. }
            | Reply::Desk
            | Reply::Menu { .. }
            | Reply::Ring(_)
            | Reply::TakeMessage { .. } => {}
        }
        self.hangs_up(HungUpBy::Line, person);
        self.leg_over(ring.attempt, LegEnd::Completed { bridged: Some(false) });
    }

    /// The responder's leg is over, and the caller is still there.
    pub(super) fn leg_over(&mut self, attempt: u16, end: LegEnd) {
        let decision = self.tell(&Step::LegOver { attempt, end, caller_gone: false });
        self.note_end_of(attempt);
        self.tell_of_climb();
        self.caller_hears(decision);
    }

    /// The caller's leg is over.
    pub(super) fn ends(&mut self) {
        self.tell(&Step::Ended);
        self.state = State::Over;
    }

    pub(super) fn note_end_of(&mut self, attempt: u16) {
        let person = self.person_of(attempt);
        let result = self.call.as_ref().and_then(|call| call.attempt(attempt)).map(|attempt| attempt.result);
        if let (Some(person), Some(result)) = (person, result) {
            let (result, ring_seconds) = (calls::result(result), self.rang(attempt));
            self.note(Happening::AttemptEnds { attempt, person, result, ring_seconds });
        }
    }
}
