//! What people want of an incident.

use jiff::{SignedDuration, Timestamp};

use super::{
    Act, Actor, Answer, Effect, Happened, State, Wish, escalation::PATIENCE, forgetting::shortened, page::later,
    paging::ids, step::Turn,
};
use crate::Target;

/// No silence is longer.
const LONGEST_SILENCE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Whoever escalates so soon after somebody else means the same.
const SAME_ESCALATION: SignedDuration = SignedDuration::from_mins(1);

impl Turn<'_> {
    pub(super) fn act(&mut self, act: &Act) {
        if !self.incident.events.is_new(&act.id) {
            self.answer = Some(Answer::Done);
            return;
        }
        let answer = match &act.wish {
            Wish::Acknowledge => self.wants_to_acknowledge(&act.by),
            Wish::Resolve => self.wants_to_resolve(&act.by),
            Wish::Silence { until } => self.wants_silence(&act.by, *until),
            Wish::Escalate => self.wants_to_escalate(&act.by),
            Wish::Reassign { to } => self.wants_to_reassign(&act.by, to),
            Wish::Ask { whom } => self.wants_others(&act.by, whom),
            Wish::Reply { words } => self.wants_to_reply(&act.by, words),
            Wish::CallBack => self.wants_to_call_back(&act.by),
        };
        self.answer = Some(answer);
    }

    /// That it is over, if it is.
    fn over(&self) -> Option<Answer> {
        match &self.incident.state {
            State::Resolved { by, at } => Some(Answer::ResolvedBy { by: by.clone(), at: *at }),
            _ => None,
        }
    }

    fn wants_to_acknowledge(&mut self, by: &Actor) -> Answer {
        if let Some(over) = self.over() {
            return over;
        }
        match &self.incident.state {
            State::Acknowledged { by: other, at, .. } if !other.is_same(by) => {
                let answer = Answer::AcknowledgedBy { by: other.clone(), at: *at };
                // they were asked to join, and have said something
                self.stop_paging_of(by.person_id());
                answer
            }
            // said again, their time begins anew
            _ => {
                self.acknowledge(by.clone());
                Answer::Done
            }
        }
    }

    fn wants_to_resolve(&mut self, by: &Actor) -> Answer {
        match &self.incident.state {
            State::Resolved { by: other, .. } if other.is_same(by) => Answer::Done,
            State::Resolved { by: other, at } => Answer::ResolvedBy { by: other.clone(), at: *at },
            _ => {
                self.resolve(by.clone());
                Answer::Done
            }
        }
    }

    fn wants_silence(&mut self, by: &Actor, until: Timestamp) -> Answer {
        if let Some(over) = self.over() {
            return over;
        }
        let until = until.min(later(self.now, LONGEST_SILENCE));
        if until <= self.now {
            return Answer::Senseless;
        }
        self.stop_paging();
        self.log(by.clone(), Happened::Silenced { until });
        self.incident.state = State::Silenced { by: by.clone(), at: self.now, until };
        self.incident.since = self.now;
        Answer::Done
    }

    fn wants_to_escalate(&mut self, by: &Actor) -> Answer {
        if let Some(over) = self.over() {
            return over;
        }
        let just = self.incident.escalation.escalated_at.is_some_and(|at| later(at, SAME_ESCALATION) > self.now);
        if just {
            return Answer::JustEscalated;
        }
        if !self.escalate(by.person_id()) {
            return Answer::NobodyLeft;
        }
        self.log(by.clone(), Happened::Escalated);
        self.incident.escalation.escalated_at = Some(self.now);
        self.incident.since = self.now;
        // whoever gives it away is not paged any more
        self.stop_paging_of(by.person_id());
        Answer::Done
    }

    fn wants_to_reassign(&mut self, by: &Actor, to: &[Target]) -> Answer {
        if let Some(over) = self.over() {
            return over;
        }
        let people = self.named(to);
        if people.is_empty() {
            return Answer::NobodyNamed;
        }
        self.log(by.clone(), Happened::Reassigned { to: ids(&people) });
        self.stop_paging();
        let position = self.incident.escalation.position;
        self.incident.state = State::Triggered;
        self.begin_generation_at(self.incident.generation.saturating_add(1), position);
        // the policy goes on where it stood, should they say nothing
        self.incident.escalation.due = position.map(|_| later(self.now, PATIENCE));
        self.incident.since = self.now;
        self.pursue(&people, None, true);
        Answer::Done
    }

    fn wants_others(&mut self, by: &Actor, whom: &[Target]) -> Answer {
        if let Some(over) = self.over() {
            return over;
        }
        if self.ask(by, whom) { Answer::Done } else { Answer::NobodyNamed }
    }

    /// Whoever reported it may be called when it is over, too.
    fn wants_to_call_back(&mut self, by: &Actor) -> Answer {
        if !self.incident.has_reporter() {
            return Answer::NoReporter;
        }
        self.log(by.clone(), Happened::CallsBack);
        Answer::Done
    }

    fn wants_to_reply(&mut self, by: &Actor, words: &str) -> Answer {
        if let Some(over) = self.over() {
            return over;
        }
        if self.incident.threads.is_empty() {
            return Answer::NoReporter;
        }
        self.log(by.clone(), Happened::Replied { words: shortened(words) });
        for thread in self.incident.threads.clone() {
            self.effect(Effect::Tell { thread, words: words.to_owned(), by: by.clone() });
        }
        Answer::Done
    }
}
