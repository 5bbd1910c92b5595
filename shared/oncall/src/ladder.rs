//! An escalation policy resolved for a live call: whose phone rings, in which order, and who is passed over.

use std::fmt;

use jiff::Timestamp;
use phone::PhoneNumber;

use crate::{
    Channel, EscalationPolicy, Notify, Person, PersonId, Plan, Service, Step, UnknownZone,
    reach::{Missing, Reached, Why, reach},
};

/// What a call brings to the question of who is rung.
#[derive(Clone, Copy, Debug)]
pub struct LiveCall<'c> {
    /// The caller, if they show a number: they are never rung for their own call.
    pub caller: Option<&'c PhoneNumber>,
    /// Something that differs from call to call and stays the same in one: it shuffles random steps.
    pub seed: &'c str,
    /// Which climb of the policy this is, from 0.
    pub round: u8,
}

/// One round of a policy on a live call, each rung with its reason.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ladder {
    /// In order: phones that ring, and what is passed over.
    pub rungs: Vec<Rung>,
}

/// A phone that rings, or something that is passed over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Rung {
    /// This phone rings.
    Ring(Candidate),
    /// This is passed over.
    Skip(Skip),
}

/// A phone to ring.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// Which step of the policy, from 0; none for the fallback person.
    pub step: Option<usize>,
    /// Whose it is.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// Which of their phones, from 0.
    pub phone: usize,
    /// Where it rings.
    pub number: PhoneNumber,
    /// How long it rings, seconds.
    pub ring_seconds: u16,
    /// Why them.
    pub why: Why,
}

/// Something that is passed over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skip {
    /// Which step of the policy, from 0; none for the fallback person.
    pub step: Option<usize>,
    /// Whom, if it is about one person.
    pub name: Option<String>,
    /// Why.
    pub why: SkipReason,
}

/// Why something is passed over.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SkipReason {
    /// The service's policy is not in the plan.
    #[error("the service's escalation policy does not exist")]
    NoPolicy,
    /// Nobody is left in the step.
    #[error("the step reaches nobody")]
    EmptyStep,
    /// A target gave nobody.
    #[error("{0}")]
    Missing(Missing),
    /// A call is one event, and the step wants more.
    #[error("the step waits for {0} events, a call is one")]
    TooFewEvents(u32),
    /// Not the step's hours.
    #[error("outside the step's hours")]
    OutsideHours,
    /// The step's hours cannot be read: it counts, so that somebody is rung. Worth an alarm.
    #[error("the step's hours are ignored: {0}")]
    UnreadableHours(UnknownZone),
    /// The step only sends texts.
    #[error("the step sends texts, it does not ring")]
    TextOnly,
    /// A live call does not wait.
    #[error("a wait of {0} min, not waited for on a live call")]
    Wait(u32),
    /// They have been named before in this round.
    #[error("already named in this round")]
    AlreadyNamed,
    /// They have no phone.
    #[error("has no phone")]
    NoPhone,
    /// This phone has not been verified.
    #[error("phone {} is not verified", .0 + 1)]
    Unverified(usize),
    /// This phone is the one that calls.
    #[error("phone {} is the caller's own", .0 + 1)]
    IsCaller(usize),
    /// This phone is the line itself.
    #[error("phone {} is the line itself", .0 + 1)]
    IsLine(usize),
    /// This phone has been given before in this round, by somebody else.
    #[error("phone {} is somebody's who was named before", .0 + 1)]
    SharedPhone(usize),
}

impl Ladder {
    /// Resolves one round of a service's policy at an instant.
    pub fn of(plan: &Plan, service: &Service, at: Timestamp, call: LiveCall<'_>) -> Self {
        let mut climb = Climb { plan, at, call, ladder: Self::default() };
        match plan.policy(&service.policy) {
            Some(policy) => climb.policy(policy),
            None => climb.skip(None, None, SkipReason::NoPolicy),
        }
        climb.ladder
    }

    /// The phones that ring, in order.
    pub fn candidates(&self) -> impl Iterator<Item = &Candidate> {
        self.rungs.iter().filter_map(|rung| match rung {
            Rung::Ring(candidate) => Some(candidate),
            Rung::Skip(_) => None,
        })
    }

