//! An escalation policy climbed for an incident: what its next step does, one step at a time.
//!
//! Whoever carries an incident asks for one [`rise`] after another, keeps the [`Position`] that it gives with the
//! incident, and comes back with it: at once after a page, later after a wait, never when there is none.
//!
//! ```
//! use oncall::{
//!     Directory, EscalationPolicy, NotificationRules, Notify, Order, Person, PersonId, PolicyId, Step, Target,
//!     climb::{Action, Climber, Position, rise},
//! };
//!
//! struct DiskFull;
//!
//! impl Climber for DiskFull {
//!     fn events_within(&self, _minutes: u32) -> u32 {
//!         1
//!     }
//!     fn seed(&self) -> &str {
//!         "incident 12"
//!     }
//! }
//!
//! let notify = |id: &str| {
//!     let targets = vec![Target::Person(PersonId::new(id))];
//!     Step::Notify(Notify { targets, order: Order::Listed, ring_seconds: None, channel: None })
//! };
//! let policy = EscalationPolicy {
//!     id: PolicyId::new("payments"),
//!     name: "Payments".to_owned(),
//!     steps: vec![notify("ada"), Step::Wait { minutes: 5 }, Step::Repeat { times: 1 }, notify("bo")],
//!     fallback: None,
//! };
//! let person = |id: &str| Person {
//!     id: PersonId::new(id),
//!     name: id.to_owned(),
//!     language: None,
//!     timezone: None,
//!     phones: vec![],
//!     rules: NotificationRules::default(),
//! };
//! let directory = Directory { people: vec![person("ada"), person("bo")], ..Directory::default() };
//!
//! let now = "2026-10-25T02:30:00Z".parse().expect("an instant");
//! let mut log = Vec::new();
//! let mut next = Some(Position::default());
//! while let Some(position) = next {
//!     let rise = rise(&policy, &directory, position, now, &DiskFull);
//!     match rise.action {
//!         Action::Page { people, .. } => log.extend(people.iter().map(|one| format!("page {}", one.person.name))),
//!         Action::Wait { minutes } => log.push(format!("wait {minutes}")),
//!         Action::Resolve => log.push("resolve".to_owned()),
//!         Action::Finish => log.push("finish".to_owned()),
//!     }
//!     next = rise.next;
//! }
//! assert_eq!(log, ["page ada", "wait 5", "page ada", "wait 5", "page bo", "finish"]);
//! ```
//!
//! Other than on a live call, a person whom two steps name is paged by both, waits are waited for, steps that send
//! texts count, and a phone that cannot be rung is no obstacle: the person's own rules choose the channel.

use jiff::Timestamp;

use crate::{
    Channel, Directory, EscalationPolicy, Notify, Skip, SkipReason, Step,
    reach::{Missing, Reached, Why, reach},
};

/// Where an incident stands on its policy.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Position {
    /// Which climb of the policy this is, from 0.
    pub round: u8,
    /// The step that comes next, from 0.
    pub step: usize,
    /// Whether this round has reached anybody so far.
    pub reached_somebody: bool,
}

/// Who climbs: what an incident brings to its policy.
pub trait Climber {
    /// How many events it has had within so many minutes up to now.
    fn events_within(&self, minutes: u32) -> u32;
    /// Something that differs from incident to incident: it shuffles random steps.
    fn seed(&self) -> &str;
}

/// One step up.
#[derive(Clone, PartialEq, Debug)]
pub struct Rise<'d> {
    /// What is to be done.
    pub action: Action<'d>,
    /// What was passed over on the way there, in order.
    pub skipped: Vec<Skip>,
    /// Where the incident stands afterwards; none if the policy has nothing more to do for it, ever.
    pub next: Option<Position>,
}

/// What a policy does for an incident.
#[derive(Clone, PartialEq, Debug)]
pub enum Action<'d> {
    /// Page these people.
    Page {
        /// Which step this is, from 0; none for the fallback person.
        step: Option<usize>,
        /// Whom; never empty.
        people: Vec<Reached<'d>>,
        /// By which channel; each person's notification rules decide if absent.
        channel: Option<Channel>,
    },
    /// Do nothing for so many minutes.
    Wait {
        /// How long.
        minutes: u32,
    },
    /// Resolve the incident.
    Resolve,
    /// Nothing: the steps are all done.
    Finish,
}

