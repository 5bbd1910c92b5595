//! An escalation policy resolved for a live call: whose phone rings, in which order, and who is passed over.

use jiff::Timestamp;
use phone::PhoneNumber;

use crate::{
    Channel, EscalationPolicy, Line, Notify, Person, PersonId, Plan, Service, Skip, SkipReason, Step,
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
///
/// Everybody whom the policy names stands on some rung, on call or in a team included: with a phone that rings,
/// or with the reason why none does. Nobody rings twice, and no phone does.
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
    /// How long it rings, seconds, within [`Line::RING_RANGE`] whatever is configured.
    pub ring_seconds: u16,
    /// Why them.
    pub why: Why,
}

impl Ladder {
    /// Resolves one round of a service's policy at an instant.
    pub fn of(plan: &Plan, service: &Service, at: Timestamp, call: LiveCall<'_>) -> Self {
        let mut round = Round { plan, at, call, ladder: Self::default() };
        match plan.policy(&service.policy) {
            Some(policy) => round.policy(policy),
            None => round.skip(None, None, SkipReason::NoPolicy),
        }
        round.ladder
    }

    /// Every round of a service's policy at an instant, one ladder each: what a call would climb that nobody accepts.
    pub fn rounds(
        plan: &Plan,
        service: &Service,
        at: Timestamp,
        caller: Option<&PhoneNumber>,
        seed: &str,
    ) -> Vec<Self> {
        let rounds = plan.policy(&service.policy).map_or(1, EscalationPolicy::rounds);
        (0..rounds).map(|round| Self::of(plan, service, at, LiveCall { caller, seed, round })).collect()
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

/// A round on its way to becoming a ladder.
struct Round<'p> {
    plan: &'p Plan,
    at: Timestamp,
    call: LiveCall<'p>,
    ladder: Ladder,
}

impl Round<'_> {
    fn policy(&mut self, policy: &EscalationPolicy) {
        let is_last = self.call.round.saturating_add(1) >= policy.rounds();
        // why nothing below counts
        let mut over = None;
        for (index, step) in policy.steps.iter().enumerate() {
            match step {
                Step::Wait { minutes } => self.skip(Some(index), None, SkipReason::Wait(*minutes)),
                Step::Repeat { .. } if !is_last => {
                    over.get_or_insert(SkipReason::AfterRepeats);
                }
                Step::Repeat { .. } => {}
                Step::Resolve => {
                    over.get_or_insert(SkipReason::AfterResolve);
                }
                Step::Notify(notify) | Step::NotifyIfEvents { notify, .. } | Step::NotifyIfTime { notify, .. } => {
                    match over.clone().or_else(|| self.objection(index, step)) {
                        Some(why) => self.pass_over(index, notify, &why),
                        None => self.notify(index, notify),
                    }
                }
            }
        }
        self.fallback(policy);
    }

    /// Why a step does not count on this call.
    fn objection(&mut self, index: usize, step: &Step) -> Option<SkipReason> {
        if step.notify().is_some_and(|notify| notify.channel == Some(Channel::Sms)) {
            return Some(SkipReason::TextOnly);
        }
        match step {
            Step::NotifyIfEvents { events, .. } if *events > 1 => {
                Some(SkipReason::TooFewEvents { wanted: *events, had: 1 })
            }
            Step::NotifyIfTime { hours, .. } => match hours.contain(self.at, &self.plan.directory) {
                Ok(inside) => (!inside).then(|| SkipReason::outside(hours, self.at, &self.plan.directory)),
                Err(zone) => {
                    self.skip(Some(index), None, SkipReason::UnreadableHours(zone));
                    None
                }
            },
            _ => None,
        }
    }

    /// A step that does not count: everybody whom it would reach, or the step itself if that is nobody.
    fn pass_over(&mut self, step: usize, notify: &Notify, why: &SkipReason) {
        let people = reach(&self.plan.directory, notify, self.at, self.call.seed).people;
        if people.is_empty() {
            self.skip(Some(step), None, why.clone());
        }
        for Reached { person, .. } in people {
            self.skip(Some(step), Some(person), why.clone());
        }
    }

    fn notify(&mut self, step: usize, notify: &Notify) {
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
            None => self.skip(None, None, SkipReason::Missing(Missing::Person(id.clone()))),
            Some(person) if self.ladder.candidates().next().is_some() => {
                self.skip(None, Some(person), SkipReason::NotNeeded);
            }
            Some(person) => self.person(None, person, &Why::Fallback, self.plan.line.ring_seconds),
        }
    }

    fn person(&mut self, step: Option<usize>, person: &Person, why: &Why, ring_seconds: u16) {
        let skip = |round: &mut Self, why| round.skip(step, Some(person), why);
        if self.ladder.candidates().any(|candidate| candidate.person == person.id) {
            return skip(self, SkipReason::AlreadyNamed);
        }
        if person.phones.is_empty() {
            return skip(self, SkipReason::NoPhone);
        }
        for (index, phone) in person.phones.iter().enumerate() {
            let is_taken = self.ladder.candidates().any(|candidate| candidate.number == phone.number);
            if !phone.verified {
                skip(self, SkipReason::Unverified(index));
            } else if Some(&phone.number) == self.call.caller {
                skip(self, SkipReason::IsCaller(index));
            } else if phone.number == self.plan.line.number {
                skip(self, SkipReason::IsLine(index));
            } else if is_taken {
                skip(self, SkipReason::SharedPhone(index));
            } else {
                self.ladder.rungs.push(Rung::Ring(Candidate {
                    step,
                    person: person.id.clone(),
                    name: person.name.clone(),
                    phone: index,
                    number: phone.number.clone(),
                    ring_seconds: ring_seconds.clamp(*Line::RING_RANGE.start(), *Line::RING_RANGE.end()),
                    why: why.clone(),
                }));
            }
        }
    }

    fn skip(&mut self, step: Option<usize>, whom: Option<&Person>, why: SkipReason) {
        let (person, name) = (whom.map(|person| person.id.clone()), whom.map(|person| person.name.clone()));
        self.ladder.rungs.push(Rung::Skip(Skip { step, person, name, why }));
    }
}

#[cfg(test)]
mod tests;
