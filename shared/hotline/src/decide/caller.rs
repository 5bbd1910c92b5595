//! The caller's leg: the door, the menu, the hunt.

use oncall::{CallerIdPolicy, Candidate, Key, Ladder, LegEnd, LiveCall, Mode, Stage, WithheldPolicy};
use phone::PhoneNumber;
use words::Prompt;

use super::Scene;
use crate::reply::{Reply, Ring};

/// How often the menu is spoken before the caller is taken to the default destination.
const MENU_ASKINGS: u8 = 3;

impl Scene<'_> {
    pub(super) fn incoming(&mut self) -> Reply {
        if self.known {
            return self.resume();
        }
        if let Some(refusal) = self.refusal() {
            self.call.turn_away();
            return refusal;
        }
        if self.is_closed() {
            return self.closed();
        }
        let greeting = self.say(Prompt::Greeting);
        match self.line().destinations.as_slice() {
            [_, _, ..] => self.menu(1, vec![greeting]),
            _ => self.connect(vec![greeting]),
        }
    }

    /// Why this caller is not let in, if so.
    fn refusal(&self) -> Option<Reply> {
        let line = self.line();
        let prompt = match &self.call.caller {
            _ if !line.enabled => Prompt::Disabled,
            Some(caller) if line.blocks(caller) => return Some(Reply::Reject),
            None if self.withheld && line.withheld == WithheldPolicy::Refuse => Prompt::Withheld,
            _ => return None,
        };
        Some(Reply::Goodbye { says: vec![self.say(prompt)] })
    }

    /// Hours whose zone cannot be read do not close a line: a human is rung rather than nobody.
    fn is_closed(&self) -> bool {
        let open = self.line().support_hours.as_ref().map(|hours| hours.contain(self.now, &self.plan.directory));
        matches!(open, Some(Ok(false)))
    }

    fn closed(&mut self) -> Reply {
        let closed = self.say(Prompt::Closed);
        if self.line().voicemail.enabled {
            self.call.after_hours();
            return self.take_message(vec![closed]);
        }
        self.call.turn_away();
        Reply::Goodbye { says: vec![closed, self.say(Prompt::CallLater)] }
    }

    fn menu(&self, asking: u8, mut says: Vec<String>) -> Reply {
        says.extend(self.line().destinations.iter().map(|destination| {
            let key = destination.key.to_string();
            self.words.say(Prompt::MenuItem, &[("label", &destination.label), ("key", &key)])
        }));
        says.push(self.say(Prompt::MenuRepeat));
        Reply::Menu { asking, says }
    }

    pub(super) fn chose(&mut self, asking: u8, key: Option<char>) -> Reply {
        if self.call.stage != Stage::Menu || self.call.ended_at.is_some() {
            return self.resume();
        }
        if key == Some('*') {
            return self.menu(asking, Vec::new());
        }
        let chosen = key.and_then(Key::from_char).and_then(|key| self.line().destination(key));
        if let Some(destination) = chosen {
            self.call.service = Some(destination.service.clone());
            return self.connect(Vec::new());
        }
        let sorry = self.say(if key.is_some() { Prompt::MenuWrong } else { Prompt::MenuSilence });
        if asking < MENU_ASKINGS {
            return self.menu(asking + 1, vec![sorry]);
        }
        self.connect(vec![sorry])
    }

    /// Begins the hunt, for the chosen service or the one that the line falls back on.
    fn connect(&mut self, says: Vec<String>) -> Reply {
        self.call.service = self.service().map(|service| service.id.clone());
        self.hunt(says)
    }

    /// Rings the next phone, or asks for a message if nobody is left.
    fn hunt(&mut self, mut says: Vec<String>) -> Reply {
        match self.mode() {
            Mode::Normal => {}
            Mode::Debug { .. } => return self.give_up(says, Prompt::Debug),
            Mode::Maintenance { .. } => return self.give_up(says, Prompt::Maintenance),
        }
        let Some((round, candidate)) = self.next_candidate() else {
            return self.give_up(says, Prompt::Nobody);
        };
        let first = self.call.attempts.is_empty();
        if first && self.line().recording {
            self.call.announce_recording();
            says.push(self.say(Prompt::RecordingNotice));
        }
        let offers_message = !first && self.line().voicemail.enabled;
        says.push(self.say(if first { Prompt::Connecting } else { Prompt::StillTrying }));
        if offers_message {
            says.push(self.say(Prompt::MessageInstead));
        }
        self.call.ring(round, &candidate, self.now);
        self.ring(says, offers_message, candidate.number, candidate.ring_seconds)
    }

    /// Nobody is rung, or nobody is left to ring.
    fn give_up(&mut self, mut says: Vec<String>, why: Prompt) -> Reply {
        says.push(self.say(why));
        self.take_message_or_tell(says)
    }

    fn next_candidate(&self) -> Option<(u8, Candidate)> {
        let service = self.service()?;
        let rounds = self.plan.policy(&service.policy).map_or(1, oncall::EscalationPolicy::rounds);
        self.call.next_candidate(rounds, |round| {
            let (caller, seed) = (self.call.caller.as_ref(), self.call.id.as_str());
            Ladder::of(self.plan, service, self.now, LiveCall { caller, seed, round })
        })
    }

    fn ring(&self, says: Vec<String>, offers_message: bool, to: PhoneNumber, ring_seconds: u16) -> Reply {
        let shown = self.call.caller.as_ref().filter(|_| self.line().caller_id == CallerIdPolicy::Caller);
        Reply::Ring(Ring {
            says,
            offers_message,
            attempt: self.call.last_attempt(),
            to,
            caller_id: shown.unwrap_or(&self.line().number).clone(),
            ring_seconds,
            recorded: self.is_recorded(),
        })
    }

    /// A line that begins to record while a caller waits does not record this call: they have not been told.
    fn is_recorded(&self) -> bool {
        self.line().recording && self.call.recording_announced
    }

    pub(super) fn interrupted(&mut self, attempt: u16, key: Option<char>) -> Reply {
        if key == Some('1') && self.line().voicemail.enabled && self.call.is_ringing(attempt) {
            self.call.withdraw(attempt);
            return self.take_message(Vec::new());
        }
        self.resume()
    }

    pub(super) fn leg_over(&mut self, attempt: u16, end: LegEnd, caller_gone: bool) -> Reply {
        if !self.known {
            return self.connect(Vec::new());
        }
        let was_ringing = self.call.is_ringing(attempt);
        let spoke = self.call.leg_over(attempt, end, self.now);
        if caller_gone {
            self.end();
            return Reply::Nothing;
        }
        if spoke {
            let goodbye = self.say(Prompt::CallOver);
            self.end();
            return Reply::Goodbye { says: vec![goodbye] };
        }
        if was_ringing || self.call.is_ringing(attempt) { self.hunt(Vec::new()) } else { self.resume() }
    }

    pub(super) fn ended(&mut self) -> Reply {
        self.end();
        Reply::Nothing
    }

    /// Says again what was last said to the caller: the request is a repeated one, or came second in a race.
    pub(super) fn resume(&mut self) -> Reply {
        if self.call.ended_at.is_some() {
            return Reply::Goodbye { says: vec![self.say(Prompt::CallOver)] };
        }
        match self.call.stage {
            Stage::Menu => self.menu(1, vec![self.say(Prompt::Greeting)]),
            Stage::Ringing => self.ring_again(),
            Stage::Connected { .. } => Reply::Goodbye { says: vec![self.say(Prompt::CallOver)] },
            Stage::Voicemail | Stage::AfterHours => self.take_message_or_tell(Vec::new()),
            Stage::TurnedAway => {
                self.refusal().unwrap_or_else(|| Reply::Goodbye { says: vec![self.say(Prompt::CallLater)] })
            }
        }
    }

    fn ring_again(&mut self) -> Reply {
        let attempt = self.call.attempts.last();
        let phone = attempt.and_then(|attempt| self.plan.directory.person(&attempt.person)?.phones.get(attempt.phone));
        match phone {
            Some(phone) => self.ring(self.notice_again(), false, phone.number.clone(), self.ring_seconds()),
            // their phone has been removed from the configuration since
            None => self.hunt(Vec::new()),
        }
    }

    /// The caller may never have heard the answer that held the notice, if it was that of the first attempt.
    fn notice_again(&self) -> Vec<String> {
        let first = self.call.last_attempt() == 1;
        if first && self.is_recorded() { vec![self.say(Prompt::RecordingNotice)] } else { Vec::new() }
    }

    /// How long the last attempt rings: as its step says, else as the line says.
    fn ring_seconds(&self) -> u16 {
        let policy = self.service().and_then(|service| self.plan.policy(&service.policy));
        let step = self.call.attempts.last().and_then(|attempt| policy?.steps.get(attempt.step?));
        step.and_then(|step| step.notify()?.ring_seconds).unwrap_or(self.line().ring_seconds)
    }
}
