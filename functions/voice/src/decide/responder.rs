//! The responder's leg: what the call is, and whether they take it.

use oncall::{Acceptance, Stage};

use super::Scene;
use crate::{
    event::Happening,
    reply::Reply,
    words::{Prompt, Words},
};

/// How often a responder is asked. A mailbox talks through all of them, and the caller waits meanwhile.
const SCREEN_ASKINGS: u8 = 2;

impl<'p> Scene<'p> {
    pub(super) fn picked_up(&mut self, attempt: u16) -> Reply {
        if !self.call.is_ringing(attempt) {
            return self.not_for_them(attempt);
        }
        self.call.answer(attempt, self.now);
        self.screen(attempt, 1)
    }

    pub(super) fn answered(&mut self, attempt: u16, asking: u8, key: Option<char>) -> Reply {
        if key == Some('1') {
            return self.accept(attempt);
        }
        if !self.call.is_ringing(attempt) {
            return self.not_for_them(attempt);
        }
        match key {
            Some('2') => {
                self.call.decline(attempt, self.now);
                self.goodbye(attempt, Prompt::Declined)
            }
            Some('3') => self.screen(attempt, asking),
            _ if asking < SCREEN_ASKINGS => self.screen(attempt, asking + 1),
            _ => self.goodbye(attempt, Prompt::NotConfirmed),
        }
    }

    fn accept(&mut self, attempt: u16) -> Reply {
        let accepted_before = self.call.connected().is_some();
        if !self.known {
            return self.goodbye(attempt, Prompt::Gone);
        }
        match self.call.accept(attempt, self.now) {
            Acceptance::Accepted => {
                if !accepted_before {
                    self.happening = Some(Happening::Accepted);
                }
                Reply::Bridge { says: vec![self.words_for(attempt).say(Prompt::Accepted, &[])] }
            }
            Acceptance::Taken => self.goodbye(attempt, Prompt::Taken),
            Acceptance::Gone | Acceptance::Late => self.goodbye(attempt, Prompt::Gone),
        }
    }

    /// The call is no longer this responder's to take.
    fn not_for_them(&self, attempt: u16) -> Reply {
        match self.call.stage {
            Stage::Connected { attempt: other } if other != attempt && self.call.ended_at.is_none() => {
                self.goodbye(attempt, Prompt::Taken)
            }
            _ => self.goodbye(attempt, Prompt::Gone),
        }
    }

    fn screen(&self, attempt: u16, asking: u8) -> Reply {
        let words = self.words_for(attempt);
        let caller = match &self.call.caller {
            Some(number) => number.spoken(),
            None => words.say(Prompt::HiddenNumber, &[]),
        };
        let service = self.service().map_or("", |service| service.name.as_str());
        let values = [("service", service), ("line", self.line().name.as_str()), ("caller", caller.as_str())];
        let says = vec![words.say(Prompt::Whisper, &values), words.say(Prompt::WhisperKeys, &[])];
        Reply::Screen { attempt, asking, says }
    }

    fn goodbye(&self, attempt: u16, prompt: Prompt) -> Reply {
        Reply::Goodbye { says: vec![self.words_for(attempt).say(prompt, &[])] }
    }

    /// In the responder's own language, where they have one.
    fn words_for(&self, attempt: u16) -> Words<'p> {
        let person = self.call.attempt(attempt).and_then(|attempt| self.plan.directory.person(&attempt.person));
        self.words.in_language(person.and_then(|person| person.language.as_deref()))
    }
}
