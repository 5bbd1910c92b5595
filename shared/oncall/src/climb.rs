//! An escalation policy climbed for an incident: what its next step does, one step at a time.

use jiff::Timestamp;

use crate::{
    Channel, Directory, EscalationPolicy, Notify, Step,
    reach::{Missing, Reached, Why, reach},
};

/// Where an incident stands on its policy.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Position {
    /// Which climb of the policy this is, from 0.
    pub round: u8,
    /// The step that comes next, from 0.
    pub step: usize,
    /// Whether the policy has reached anybody so far.
    pub reached_somebody: bool,
}

/// What an incident brings to its policy.
pub trait Incident {
    /// How many events it has had within so many minutes up to now.
    fn events_within(&self, minutes: u32) -> u32;
    /// Something that differs from incident to incident: it shuffles random steps.
    fn seed(&self) -> &str;
}

/// What the next step of a policy does.
#[derive(Clone, PartialEq, Debug)]
pub enum Rise<'d> {
    /// Page these people.
    Page {
        /// Which step this is; none for the fallback person.
        step: Option<usize>,
        /// Whom; never empty.
        people: Vec<Reached<'d>>,
        /// By which channel; each person's notification rules decide if absent.
        channel: Option<Channel>,
        /// Targets that gave nobody, also of the steps passed over on the way here.
        missing: Vec<Missing>,
    },
    /// Do nothing for so many minutes.
    Wait {
        /// How long.
        minutes: u32,
        /// Targets that gave nobody, of the steps passed over on the way here.
        missing: Vec<Missing>,
    },
    /// Resolve the incident.
    Resolve {
        /// Targets that gave nobody, of the steps passed over on the way here.
        missing: Vec<Missing>,
    },
    /// The policy has nothing more to do.
    Finished {
        /// Targets that gave nobody, of the steps passed over on the way here.
        missing: Vec<Missing>,
    },
}

/// The next thing that a policy does, and where the incident stands after it.
///
/// Steps that reach nobody and conditions that do not hold are passed over. A round that reached nobody ends
/// with the fallback person. Always ends: a policy is repeated at most [`EscalationPolicy::MOST_REPEATS`] times.
pub fn rise<'d>(
    policy: &EscalationPolicy,
    directory: &'d Directory,
    from: Position,
    at: Timestamp,
    incident: &impl Incident,
) -> (Rise<'d>, Position) {
    let mut position = from;
    let mut missing = Vec::new();
    while let Some(step) = policy.steps.get(position.step) {
        let index = position.step;
        position.step += 1;
        match step {
            Step::Wait { minutes } => return (Rise::Wait { minutes: *minutes, missing }, position),
            Step::Resolve => return (Rise::Resolve { missing }, position.past(policy)),
            Step::Repeat { .. } if position.round + 1 < policy.rounds() => {
                position.round += 1;
                position.step = 0;
                if let Some(person) = fallback(policy, directory, position) {
                    position.reached_somebody = true;
                    return (Rise::Page { step: None, people: vec![person], channel: None, missing }, position);
                }
            }
            Step::Repeat { .. } => {}
            Step::Notify(notify) | Step::NotifyIfEvents { notify, .. } | Step::NotifyIfTime { notify, .. } => {
                if !holds(step, at, incident) {
                    continue;
                }
                let people = page(directory, notify, at, incident, (position.round, index), &mut missing);
                if !people.is_empty() {
                    position.reached_somebody = true;
                    return (Rise::Page { step: Some(index), people, channel: notify.channel, missing }, position);
                }
            }
        }
    }
    if let Some(person) = fallback(policy, directory, position) {
        position.reached_somebody = true;
        return (Rise::Page { step: None, people: vec![person], channel: None, missing }, position);
    }
    (Rise::Finished { missing }, position)
}

/// The fallback person, as long as nobody has been reached.
fn fallback<'d>(policy: &EscalationPolicy, directory: &'d Directory, position: Position) -> Option<Reached<'d>> {
    let id = policy.fallback.as_ref().filter(|_| !position.reached_somebody)?;
    Some(Reached { person: directory.person(id)?, why: Why::Fallback })
}

impl Position {
    fn past(self, policy: &EscalationPolicy) -> Self {
        Self { step: policy.steps.len(), reached_somebody: true, ..self }
    }
}

fn holds(step: &Step, at: Timestamp, incident: &impl Incident) -> bool {
    match step {
        Step::NotifyIfEvents { events, minutes, .. } => incident.events_within(*minutes) >= *events,
        // hours that cannot be read count: somebody is paged
        Step::NotifyIfTime { hours, .. } => hours.contain(at).unwrap_or(true),
        _ => true,
    }
}

fn page<'d>(
    directory: &'d Directory,
    notify: &Notify,
    at: Timestamp,
    incident: &impl Incident,
    (round, step): (u8, usize),
    missing: &mut Vec<Missing>,
) -> Vec<Reached<'d>> {
    let seed = format!("{} {round} {step}", incident.seed());
    let reach = reach(directory, notify, at, &seed);
    missing.extend(reach.missing);
    reach.people
}
