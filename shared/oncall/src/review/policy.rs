//! Escalation policies that somebody wants to save.

use super::{Caution, Problem, Review};
use crate::{Channel, Directory, EscalationPolicy, Line, Notify, Step, Target};

const MOST_STEPS: usize = 50;
const MOST_TARGETS: usize = 50;
/// Minutes of a week: longer is no escalation any more.
const A_WEEK: u32 = 7 * 24 * 60;

impl EscalationPolicy {
    /// What is wrong with this policy and odd about it, if somebody wants to save it.
    ///
    /// After the repeat, anything may come but a second one: the steps below it are climbed once, after the last
    /// round, and may notify, wait and resolve.
    pub fn review(&self, directory: &Directory) -> Review {
        let mut review = Review::default();
        review.name("name", &self.name);
        review.at_most("steps", &self.steps, MOST_STEPS);
        self.order_of_steps(&mut review);
        for (index, step) in self.steps.iter().enumerate() {
            review.include(&format!("steps[{index}]"), step.review(directory));
        }
        if self.fallback.as_ref().is_some_and(|person| directory.person(person).is_none()) {
            review.refuse("fallback", Problem::UnknownPerson);
        }
        if self.fallback.is_none() {
            self.without_fallback(directory, &mut review);
        }
        review
    }

    fn order_of_steps(&self, review: &mut Review) {
        let (mut notifies, mut waits, mut repeats) = (false, false, false);
        for (index, step) in self.steps.iter().enumerate() {
            match step {
                Step::Repeat { .. } if repeats => review.refuse(format!("steps[{index}]"), Problem::SecondRepeat),
                Step::Repeat { .. } => {
                    repeats = true;
                    if !notifies {
                        review.refuse(format!("steps[{index}]"), Problem::NothingToRepeat);
                    } else if !waits {
                        review.warn(format!("steps[{index}]"), Caution::RepeatsWithoutWait);
                    }
                }
                Step::Resolve if index + 1 < self.steps.len() => {
                    review.refuse(format!("steps[{index}]"), Problem::ResolveNotLast);
                }
                Step::Resolve => {}
                Step::Wait { .. } => waits = true,
                Step::Notify(_) | Step::NotifyIfEvents { .. } | Step::NotifyIfTime { .. } => notifies = true,
            }
        }
    }

    fn without_fallback(&self, directory: &Directory, review: &mut Review) {
        let names = |notify: &&Notify| notify.names_somebody(directory);
        let mut notifying = self.steps.iter().filter_map(Step::notify).filter(names).peekable();
        if notifying.peek().is_none() {
            review.warn("steps", Caution::ReachesNobody);
        } else if notifying.all(|notify| notify.channel == Some(Channel::Sms)) {
            review.warn("steps", Caution::NeverRings);
        }
    }
}

impl Step {
    fn review(&self, directory: &Directory) -> Review {
        let mut review = Review::default();
        match self {
            Self::Notify(notify) => review.include("notify", notify.review(directory)),
            Self::NotifyIfEvents { events, minutes, notify } => {
                review.within("notify_if_events.events", *events, 1..=10_000);
                if *events == 1 {
                    review.warn("notify_if_events.events", Caution::AlwaysHolds);
                }
                review.within("notify_if_events.minutes", *minutes, 1..=A_WEEK);
                review.include("notify_if_events.notify", notify.review(directory));
            }
            Self::NotifyIfTime { hours, notify } => {
                review.include("notify_if_time.hours", hours.review(directory));
                review.include("notify_if_time.notify", notify.review(directory));
            }
            Self::Wait { minutes } => review.within("wait.minutes", *minutes, 1..=A_WEEK),
            Self::Repeat { times } => {
                review.within("repeat.times", *times, 1..=EscalationPolicy::MOST_REPEATS.into());
            }
            Self::Resolve => {}
        }
        review
    }
}

impl Notify {
    fn review(&self, directory: &Directory) -> Review {
        let mut review = Review::default();
        if let Some(seconds) = self.ring_seconds {
            review.ring_seconds("ring_seconds", seconds);
        }
        review.at_most("targets", &self.targets, MOST_TARGETS);
        for (index, target) in self.targets.iter().enumerate() {
            let field = format!("targets[{index}]");
            let problem = match target {
                Target::Person(id) if directory.person(id).is_none() => Some(Problem::UnknownPerson),
                Target::Team(id) if directory.team(id).is_none() => Some(Problem::UnknownTeam),
                Target::Schedule(id) if directory.schedule(id).is_none() => Some(Problem::UnknownSchedule),
                _ => None,
            };
            if let Some(problem) = problem {
                review.refuse(&field, problem);
            }
            if self.targets.iter().take(index).any(|earlier| earlier == target) {
                review.warn(&field, Caution::NamedTwice);
            }
        }
        if !self.names_somebody(directory) && review.is_sound() {
            review.warn("targets", Caution::EmptyStep);
        }
        review
    }

    /// Whether there is anybody whom the step could ever reach.
    fn names_somebody(&self, directory: &Directory) -> bool {
        self.targets.iter().any(|target| match target {
            Target::Person(_) => true,
            Target::Team(id) => directory.team(id).is_some_and(|team| !team.members.is_empty()),
            Target::Schedule(id) => directory.schedule(id).is_some_and(|schedule| {
                let layers = schedule.definition.layers.iter().flat_map(|layer| layer.users.iter());
                let overrides = schedule.definition.overrides.iter().map(|one| &one.users);
                layers.chain(overrides).any(|people| !people.is_empty())
            }),
        })
    }
}

impl Review {
    /// What Twilio lets a phone ring.
    pub(super) fn ring_seconds(&mut self, field: &str, seconds: u16) {
        self.within(field, seconds, (*Line::RING_RANGE.start()).into()..=(*Line::RING_RANGE.end()).into());
    }
}
