//! Escalation policies.

use api::{EscalationPolicy, FieldError, Order, Step, Target, TargetKind};
use oncall::{Notify, PersonId, PolicyId, ScheduleId, TeamId};

use crate::{
    caller::Admin,
    endpoint::Endpoint,
    hours,
    objects::{self, Kept},
    people::{domain_channel, shown_channel},
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    objects::endpoints::<EscalationPolicy>()
}

impl Kept for EscalationPolicy {
    type Domain = oncall::EscalationPolicy;
    type Editor = Admin;
    const PREFIX: &'static str = "po";

    fn shown(policy: oncall::EscalationPolicy) -> Self {
        Self {
            id: Some(policy.id.to_string()),
            name: policy.name,
            steps: policy.steps.into_iter().map(shown_step).collect(),
            fallback: policy.fallback.as_ref().map(ToString::to_string),
        }
    }

    fn domain(
        self,
        id: &str,
        _: Option<&oncall::EscalationPolicy>,
    ) -> Result<oncall::EscalationPolicy, Vec<FieldError>> {
        Ok(oncall::EscalationPolicy {
            id: PolicyId::new(id),
            name: self.name,
            steps: self.steps.into_iter().map(domain_step).collect(),
            fallback: self.fallback.map(PersonId::new),
        })
    }
}

fn shown_step(step: oncall::Step) -> Step {
    match step {
        oncall::Step::Notify(notify) => {
            let (targets, order, ring_seconds, channel) = shown_notify(notify);
            Step::Notify { targets, order, ring_seconds, channel }
        }
        oncall::Step::NotifyIfEvents { events, minutes, notify } => {
            let (targets, order, ring_seconds, channel) = shown_notify(notify);
            Step::NotifyIfEvents { events, minutes, targets, order, ring_seconds, channel }
        }
        oncall::Step::NotifyIfTime { hours, notify } => {
            let (targets, order, ring_seconds, channel) = shown_notify(notify);
            Step::NotifyIfTime { hours: hours::shown(hours), targets, order, ring_seconds, channel }
        }
        oncall::Step::Wait { minutes } => Step::Wait { minutes },
        oncall::Step::Repeat { times } => Step::Repeat { times },
        oncall::Step::Resolve => Step::Resolve {},
    }
}

fn domain_step(step: Step) -> oncall::Step {
    match step {
        Step::Notify { targets, order, ring_seconds, channel } => {
            oncall::Step::Notify(domain_notify(targets, order, ring_seconds, channel))
        }
        Step::NotifyIfEvents { events, minutes, targets, order, ring_seconds, channel } => {
            let notify = domain_notify(targets, order, ring_seconds, channel);
            oncall::Step::NotifyIfEvents { events, minutes, notify }
        }
        Step::NotifyIfTime { hours, targets, order, ring_seconds, channel } => {
            let notify = domain_notify(targets, order, ring_seconds, channel);
            oncall::Step::NotifyIfTime { hours: hours::domain(hours), notify }
        }
        Step::Wait { minutes } => oncall::Step::Wait { minutes },
        Step::Repeat { times } => oncall::Step::Repeat { times },
        Step::Resolve {} => oncall::Step::Resolve,
    }
}

fn shown_notify(notify: Notify) -> (Vec<Target>, Order, Option<u16>, Option<api::Channel>) {
    let target = |target: oncall::Target| match target {
        oncall::Target::Person(id) => Target { kind: TargetKind::Person, id: id.to_string() },
        oncall::Target::Team(id) => Target { kind: TargetKind::Team, id: id.to_string() },
        oncall::Target::Schedule(id) => Target { kind: TargetKind::Schedule, id: id.to_string() },
    };
    let order = match notify.order {
        oncall::Order::Listed => Order::Listed,
        oncall::Order::Random => Order::Random,
    };
    let targets = notify.targets.into_iter().map(target).collect();
    (targets, order, notify.ring_seconds, notify.channel.map(shown_channel))
}

pub(crate) fn domain_target(Target { kind, id }: Target) -> oncall::Target {
    match kind {
        TargetKind::Person => oncall::Target::Person(PersonId::new(id)),
        TargetKind::Team => oncall::Target::Team(TeamId::new(id)),
        TargetKind::Schedule => oncall::Target::Schedule(ScheduleId::new(id)),
    }
}

fn domain_notify(
    targets: Vec<Target>,
    order: Order,
    ring_seconds: Option<u16>,
    channel: Option<api::Channel>,
) -> Notify {
    let order = match order {
        Order::Listed => oncall::Order::Listed,
        Order::Random => oncall::Order::Random,
    };
    let targets = targets.into_iter().map(domain_target).collect();
    Notify { targets, order, ring_seconds, channel: channel.map(domain_channel) }
}
