//! Where a story stands, and what of it is told.

use std::collections::BTreeMap;

use api::{Happening, IncidentStatus, Named, Party, Rehearsed, RehearsedIncident, Scene};
use hotline::{Contact, Decision, Facts, Ring, Step, decide};
use jiff::{SignedDuration, Timestamp};
use oncall::{Call, EscalationPolicy, Ladder, LiveCall, Mode, PersonId, Plan, Service, Stage as CallStage};
use pipeline::CallEvent;
use store::LoggedCall;

use super::{afterwards, people::Behaviours};
use crate::{calls, explain, services::shown_mode};

/// How many characters are spoken in a second.
const SPOKEN_PER_SECOND: usize = 15;

/// A call that is played.
pub(super) struct Stage<'p> {
    pub(super) plan: &'p Plan,
    pub(super) contact: Contact,
    pub(super) behaviours: &'p Behaviours<'p>,
    begun: Timestamp,
    now: Timestamp,
    /// As the table would have it.
    pub(super) call: Option<Call>,
    /// What the incident pipeline would be told.
    events: Vec<CallEvent>,
    scenes: Vec<Scene>,
    /// When each attempt began to ring.
    dialled: BTreeMap<u16, Timestamp>,
    /// The ladder of each round, as it was last told.
    climbed: BTreeMap<u8, Ladder>,
    pub(super) state: State,
}

/// What the story waits for.
#[derive(Clone)]
pub(super) enum State {
    /// A responder says whether they call as one.
    Offer,
    /// The caller chooses.
    Menu { asking: u8 },
    /// The caller may leave a message before this phone rings.
    Between(Ring),
    /// This phone rings.
    Ringing(Ring),
    /// Whoever picked up says whether they take the call.
    Question { ring: Ring, asking: u8 },
    /// The caller leaves a message.
    Message { asking: u8, max_seconds: u16, transcribe: bool },
    /// They speak with each other.
    Talk { attempt: u16 },
    /// The call is over.
    Over,
}

impl<'p> Stage<'p> {
    /// The call comes in.
    pub(super) fn open(plan: &'p Plan, contact: Contact, behaviours: &'p Behaviours<'p>, at: Timestamp) -> Self {
        let mut stage = Self {
            plan,
            contact,
            behaviours,
            begun: at,
            now: at,
            call: None,
            events: Vec::new(),
            scenes: Vec::new(),
            dialled: BTreeMap::new(),
            climbed: BTreeMap::new(),
            state: State::Over,
        };
        let decision = stage.tell(&Step::Incoming);
        stage.tell_of_climb();
        stage.caller_hears(decision);
        stage
    }

    /// What would be decided, now.
    pub(super) fn ask(&self, step: &Step) -> Decision {
        let facts = Facts { plan: Some(self.plan), call: self.call.as_ref() };
        decide(facts, step, &self.contact, self.now)
    }

    /// Something happens: it is decided, and saved in memory.
    pub(super) fn tell(&mut self, step: &Step) -> Decision {
        let decision = self.ask(step);
        if let Some(call) = &decision.save {
            let version = call.version.saturating_add(1);
            self.call = Some(Call { version, ..call.clone() });
        }
        self.events.extend(decision.event.clone());
        decision
    }

    pub(super) fn takes(&mut self, seconds: u32) {
        let later = self.now.checked_add(SignedDuration::from_secs(seconds.into()));
        self.now = later.unwrap_or(Timestamp::MAX);
    }

    pub(super) fn note(&mut self, what: Happening) {
        self.scenes.push(Scene { at: self.now, seconds: self.seconds(), what });
    }

    fn seconds(&self) -> u32 {
        u32::try_from(self.now.as_second().saturating_sub(self.begun.as_second())).unwrap_or_default()
    }

