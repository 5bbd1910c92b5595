use oncall::{EscalationPolicy, Notify, Order, PersonId, PolicyId, ScheduleId, Step, Target, TeamId};

pub(super) fn all() -> Vec<EscalationPolicy> {
    vec![
        policy("payments", notify(schedule("payments"), Order::Listed), leads(Order::Listed)),
        policy("platform", notify(schedule("platform"), Order::Listed), leads(Order::Random)),
        policy(
            "network",
            notify(schedule("network"), Order::Listed),
            notify(Target::Team(TeamId::new("network")), Order::Random),
        ),
    ]
}

/// Whoever is on call; five minutes later the second step; all of it once more; then Eva.
fn policy(id: &str, first: Notify, second: Notify) -> EscalationPolicy {
    EscalationPolicy {
        id: PolicyId::new(id),
        name: format!("{id} escalation"),
        steps: vec![Step::Notify(first), Step::Wait { minutes: 5 }, Step::Notify(second), Step::Repeat { times: 1 }],
        fallback: Some(PersonId::new("eva")),
    }
}

fn leads(order: Order) -> Notify {
    notify(Target::Team(TeamId::new("leads")), order)
}

fn schedule(id: &str) -> Target {
    Target::Schedule(ScheduleId::new(id))
}

fn notify(target: Target, order: Order) -> Notify {
    Notify { targets: vec![target], order, ring_seconds: None, channel: None }
}
