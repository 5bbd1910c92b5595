//! One step of an incident.

use jiff::Timestamp;

use super::{
    Actor, Answer, Cause, Effect, Entry, Escalation, Happened, Incident, Kind, Page, PageState, State, Surroundings,
    page::later,
};
use crate::{Channel, Mode, PersonId, climb::Position};

/// What a step leads to.
#[derive(Clone, PartialEq, Debug)]
pub struct Stepped {
    /// The incident as it is to be saved.
    pub incident: Incident,
    /// Whether there is anything to save.
    pub changed: bool,
    /// What to do once it is saved; nothing if it is not.
    pub effects: Vec<Effect>,
    /// What to tell whoever acted; none if nobody did.
    pub answer: Option<Answer>,
}

/// What becomes of an incident by a cause, at an instant. The same cause again changes nothing more.
///
/// What is due is done as well, after the cause: an acknowledgement that comes when a page is overdue prevents it.
pub fn step(incident: &Incident, cause: &Cause, at: Timestamp, surroundings: &Surroundings<'_>) -> Stepped {
    let mut turn = Turn::new(incident.clone(), at, surroundings);
    match cause {
        Cause::Time => {}
        Cause::Event(event) => turn.event(event),
        Cause::Act(act) => turn.act(act),
        Cause::Sending { page, outcome } => turn.sending(*page, outcome),
        Cause::Receipt { page, receipt } => turn.receipt(*page, *receipt),
    }
    let now = turn.now;
    let mut stepped = turn.finish();
    stepped.changed = stepped.incident != *incident;
    if stepped.changed {
        stepped.incident.touched_at = now;
    }
    stepped
}

/// An incident while a step changes it.
pub(super) struct Turn<'s> {
    pub(super) incident: Incident,
    pub(super) surroundings: &'s Surroundings<'s>,
    pub(super) now: Timestamp,
    /// Whether no page had been ordered before this step.
    pub(super) first: bool,
    effects: Vec<Effect>,
    pub(super) answer: Option<Answer>,
}

/// How long at most before a service that does not escalate is looked at again, since its mode may be ended by hand.
const LOOK_AGAIN: jiff::SignedDuration = jiff::SignedDuration::from_mins(5);

impl<'s> Turn<'s> {
    /// Two machines' clocks may differ: what is done now is never earlier than what was done before.
    pub(super) fn new(incident: Incident, at: Timestamp, surroundings: &'s Surroundings<'s>) -> Self {
        let now = at.max(incident.touched_at);
        let first = incident.pages_ordered == 0;
        Self { incident, surroundings, now, first, effects: Vec::new(), answer: None }
    }

    pub(super) fn log(&mut self, by: Actor, what: Happened) {
        self.incident.log.add(self.now, by, what);
    }

    /// What we ourselves did.
    pub(super) fn note(&mut self, what: Happened) {
        self.log(Actor::Dutyline, what);
    }

    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    pub(super) fn finish(mut self) -> Stepped {
        self.advance();
        self.incident.forget_settled_pages();
        Stepped { incident: self.incident, changed: true, effects: self.effects, answer: self.answer }
    }

    /// Does everything that is due.
    fn advance(&mut self) {
        if self.is_held() {
            return;
        }
        while self.is_over_in_time() || self.climb() || self.follow_rules() || self.look_after_pages() {}
    }

    /// Whether nobody is to be paged, since the service is being tried out or worked on.
    fn is_held(&mut self) -> bool {
        let mode = self.surroundings.mode.at(self.now);
        if mode == Mode::Normal {
            let was_held = self.incident.held_until.take().is_some();
            if self.incident.kind == Kind::Maintenance && !self.incident.is_resolved() {
                self.resolve(Actor::Dutyline);
            } else if was_held {
                self.note(Happened::Resumed);
            }
            return false;
        }
        let waits = self.incident.kind == Kind::Maintenance || self.incident.held_until.is_some();
        let due = self.incident.due().is_some_and(|due| due <= self.now);
        if self.incident.is_resolved() || !(waits || due) {
            return false;
        }
        if self.incident.held_until.is_none() {
            self.note(Happened::Held);
        }
        if self.incident.held_until.is_none_or(|held| held <= self.now) {
            let end = mode.steady_until(self.now);
            self.incident.held_until = Some(end.min(later(self.now, LOOK_AGAIN)));
        }
        true
    }