/// The next thing that a policy does, and where the incident stands after it.
///
/// Steps that reach nobody and conditions that do not hold are passed over, waits are not. A round that reached
/// nobody ends with the fallback person, unless the policy resolves. Asked again with each `next`, it ends: a
/// policy is repeated at most [`EscalationPolicy::MOST_REPEATS`] times. A position that the policy does not have
/// any longer, since it was changed meanwhile, is beyond its last step.
pub fn rise<'d>(
    policy: &EscalationPolicy,
    directory: &'d Directory,
    from: Position,
    at: Timestamp,
    incident: &impl Climber,
) -> Rise<'d> {
    let mut climb = Climb { policy, directory, at, incident, position: from, skipped: Vec::new() };
    let action = climb.action();
    let next = (!matches!(action, Action::Resolve | Action::Finish)).then_some(climb.position);
    Rise { action, skipped: climb.skipped, next }
}

struct Climb<'c, 'd, I> {
    policy: &'c EscalationPolicy,
    directory: &'d Directory,
    at: Timestamp,
    incident: &'c I,
    position: Position,
    skipped: Vec<Skip>,
}

impl<'d, I: Climber> Climb<'_, 'd, I> {
    fn action(&mut self) -> Action<'d> {
        let policy = self.policy;
        while let Some(step) = policy.steps.get(self.position.step) {
            let index = self.position.step;
            self.position.step += 1;
            match step {
                Step::Wait { minutes } => return Action::Wait { minutes: *minutes },
                Step::Resolve => return Action::Resolve,
                Step::Repeat { .. } if self.position.round.saturating_add(1) < policy.rounds() => {
                    let fallback = self.fallback();
                    self.position =
                        Position { round: self.position.round.saturating_add(1), step: 0, reached_somebody: false };
                    if let Some(page) = fallback {
                        return page;
                    }
                }
                Step::Repeat { .. } => {}
                Step::Notify(notify) | Step::NotifyIfEvents { notify, .. } | Step::NotifyIfTime { notify, .. } => {
                    if self.holds(index, step)
                        && let Some(page) = self.page(index, notify)
                    {
                        return page;
                    }
                }
            }
        }
        self.fallback().unwrap_or(Action::Finish)
    }

    fn holds(&mut self, index: usize, step: &Step) -> bool {
        match step {
            Step::NotifyIfEvents { events, minutes, .. } => {
                let had = self.incident.events_within(*minutes);
                if had < *events {
                    self.skip(Some(index), SkipReason::TooFewEvents { wanted: *events, had });
                }
                had >= *events
            }
            Step::NotifyIfTime { hours, .. } => {
                let inside = hours.contain(self.at, self.directory);
                match &inside {
                    Ok(true) => {}
                    Ok(false) => self.skip(Some(index), SkipReason::outside(hours, self.at, self.directory)),
                    Err(zone) => self.skip(Some(index), SkipReason::UnreadableHours(zone.clone())),
                }
                // hours that cannot be read count: somebody is paged
                inside.unwrap_or(true)
            }
            _ => true,
        }
    }

    fn page(&mut self, index: usize, notify: &Notify) -> Option<Action<'d>> {
        let seed = format!("{} {} {index}", self.incident.seed(), self.position.round);
        let reach = reach(self.directory, notify, self.at, &seed);
        for missing in reach.missing {
            self.skip(Some(index), SkipReason::Missing(missing));
        }
        if reach.people.is_empty() {
            self.skip(Some(index), SkipReason::EmptyStep);
            return None;
        }
        self.position.reached_somebody = true;
        Some(Action::Page { step: Some(index), people: reach.people, channel: notify.channel })
    }

    /// The fallback person, if this round has reached nobody.
    fn fallback(&mut self) -> Option<Action<'d>> {
        let id = self.policy.fallback.as_ref().filter(|_| !self.position.reached_somebody)?;
        self.position.reached_somebody = true;
        let Some(person) = self.directory.person(id) else {
            self.skip(None, SkipReason::Missing(Missing::Person(id.clone())));
            return None;
        };
        let people = vec![Reached { person, why: Why::Fallback }];
        Some(Action::Page { step: None, people, channel: None })
    }

    fn skip(&mut self, step: Option<usize>, why: SkipReason) {
        self.skipped.push(Skip { step, person: None, name: None, why });
    }
}

#[cfg(test)]
mod tests;
