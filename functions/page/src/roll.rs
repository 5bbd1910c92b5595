//! Who is on call for what a line leads to.

use jiff::Timestamp;
use oncall::{Ladder, LiveCall, Plan, Service};
use words::Heard;

use crate::listener::Listener;

/// One sentence for each service of a line, in the order of its menu: the first whom a call would ring.
pub(crate) fn on_call(listener: &Listener, plan: &Plan, at: Timestamp) -> Vec<String> {
    let mut told: Vec<&Service> = Vec::new();
    for service in plan.line.destinations.iter().filter_map(|destination| plan.service(&destination.service)) {
        if !told.iter().any(|known| known.id == service.id) {
            told.push(service);
        }
    }
    told.into_iter().map(|service| sentence(listener, plan, service, at)).collect()
}

fn sentence(listener: &Listener, plan: &Plan, service: &Service, at: Timestamp) -> String {
    let call = LiveCall { caller: None, seed: plan.line.id.as_str(), round: 0 };
    let ladder = Ladder::of(plan, service, at, call);
    match ladder.candidates().next() {
        Some(first) => listener.hears(Heard::OnCall, &[("service", &service.name), ("person", &first.name)]),
        None => listener.hears(Heard::NobodyOnCall, &[("service", &service.name)]),
    }
}