    /// What is passed over, in order.
    pub fn skips(&self) -> impl Iterator<Item = &Skip> {
        self.rungs.iter().filter_map(|rung| match rung {
            Rung::Ring(_) => None,
            Rung::Skip(skip) => Some(skip),
        })
    }
}

struct Climb<'p> {
    plan: &'p Plan,
    at: Timestamp,
    call: LiveCall<'p>,
    ladder: Ladder,
}

impl Climb<'_> {
    fn policy(&mut self, policy: &EscalationPolicy) {
        for (index, step) in policy.steps.iter().enumerate() {
            match step {
                Step::Notify(notify) => self.notify(index, notify),
                Step::NotifyIfEvents { events, .. } if *events > 1 => {
                    self.skip(Some(index), None, SkipReason::TooFewEvents(*events));
                }
                Step::NotifyIfEvents { notify, .. } => self.notify(index, notify),
                Step::NotifyIfTime { hours, notify } => match hours.contain(self.at) {
                    Ok(true) => self.notify(index, notify),
                    Ok(false) => self.skip(Some(index), None, SkipReason::OutsideHours),
                    Err(zone) => {
                        self.skip(Some(index), None, SkipReason::UnreadableHours(zone));
                        self.notify(index, notify);
                    }
                },
                Step::Wait { minutes } => self.skip(Some(index), None, SkipReason::Wait(*minutes)),
                Step::Repeat { .. } if self.call.round + 1 < policy.rounds() => break,
                Step::Repeat { .. } => {}
                Step::Resolve => break,
            }
        }
        if self.ladder.candidates().next().is_none() {
            self.fallback(policy);
        }
    }

    fn notify(&mut self, step: usize, notify: &Notify) {
        if notify.channel == Some(Channel::Sms) {
            return self.skip(Some(step), None, SkipReason::TextOnly);
        }
        let seed = format!("{} {} {step}", self.call.seed, self.call.round);
        let reach = reach(&self.plan.directory, notify, self.at, &seed);
        for missing in reach.missing {
            self.skip(Some(step), None, SkipReason::Missing(missing));
        }
        if reach.people.is_empty() {
            self.skip(Some(step), None, SkipReason::EmptyStep);
        }
        let ring_seconds = notify.ring_seconds.unwrap_or(self.plan.line.ring_seconds);
        for Reached { person, why } in reach.people {
            self.person(Some(step), person, &why, ring_seconds);
        }
    }

    fn fallback(&mut self, policy: &EscalationPolicy) {
        let Some(id) = &policy.fallback else { return };
        match self.plan.directory.person(id) {
            Some(person) => self.person(None, person, &Why::Fallback, self.plan.line.ring_seconds),
            None => self.skip(None, None, SkipReason::Missing(Missing::Person(id.clone()))),
        }
    }

    fn person(&mut self, step: Option<usize>, person: &Person, why: &Why, ring_seconds: u16) {
        let skip = |climb: &mut Self, why| climb.skip(step, Some(person.name.clone()), why);
        if self.ladder.candidates().any(|candidate| candidate.person == person.id) {
            return skip(self, SkipReason::AlreadyNamed);
        }
        if person.phones.is_empty() {
            return skip(self, SkipReason::NoPhone);
        }
        for (index, phone) in person.phones.iter().enumerate() {
            if !phone.verified {
                skip(self, SkipReason::Unverified(index));
            } else if Some(&phone.number) == self.call.caller {
                skip(self, SkipReason::IsCaller(index));
            } else if phone.number == self.plan.line.number {
                skip(self, SkipReason::IsLine(index));
            } else if self.ladder.candidates().any(|candidate| candidate.number == phone.number) {
                skip(self, SkipReason::SharedPhone(index));
            } else {
                self.ladder.rungs.push(Rung::Ring(Candidate {
                    step,
                    person: person.id.clone(),
                    name: person.name.clone(),
                    phone: index,
                    number: phone.number.clone(),
                    ring_seconds,
                    why: why.clone(),
                }));
            }
        }
    }

    fn skip(&mut self, step: Option<usize>, name: Option<String>, why: SkipReason) {
        self.ladder.rungs.push(Rung::Skip(Skip { step, name, why }));
    }
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.step {
            Some(step) => write!(f, "step {}: ", step + 1)?,
            None => f.write_str("fallback: ")?,
        }
        if let Some(name) = &self.name {
            write!(f, "{name}: ")?;
        }
        write!(f, "{}", self.why)
    }
}
