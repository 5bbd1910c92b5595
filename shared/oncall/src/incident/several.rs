//! Several causes, saved together.

use jiff::Timestamp;

use super::{Cause, Effect, Incident, Kind, Page, Signal, Stepped, Surroundings, Urgency, step};

/// What becomes of an incident by several causes, one after the other, and how many of them were taken. It is as if each
/// had been a [`step`] of its own that was saved, but for what those would have done in between: a page that one of them
/// orders and a later one calls off is never sent.
///
/// An event is not taken by an incident that another of these causes has left resolved: it may open a new one, which is
/// for whoever brings it to find out. The first cause is taken in any case.
pub fn steps(
    incident: &Incident,
    causes: &[Cause],
    at: Timestamp,
    surroundings: &Surroundings<'_>,
) -> (Stepped, usize) {
    let unchanged = Stepped { incident: incident.clone(), changed: false, effects: Vec::new(), answer: None };
    let Some((first, others)) = causes.split_first() else { return (unchanged, 0) };
    let (stepped, taken) = step(incident, first, at, surroundings).then(others, at, surroundings);
    (stepped, taken + 1)
}

impl Stepped {
    /// This step and more, to be saved together, as [`steps`] are; and how many of those were taken.
    #[must_use]
    pub fn then(mut self, causes: &[Cause], at: Timestamp, surroundings: &Surroundings<'_>) -> (Self, usize) {
        let mut taken = 0;
        for cause in causes {
            if matches!(cause, Cause::Event(_)) && self.incident.is_resolved() {
                break;
            }
            taken += 1;
            let next = step(&self.incident, cause, at, surroundings);
            self.answer = next.answer.or(self.answer);
            if next.changed {
                self.changed = true;
                self.incident = next.incident;
                self.effects.extend(next.effects);
            }
        }
        let Self { incident, effects, .. } = &mut self;
        effects.retain(|effect| match effect {
            Effect::Send(page) | Effect::AskTwilio(page) => incident.still_wants(page),
            _ => true,
        });
        (self, taken)
    }
}

impl Incident {
    /// Whether these causes are only kept, whatever is around: nothing is due, and nothing that they say pages anybody.
    /// Whoever knows need not find out what is around: most of what a storm says is like this.
    pub fn only_keeps(&self, causes: &[Cause], at: Timestamp) -> bool {
        let now = at.max(self.touched_at);
        // whose service is tried out or worked on, or has been, may page by a change of that alone
        let is_plain = self.kind == Kind::Usual && self.held_until.is_none() && !self.is_resolved();
        let waits_for_events = !self.escalation.held_back.is_empty();
        let is_quiet = self.due().is_none_or(|due| due > now);
        let is_kept = |cause: &Cause| match cause {
            Cause::Event(event) => {
                let severity = event.severity.unwrap_or(self.severity).max(self.severity);
                let as_urgent = self.urgency() == Urgency::High || severity.urgency() == Urgency::Low;
                matches!(event.signal, Signal::Trigger | Signal::Note) && as_urgent
            }
            _ => false,
        };
        is_plain && !waits_for_events && is_quiet && causes.iter().all(is_kept)
    }

    /// Whether a page is still as it was when it was to be sent: nobody has called it off, and nobody else looks after it.
    pub fn still_wants(&self, page: &Page) -> bool {
        self.page(page.number).is_some_and(|now| now.state == page.state)
    }
}
