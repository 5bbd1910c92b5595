//! Escalation policies: who is found, in which order.

use crate::{Hours, PersonId, PolicyId, ScheduleId, TeamId};

/// Ordered steps that find a human.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EscalationPolicy {
    /// Its id.
    pub id: PolicyId,
    /// What it is called.
    pub name: String,
    /// What happens, in order.
    pub steps: Vec<Step>,
    /// Who is found when a round's steps find nobody at all.
    pub fallback: Option<PersonId>,
}

impl EscalationPolicy {
    /// The most times that a policy may be repeated.
    pub const MOST_REPEATS: u8 = 5;

    /// How many times the steps are climbed: once, and again for each repeat. The first repeat counts, unless the
    /// policy resolves above it.
    pub fn rounds(&self) -> u8 {
        let mut climbed = self.steps.iter().take_while(|step| **step != Step::Resolve);
        let repeats = climbed.find_map(|step| match step {
            Step::Repeat { times } => Some(*times),
            _ => None,
        });
        1 + repeats.unwrap_or(0).min(Self::MOST_REPEATS)
    }
}

/// One step of a policy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// Notify people.
    Notify(Notify),
    /// Notify people if the incident has had so many events within so long.
    NotifyIfEvents {
        /// How many events, at least.
        events: u32,
        /// Within how many minutes up to now.
        minutes: u32,
        /// Whom.
        notify: Notify,
    },
    /// Notify people if it is the right time of the week.
    NotifyIfTime {
        /// The right time.
        hours: Hours,
        /// Whom.
        notify: Notify,
    },
    /// Give people time to answer before the next step. Not waited for on a live call.
    Wait {
        /// How long.
        minutes: u32,
    },
    /// Start again from the first step, at most so many times; then go on below.
    Repeat {
        /// How many times, at most [`EscalationPolicy::MOST_REPEATS`].
        times: u8,
    },
    /// Resolve the incident; nothing comes after it. On a live call, nobody below is rung.
    Resolve,
}

impl Step {
    /// Whom it notifies, if it does.
    pub fn notify(&self) -> Option<&Notify> {
        match self {
            Self::Notify(notify) | Self::NotifyIfEvents { notify, .. } | Self::NotifyIfTime { notify, .. } => {
                Some(notify)
            }
            Self::Wait { .. } | Self::Repeat { .. } | Self::Resolve => None,
        }
    }
}

/// Whom a step notifies, and how.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notify {
    /// Whom.
    pub targets: Vec<Target>,
    /// In which order they are rung on a live call.
    pub order: Order,
    /// How long each phone rings, seconds; the line's ring time if absent.
    pub ring_seconds: Option<u16>,
    /// By which channel; each person's notification rules decide if absent.
    pub channel: Option<Channel>,
}

/// Somebody to notify.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// One person.
    Person(PersonId),
    /// All members of a team.
    Team(TeamId),
    /// Whoever is on call by a schedule.
    Schedule(ScheduleId),
}

/// In which order the people of one step are rung.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// As configured.
    #[default]
    Listed,
    /// Shuffled for each call and round, the same at each webhook of that call.
    Random,
}

/// How a person is reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Channel {
    /// A text message.
    Sms,
    /// A telephone call.
    Voice,
}