    /// A silence or an acknowledgement that is over; says whether there was one.
    fn is_over_in_time(&mut self) -> bool {
        let happened = match &self.incident.state {
            State::Silenced { until, .. } if *until <= self.now => Happened::SilenceOver,
            State::Acknowledged { until: Some(until), .. } if *until <= self.now => Happened::AcknowledgementOver,
            _ => return false,
        };
        self.note(happened);
        self.incident.since = self.now;
        self.retrigger();
        true
    }

    /// Nobody has it any more: everything begins again, in the next generation.
    pub(super) fn retrigger(&mut self) {
        self.stop_paging();
        self.incident.state = State::Triggered;
        self.begin_generation(self.incident.generation.saturating_add(1));
    }

    /// The policy from its first step.
    pub(super) fn begin_generation(&mut self, generation: u32) {
        self.begin_generation_at(generation, Some(Position::default()));
    }

    pub(super) fn begin_generation_at(&mut self, generation: u32, position: Option<Position>) {
        let climbs = self.incident.kind == Kind::Usual && self.incident.snapshot.policy.is_some();
        let position = position.filter(|_| climbs);
        self.incident.generation = generation;
        self.incident.escalation = Escalation {
            position,
            due: position.map(|_| self.now),
            round_began: Some(self.now),
            escalated_at: self.incident.escalation.escalated_at,
            ..Escalation::default()
        };
    }

    /// Nothing more is paged: what has not left is called off, what rings is recalled.
    pub(super) fn stop_paging(&mut self) {
        self.incident.pursuits.clear();
        self.incident.escalation.due = None;
        self.call_off(|_| true);
    }

    /// Nothing more is paged to somebody who has said something.
    pub(super) fn stop_paging_of(&mut self, person: Option<&PersonId>) {
        self.incident.pursuits.retain(|pursuit| Some(&pursuit.person) != person);
        self.call_off(|page| Some(&page.person) == person);
    }

    fn call_off(&mut self, which: impl Fn(&Page) -> bool) {
        let mut recalled = Vec::new();
        for page in self.incident.pages.iter_mut().filter(|page| which(page)) {
            match &page.state {
                PageState::Sent { sid } if page.channel == Channel::Voice => {
                    recalled.push(Effect::Recall { page: page.number, sid: sid.clone() });
                    page.state = PageState::Recalled;
                }
                _ if page.is_pending() => page.state = PageState::CalledOff,
                _ => {}
            }
        }
        self.effects.extend(recalled);
        // what this very step wanted to send stays here as well
        let pages = &self.incident.pages;
        let is_called_off =
            |number| pages.iter().any(|page| page.number == number && page.state == PageState::CalledOff);
        self.effects.retain(|effect| !matches!(effect, Effect::Send(page) if is_called_off(page.number)));
    }

    pub(super) fn resolve(&mut self, by: Actor) {
        self.stop_paging();
        self.log(by.clone(), Happened::Resolved);
        self.incident.state = State::Resolved { by, at: self.now };
        self.incident.escalation.position = None;
        self.incident.held_until = None;
        self.incident.since = self.now;
        for thread in self.incident.threads.clone() {
            self.effect(Effect::EndThread { thread });
        }
    }

    pub(super) fn acknowledge(&mut self, by: Actor) {
        self.stop_paging();
        self.log(by.clone(), Happened::Acknowledged);
        let minutes = self.incident.snapshot.acknowledged_minutes;
        let until = minutes.map(|minutes| later(self.now, jiff::SignedDuration::from_mins(i64::from(minutes.max(1)))));
        if let Some(person) = by.person_id() {
            self.incident.assignees = vec![person.clone()];
        }
        self.incident.state = State::Acknowledged { by, at: self.now, until };
        self.incident.since = self.now;
    }
}

impl Incident {
    /// The last thing that was done.
    pub fn last_entry(&self) -> Option<&Entry> {
        self.log.entries.last()
    }
}