    /// Somebody hears words, for as long as they take.
    pub(super) fn hears(&mut self, person: Option<Named>, decision: &Decision, says: &[String]) {
        if says.is_empty() {
            return;
        }
        let characters: usize = says.iter().map(|text| text.chars().count()).sum();
        self.takes(u32::try_from(characters.div_ceil(SPOKEN_PER_SECOND)).unwrap_or(u32::MAX));
        let (voice, language) = decision.voice.name_and_language();
        self.note(Happening::Hears {
            who: if person.is_some() { Party::Person } else { Party::Caller },
            person,
            says: says.to_vec(),
            language: language.map(str::to_owned),
            voice: voice.map(str::to_owned),
        });
    }

    /// What the call is about, once that is known.
    pub(super) fn service(&self) -> Option<&'p Service> {
        self.plan.service(self.call.as_ref()?.service.as_ref()?)
    }

    pub(super) fn person(&self, id: &PersonId) -> Named {
        let person = self.plan.directory.person(id);
        Named { id: id.to_string(), name: person.map_or_else(|| id.to_string(), |person| person.name.clone()) }
    }

    /// Whose phone an attempt rings.
    pub(super) fn person_of(&self, attempt: u16) -> Option<Named> {
        let attempt = self.call.as_ref()?.attempt(attempt)?;
        Some(self.person(&attempt.person))
    }

    /// An attempt begins to ring.
    pub(super) fn dialled(&mut self, attempt: u16) {
        self.dialled.insert(attempt, self.now);
    }

    /// How long an attempt rang, seconds; none if it rings still.
    pub(super) fn rang(&self, attempt: u16) -> Option<i64> {
        self.logged()?.ring_seconds(attempt)
    }

    /// The call as its log would have it.
    fn logged(&self) -> Option<LoggedCall> {
        let (call, dialled) = (self.call.clone()?, self.dialled.clone());
        Some(LoggedCall { call, dialled, legs: BTreeMap::new(), talks: BTreeMap::new() })
    }

    /// Tells who is to be rung and who is not, as far as that is news: of the round that rings, or of all that are left
    /// if nobody does.
    pub(super) fn tell_of_climb(&mut self) {
        let (Some(service), Some(call)) = (self.service(), &self.call) else { return };
        if service.mode.at(self.now) != Mode::Normal || !matches!(call.stage, CallStage::Ringing | CallStage::Voicemail)
        {
            return;
        }
        let rounds = self.plan.policy(&service.policy).map_or(1, EscalationPolicy::rounds);
        let until = if call.stage == CallStage::Ringing { call.round.saturating_add(1) } else { rounds };
        let (caller, seed) = (call.caller.clone(), call.id.clone());
        for round in call.round..until.max(call.round.saturating_add(1)) {
            let live = LiveCall { caller: caller.as_ref(), seed: seed.as_str(), round };
            let ladder = Ladder::of(self.plan, service, self.now, live);
            if self.climbed.get(&round) == Some(&ladder) {
                continue;
            }
            let rungs = ladder.rungs.iter().map(explain::rung).collect();
            self.climbed.insert(round, ladder);
            self.note(Happening::Climbs { round: round.saturating_add(1), service: named(service), rungs });
        }
    }

    /// How it went, so far.
    pub(super) fn told(self, seed: String) -> Rehearsed {
        let waits_for = self.awaited();
        let service = self.service();
        Rehearsed {
            line: self.plan.line.id.to_string(),
            at: self.begun,
            seed,
            now: self.now,
            seconds: self.seconds(),
            closed: Vec::new(),
            holiday: None,
            service: service.map(named),
            mode: service.map(|service| shown_mode(service.mode.at(self.now)).mode),
            waits_for,
            incident: self.incident(),
            call: self.logged().map(|logged| calls::shown(&logged, &calls::Names::of(self.plan))),
            scenes: self.scenes,
        }
    }

    fn incident(&self) -> Option<RehearsedIncident> {
        let status = afterwards::status(&self.events)?;
        let service = self.service();
        let incident = afterwards::incident(self.plan, service, self.contact.call.as_str(), self.now);
        Some(match status {
            IncidentStatus::Triggered => incident,
            status => {
                RehearsedIncident { status, pages: Vec::new(), after_minutes: 0, skipped: Vec::new(), ..incident }
            }
        })
    }
}

pub(super) fn named(service: &Service) -> Named {
    Named { id: service.id.to_string(), name: service.name.clone() }
}
