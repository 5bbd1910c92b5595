//! What the next move does.

use api::{Happening, HungUpBy, Move, MoveKind, Named, Party};
use hotline::{Recording, Ring, Step, patience};
use oncall::LegEnd;

use super::stage::{Stage, State};

/// How long people speak with each other, seconds.
pub(super) const TALK: u32 = 60;
/// How long it takes to press a key, seconds.
const KEY: u32 = 1;
/// The longest message that a line may have, seconds.
const LONGEST_MESSAGE: u16 = 3600;

/// A move that does not count, and which of its members does not.
pub(super) struct NotNow {
    pub(super) field: &'static str,
    pub(super) message: String,
}

impl NotNow {
    fn member(field: &'static str, message: &str) -> Self {
        Self { field, message: message.to_owned() }
    }
}

impl Stage<'_> {
    /// Plays one move.
    pub(super) fn goes_on(&mut self, done: &Move) -> Result<(), NotNow> {
        match (self.state.clone(), done) {
            (State::Over, _) => return Err(self.not_now()),
            (_, Move::HangUp { by: Party::Caller }) => self.caller_hangs_up(),
            (State::Ringing(ring), Move::Wait {}) => {
                let person = self.call.as_ref().and_then(|call| call.attempt(ring.attempt)).map(|it| it.person.clone());
                let does = person.map(|person| self.behaviours.of_person(&person)).unwrap_or_default();
                self.phone(ring, does);
            }
            (State::Ringing(ring), Move::Phone { does }) => self.phone(ring, *does),
            (State::Message { asking, max_seconds, transcribe }, Move::Message { seconds, hangs_up }) => {
                if *seconds == 0 || *seconds > LONGEST_MESSAGE {
                    return Err(NotNow::member(".seconds", "must be 1 to 3600; who says nothing waits"));
                }
                let seconds = (*seconds).min(max_seconds);
                self.takes(seconds.into());
                self.note(Happening::LeavesMessage { seconds, transcribed: transcribe });
                self.records(asking, Some(seconds), *hangs_up);
            }
            (State::Message { asking, .. }, Move::Wait {}) => {
                self.keeps_silent(None, patience::MESSAGE_SILENCE);
                self.records(asking, None, false);
            }
            (State::Talk { attempt }, Move::Wait {} | Move::HangUp { by: Party::Person }) => {
                self.takes(TALK);
                self.hangs_up(HungUpBy::Person, self.person_of(attempt));
                self.leg_over(attempt, LegEnd::Completed { bridged: Some(true) });
            }
            (State::Question { ring, .. }, Move::HangUp { by: Party::Person }) => {
                self.hangs_up(HungUpBy::Person, self.person_of(ring.attempt));
                self.leg_over(ring.attempt, LegEnd::Completed { bridged: Some(false) });
            }
            (state, Move::Press { key }) => {
                let pressed = key_of(key).ok_or_else(|| NotNow::member(".key", "must be one of 0 to 9, * and #"))?;
                self.asked(state, Some(pressed))?;
            }
            (state, Move::Wait {}) => self.asked(state, None)?,
            (_, Move::Message { .. } | Move::Phone { .. } | Move::HangUp { by: Party::Person }) => {
                return Err(self.not_now());
            }
        }
        Ok(())
    }

    /// Whoever is asked presses a key, or nothing.
    fn asked(&mut self, state: State, key: Option<char>) -> Result<(), NotNow> {
        match state {
            State::Offer => self.hunted(key, patience::OFFER, &Step::Offered { key }),
            State::Menu { asking } => self.hunted(key, patience::MENU, &Step::Chose { asking, key }),
            State::Between(ring) => self.between(ring, key),
            State::Question { ring, asking } => self.answers(ring, asking, key),
            State::Ringing(_) | State::Message { .. } | State::Talk { .. } | State::Over => return Err(self.not_now()),
        }
        Ok(())
    }

    /// The caller answers something that a hunt may follow.
    fn hunted(&mut self, key: Option<char>, patience: u16, step: &Step) {
        self.presses(None, key, patience);
        let decision = self.tell(step);
        self.tell_of_climb();
        self.caller_hears(decision);
    }

    /// No key, and Twilio goes on to ring without asking us.
    fn between(&mut self, ring: Ring, key: Option<char>) {
        self.presses(None, key, patience::BETWEEN);
        match key {
            None => self.rings(ring),
            Some(_) => {
                let decision = self.tell(&Step::Interrupted { attempt: ring.attempt, key });
                self.caller_hears(decision);
            }
        }
    }

    /// The caller is heard out.
    fn records(&mut self, asking: u8, seconds: Option<u16>, caller_gone: bool) {
        let sid = format!("RE{asking}");
        let recording = seconds.map(|seconds| Recording { sid, seconds: Some(seconds.into()) });
        if caller_gone {
            self.hangs_up(HungUpBy::Caller, None);
        }
        let decision = self.tell(&Step::Recorded { asking, recording, caller_gone });
        if caller_gone { self.ends() } else { self.caller_hears(decision) }
    }

    fn caller_hangs_up(&mut self) {
        if matches!(self.state, State::Talk { .. }) {
            self.takes(TALK);
        }
        match self.state.clone() {
            State::Message { asking, .. } => self.records(asking, None, true),
            State::Ringing(Ring { attempt, .. }) => self.leaves(attempt, LegEnd::Canceled),
            State::Question { ring: Ring { attempt, .. }, .. } => {
                self.leaves(attempt, LegEnd::Completed { bridged: Some(false) });
            }
            State::Talk { attempt } => self.leaves(attempt, LegEnd::Completed { bridged: Some(true) }),
            State::Offer | State::Menu { .. } | State::Between(_) | State::Over => {
                self.hangs_up(HungUpBy::Caller, None);
                self.ends();
            }
        }
    }

    /// The caller hangs up while there is another leg, which ends by that.
    fn leaves(&mut self, attempt: u16, end: LegEnd) {
        self.hangs_up(HungUpBy::Caller, None);
        self.tell(&Step::LegOver { attempt, end, caller_gone: true });
        self.note_end_of(attempt);
        self.ends();
    }

    fn not_now(&self) -> NotNow {
        let moves = self.awaited().map(|awaited| awaited.moves).unwrap_or_default();
        let names: Vec<&str> = moves.iter().map(|kind| name(*kind)).collect();
        let message = match names.as_slice() {
            [] => "comes after the end of the call".to_owned(),
            names => format!("does not count now; what does is {}", names.join(", ")),
        };
        NotNow { field: "", message }
    }

    pub(super) fn presses(&mut self, person: Option<Named>, key: Option<char>, patience: u16) {
        let who = if person.is_some() { Party::Person } else { Party::Caller };
        match key {
            Some(key) => {
                self.takes(KEY);
                self.note(Happening::Presses { who, person, key: key.to_string() });
            }
            None => self.keeps_silent(person, patience),
        }
    }

    fn keeps_silent(&mut self, person: Option<Named>, seconds: u16) {
        let who = if person.is_some() { Party::Person } else { Party::Caller };
        self.takes(seconds.into());
        self.note(Happening::KeepsSilent { who, person, seconds });
    }

    pub(super) fn hangs_up(&mut self, by: HungUpBy, person: Option<Named>) {
        self.note(Happening::HangsUp { by, person });
    }
}

fn key_of(text: &str) -> Option<char> {
    let mut characters = text.chars();
    let key = characters.next().filter(|key| key.is_ascii_digit() || ['*', '#'].contains(key))?;
    characters.next().is_none().then_some(key)
}

fn name(kind: MoveKind) -> &'static str {
    match kind {
        MoveKind::Press => "press",
        MoveKind::Wait => "wait",
        MoveKind::HangUp => "hang_up",
        MoveKind::Message => "message",
        MoveKind::Phone => "phone",
    }
}
