//! The responder's leg: what the call is, and whether they take it.

use oncall::{Acceptance, Stage};
use pipeline::CallKind;
use words::Prompt;

use super::Scene;
use crate::reply::Reply;

/// How often a responder is asked. A mailbox talks through all of them, and the caller waits meanwhile.
const SCREEN_ASKINGS: u8 = 2;

impl Scene<'_> {
    pub(super) fn picked_up(&mut self, attempt: u16) -> Reply {
        self.speak_to(attempt);
        if !self.call.is_ringing(attempt) {
            return self.not_for_them(attempt);
        }
        self.call.answer(attempt, self.now);
        self.screen(attempt, 1)
    }

    pub(super) fn answered(&mut self, attempt: u16, asking: u8, key: Option<char>) -> Reply {
        self.speak_to(attempt);
        if key == Some('1') {
            return self.accept(attempt);
        }
        if !self.call.is_ringing(attempt) {
            return self.not_for_them(attempt);
        }
        match key {
            Some('2') => {
                self.call.decline(attempt, self.now);
                self.goodbye(Prompt::Declined)
            }
            Some('3') => self.screen(attempt, asking),
            _ if asking < SCREEN_ASKINGS => self.screen(attempt, asking + 1),
            _ => self.goodbye(Prompt::NotConfirmed),
        }
    }

    fn accept(&mut self, attempt: u16) -> Reply {
        let accepted_before = self.call.connected().is_some();
        match self.call.accept(attempt, self.now) {
            Acceptance::Accepted => {
                if !accepted_before {
                    self.happening = Some(CallKind::Accepted);
                }
                Reply::Bridge { says: vec![self.say(Prompt::Accepted)] }
            }
            Acceptance::Taken => self.goodbye(Prompt::Taken),
            Acceptance::Gone | Acceptance::Late => self.goodbye(Prompt::Gone),
        }
    }

    /// The call is no longer this responder's to take.
    fn not_for_them(&self, attempt: u16) -> Reply {
        match self.call.stage {
            Stage::Connected { attempt: other } if other != attempt && self.call.ended_at.is_none() => {
                self.goodbye(Prompt::Taken)
            }
            _ => self.goodbye(Prompt::Gone),
        }
    }

    fn screen(&self, attempt: u16, asking: u8) -> Reply {
        let caller = match &self.call.caller {
            Some(number) => number.spoken(),
            None => self.say(Prompt::HiddenNumber),
        };
        let service = self.service().map_or("", |service| service.name.as_str());
        let values = [("service", service), ("line", self.line().name.as_str()), ("caller", caller.as_str())];
        let mut says = vec![self.words.say(Prompt::Whisper, &values)];
        if self.call.recording_announced {
            says.push(self.say(Prompt::RecordingWhisper));
        }
        says.push(self.say(Prompt::WhisperKeys));
        Reply::Screen { attempt, asking, says }
    }

    fn goodbye(&self, prompt: Prompt) -> Reply {
        Reply::Goodbye { says: vec![self.say(prompt)] }
    }

    /// From here on in the responder's own language, where they have one.
    fn speak_to(&mut self, attempt: u16) {
        let person = self.call.attempt(attempt).and_then(|attempt| self.plan.directory.person(&attempt.person));
        if let Some(tag) = person.and_then(|person| person.language.as_deref()) {
            self.words = self.words.in_language(tag);
        }
    }
}
