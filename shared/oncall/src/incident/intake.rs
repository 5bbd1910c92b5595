//! What a source's events do.
//!
//! Deliveries are repeated, late and in any order. An event whose id has been handled does nothing. Of the others the
//! instant counts at which they happened, so that every order leads to where the true one does:
//!
//! - what was said before the incident came to where it stands is kept, and changes nothing;
//! - a resolution counts unless a later trigger has overtaken it; then what was acknowledged before it is not any more.

use jiff::Timestamp;

use super::{
    Actor, Early, Event, Happened, Incident, Kind, Signal, Source, State, Urgency, Via, forgetting::shortened,
    step::Turn,
};
use crate::{Mode, PersonId};

impl Turn<'_> {
    pub(super) fn event(&mut self, event: &Event) {
        if !self.incident.events.is_new(&event.id) {
            return;
        }
        let at = event.at.min(self.now);
        self.incident.events.add(event, at);
        if self.incident.summary.is_empty()
            && let Some(summary) = &event.summary
        {
            self.incident.summary = shortened(summary);
        }
        if let Some(thread) = event.thread.as_ref().filter(|thread| !self.incident.threads.contains(thread))
            && self.incident.threads.len() < Incident::MOST_THREADS
        {
            self.incident.threads.push(thread.clone());
        }
        if self.incident.kind == Kind::Maintenance {
            return;
        }
        match &event.signal {
            Signal::Trigger | Signal::Missed => self.triggered(event, at),
            Signal::Acknowledge { by } => {
                self.acknowledged(by.clone().map_or(Actor::Source, |id| taken(id, event)), at)
            }
            Signal::Resolve => self.resolved(at),
            Signal::Note => {}
        }
    }

    fn triggered(&mut self, event: &Event, at: Timestamp) {
        let is_later = at > self.incident.since;
        match self.incident.state.clone() {
            State::Resolved { .. } if is_later => {
                self.log(Actor::Source, Happened::Reopened);
                self.is_no_trial_any_more();
                // a new beginning is as bad as it says itself
                self.incident.severity = event.severity.unwrap_or(self.incident.severity);
                self.begin_again(at);
            }
            State::Acknowledged { .. } if is_later && event.signal == Signal::Missed => {
                self.log(Actor::Source, Happened::Lost);
                self.begin_again(at);
            }
            // it is the matter in earnest
            State::Triggered if self.is_no_trial_any_more() => self.retrigger(),
            // nobody had it until then
            State::Triggered if is_later && event.signal == Signal::Missed => self.incident.since = at,
            _ => {}
        }
        self.become_worse(event);
        self.page_held_back();
    }

    fn acknowledged(&mut self, by: Actor, at: Timestamp) {
        match &self.incident.state {
            State::Triggered if at >= self.incident.since => self.acknowledge(by),
            // a call that one did not get goes to another
            State::Acknowledged { by: other, .. } if at > self.incident.since => {
                if by.person_id().is_some() && !by.is_same(other) {
                    self.acknowledge(by);
                }
            }
            _ => return,
        }
        self.incident.since = at;
    }

    fn resolved(&mut self, at: Timestamp) {
        if self.incident.is_resolved() {
            self.incident.since = self.incident.since.max(at);
            return;
        }
        let overtaken_by =
            self.incident.events.triggers.iter().map(|(trigger, _)| *trigger).find(|trigger| *trigger > at);
        match overtaken_by {
            None => {
                self.resolve(Actor::Source);
                self.incident.since = at;
            }
            Some(trigger) if trigger <= self.incident.since => {}
            Some(trigger) if self.incident.acknowledged_by().is_some() => {
                self.log(Actor::Source, Happened::Reopened);
                self.begin_again(trigger);
            }
            Some(trigger) => self.incident.since = trigger,
        }
    }

    /// A trial whose service is not being tried out any more pages like others from then on.
    fn is_no_trial_any_more(&mut self) -> bool {
        let mode = self.surroundings.mode.at(self.now);
        let over = self.incident.kind == Kind::Trial && !matches!(mode, Mode::Debug { .. });
        if over {
            self.incident.kind = Kind::Usual;
            self.note(Happened::Resumed);
        }
        over
    }

    fn begin_again(&mut self, since: Timestamp) {
        self.incident.since = since;
        self.retrigger();
    }

    fn become_worse(&mut self, event: &Event) {
        let was = self.incident.urgency();
        let said = event.severity.unwrap_or(self.incident.severity);
        self.incident.severity = self.incident.severity.max(said);
        if was == Urgency::High || self.incident.urgency() == Urgency::Low {
            return;
        }
        self.log(Actor::Source, Happened::BecameUrgent);
        let (directory, now) = (self.surroundings.directory, self.now);
        for pursuit in &mut self.incident.pursuits {
            if let Some(person) = directory.person(&pursuit.person) {
                pursuit.become_urgent(person, now);
            }
        }
    }

    /// What was said before the incident was opened, as if it had come in its turn.
    pub(super) fn recall_early(&mut self, early: Early) {
        if let Some(at) = early.acknowledged_at {
            self.acknowledged(Actor::Source, at);
        }
        if let Some(at) = early.resolved_at {
            self.resolved(at);
        }
    }
}

/// By whom, and how.
fn taken(id: PersonId, event: &Event) -> Actor {
    let via = if event.source == Source::Call { Via::Call } else { Via::Console };
    Actor::Person { id, via }
}
