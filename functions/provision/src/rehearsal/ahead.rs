//! What a story waits for, and what each key would do: each is decided, and nothing of it kept.

use api::{Awaited, KeyLeadsTo, MoveKind, Named, Party, RehearsalWait, WhatAKeyDoes};
use hotline::{Reply, Ring, Step, patience};

use super::{
    legs::LONGER,
    stage::{Stage, State, named},
};

/// All that can be pressed.
const KEYS: [char; 12] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*', '#'];

impl Stage<'_> {
    /// What the next move has to answer; none if the call is over.
    pub(super) fn awaited(&self) -> Option<RehearsalWait> {
        use MoveKind::{HangUp, Message, Phone, Press, Wait};
        let (what, who, attempt, seconds, moves) = match &self.state {
            State::Over => return None,
            State::Offer => (Awaited::Offer, Party::Caller, None, patience::OFFER.into(), vec![Press, Wait, HangUp]),
            State::Menu { .. } => {
                (Awaited::Menu, Party::Caller, None, patience::MENU.into(), vec![Press, Wait, HangUp])
            }
            State::Between(Ring { attempt, .. }) => {
                let moves = vec![Press, Wait, HangUp];
                (Awaited::BetweenAttempts, Party::Caller, Some(*attempt), patience::BETWEEN.into(), moves)
            }
            State::Ringing(ring) => {
                let seconds = u32::from(ring.ring_seconds).saturating_add(LONGER);
                (Awaited::Ringing, Party::Person, Some(ring.attempt), seconds, vec![Wait, Phone, HangUp])
            }
            State::Question { ring, .. } => {
                let moves = vec![Press, Wait, HangUp];
                (Awaited::Question, Party::Person, Some(ring.attempt), patience::SCREEN.into(), moves)
            }
            State::Message { .. } => {
                let moves = vec![Message, Wait, HangUp];
                (Awaited::Message, Party::Caller, None, patience::MESSAGE_SILENCE.into(), moves)
            }
            State::Talk { attempt } => {
                (Awaited::Conversation, Party::Person, Some(*attempt), super::play::TALK, vec![Wait, HangUp])
            }
        };
        let person = attempt.and_then(|attempt| self.person_of(attempt));
        Some(RehearsalWait { what, who, person, attempt, seconds, moves, keys: self.keys() })
    }

    /// Silence first, then the keys.
    fn keys(&self) -> Vec<WhatAKeyDoes> {
        let keys = std::iter::once(None).chain(KEYS.map(Some));
        keys.filter_map(|key| self.key(key)).collect()
    }

    fn key(&self, key: Option<char>) -> Option<WhatAKeyDoes> {
        let step = match &self.state {
            State::Offer => Step::Offered { key },
            State::Menu { asking } => Step::Chose { asking: *asking, key },
            State::Between(ring) if key.is_none() => {
                let person = self.person_of(ring.attempt);
                return Some(WhatAKeyDoes {
                    key: None,
                    leads_to: KeyLeadsTo::Ring,
                    service: None,
                    person,
                    says: Vec::new(),
                });
            }
            State::Between(ring) => Step::Interrupted { attempt: ring.attempt, key },
            State::Question { ring, asking } => Step::Answered { attempt: ring.attempt, asking: *asking, key },
            State::Ringing(_) | State::Message { .. } | State::Talk { .. } | State::Over => return None,
        };
        let decision = self.ask(&step);
        let after = decision.save.as_ref().or(self.call.as_ref());
        let (leads_to, says) = led(&decision.reply);
        let rung = after.filter(|_| leads_to == KeyLeadsTo::Ring).and_then(|call| call.attempts.last());
        let chosen = after.and_then(|call| call.service.as_ref());
        let is_new = chosen != self.call.as_ref().and_then(|call| call.service.as_ref());
        let service: Option<Named> = chosen.filter(|_| is_new).and_then(|id| self.plan.service(id)).map(named);
        Some(WhatAKeyDoes {
            key: key.map(String::from),
            leads_to,
            service,
            person: rung.map(|attempt| self.person(&attempt.person)),
            says: says.to_vec(),
        })
    }
}

/// Where a reply leads, and what is said with it.
fn led(reply: &Reply) -> (KeyLeadsTo, &[String]) {
    match reply {
        Reply::Nothing | Reply::Reject => (KeyLeadsTo::End, &[]),
        Reply::Goodbye { says } => (KeyLeadsTo::End, says),
        Reply::Desk => (KeyLeadsTo::Desk, &[]),
        Reply::Menu { says, .. } => (KeyLeadsTo::Menu, says),
        Reply::Ring(ring) => (KeyLeadsTo::Ring, &ring.says),
        Reply::TakeMessage { says, .. } => (KeyLeadsTo::Message, says),
        Reply::Offer { says } | Reply::Screen { says, .. } => (KeyLeadsTo::Question, says),
        Reply::Bridge { says } => (KeyLeadsTo::Conversation, says),
    }
}
