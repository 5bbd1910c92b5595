//! How an incident climbs its policy.

use jiff::{SignedDuration, Timestamp};

use super::{Actor, Climbing, Happened, Incident, PageState, Surroundings, page::later, step::Turn};
use crate::{
    PersonId, SkipReason,
    climb::{Action, Position, Rise, rise},
};

/// A policy is not repeated sooner than this, should it have no wait.
const SHORTEST_ROUND: SignedDuration = SignedDuration::from_mins(1);
/// How long those to whom an incident was given by hand have, before its policy goes on.
pub(super) const PATIENCE: SignedDuration = SignedDuration::from_mins(15);

impl Turn<'_> {
    /// The next step of the policy, if it is due; says whether it was.
    pub(super) fn climb(&mut self) -> bool {
        if !self.incident.is_triggered() || self.incident.escalation.due.is_none_or(|due| due > self.now) {
            return false;
        }
        let Some((from, rise)) = next(&self.incident, self.surroundings, self.now) else {
            self.incident.escalation.due = None;
            return true;
        };
        if let Some(until) = self.too_soon(from, &rise) {
            self.incident.escalation.due = Some(until);
            return true;
        }
        if rise.next.is_some_and(|next| next.round > from.round) {
            self.incident.escalation.round_began = Some(self.now);
            self.incident.escalation.held_back.clear();
        }
        for skip in rise.skipped {
            if let (Some(step), SkipReason::TooFewEvents { .. }) = (skip.step, &skip.why) {
                self.incident.escalation.held_back.push(step);
            }
            self.note(Happened::Skipped(skip));
        }
        self.incident.escalation.position = rise.next;
        match rise.action {
            Action::Page { people, channel, .. } => self.pursue(&people, channel, true),
            Action::Wait { minutes } => {
                let until = later(self.now, SignedDuration::from_mins(i64::from(minutes)));
                self.incident.escalation.due = Some(until);
                self.note(Happened::Waits { until });
                self.cut_wait_short();
            }
            Action::Resolve => self.resolve(Actor::Dutyline),
            Action::Finish => {
                self.incident.escalation.due = None;
                self.note(Happened::PolicyDone { reached_somebody: self.incident.escalation.rises > 0 });
            }
        }
        true
    }

    /// When a new round may begin, if that is later. The fallback of the old one does not wait.
    fn too_soon(&self, from: Position, rise: &Rise<'_>) -> Option<Timestamp> {
        let begins = rise.next.is_some_and(|next| next.round > from.round);
        if !begins || matches!(rise.action, Action::Page { step: None, .. }) {
            return None;
        }
        let earliest = later(self.incident.escalation.round_began?, SHORTEST_ROUND);
        (earliest > self.now).then_some(earliest)
    }

    /// Steps that waited for more events page as soon as there are as many.
    pub(super) fn page_held_back(&mut self) {
        if !self.incident.is_triggered() || self.surroundings.mode.at(self.now) != crate::Mode::Normal {
            return;
        }
        let Some(policy) = self.incident.snapshot.policy.clone() else { return };
        for step in self.incident.escalation.held_back.clone() {
            let from = Position { round: u8::MAX, step, reached_somebody: true };
            let climber = Climbing { incident: &self.incident, at: self.now };
            let rise = rise(&policy, self.surroundings.directory, from, self.now, &climber);
            let Action::Page { step: Some(reached), people, channel } = rise.action else { continue };
            if reached == step {
                self.incident.escalation.held_back.retain(|held| *held != step);
                if let Some(position) = &mut self.incident.escalation.position {
                    position.reached_somebody = true;
                }
                self.pursue(&people, channel, true);
            }
        }
    }

    /// If nobody whom the last step reached can be paged at all, its wait is not waited for: as long as there is
    /// somebody below, in the same round.
    pub(super) fn cut_wait_short(&mut self) {
        let waits = self.incident.is_triggered() && self.incident.escalation.due.is_some_and(|due| due > self.now);
        if !waits || !self.last_rise_is_hopeless() {
            return;
        }
        let below = next(&self.incident, self.surroundings, self.now).is_some_and(|(from, rise)| {
            matches!(rise.action, Action::Page { .. }) && rise.next.is_some_and(|next| next.round == from.round)
        });
        if below {
            self.incident.escalation.due = Some(self.now);
            self.note(Happened::WaitCutShort);
        }
    }

    fn last_rise_is_hopeless(&self) -> bool {
        let Some(last) = self.incident.escalation.responsible else { return false };
        let generation = self.incident.generation;
        let mut pursuits = self.incident.pursuits.iter().filter(|pursuit| pursuit.rise == last).peekable();
        let mut pages = self.incident.pages.iter().filter(|page| page.generation == generation && page.rise == last);
        pursuits.peek().is_some()
            && pursuits.all(super::Pursuit::is_exhausted)
            && pages.all(|page| matches!(page.state, PageState::Failed(why) if why.is_for_good()))
    }

    /// The next people of the policy at once, past its waits and past those who are nobody but `by`; says whether
    /// there are any.
    pub(super) fn escalate(&mut self, by: Option<&PersonId>) -> bool {
        let mut trial = self.incident.clone();
        while let Some((_, rise)) = next(&trial, self.surroundings, self.now) {
            match &rise.action {
                Action::Page { people, .. } if people.iter().all(|reached| Some(&reached.person.id) == by) => {
                    trial.escalation.position = rise.next;
                }
                Action::Page { .. } => {
                    let position = trial.escalation.position;
                    if !self.incident.is_triggered() {
                        self.stop_paging();
                        self.incident.state = super::State::Triggered;
                        self.begin_generation_at(self.incident.generation.saturating_add(1), position);
                    }
                    self.incident.escalation.position = position;
                    self.incident.escalation.due = Some(self.now);
                    // somebody asks for it: a new round need not wait
                    self.incident.escalation.round_began = None;
                    return true;
                }
                Action::Wait { .. } => trial.escalation.position = rise.next,
                Action::Resolve | Action::Finish => return false,
            }
        }
        false
    }
}

/// What the policy does next, and from where.
fn next<'s>(incident: &Incident, surroundings: &Surroundings<'s>, now: Timestamp) -> Option<(Position, Rise<'s>)> {
    let policy = incident.snapshot.policy.as_ref()?;
    let from = incident.escalation.position?;
    Some((from, rise(policy, surroundings.directory, from, now, &Climbing { incident, at: now })))
}
