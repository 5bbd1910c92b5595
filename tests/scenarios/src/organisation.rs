//! The organisation that most stories are about. Everybody and every number is made up.

use std::collections::BTreeMap;

use oncall::{
    CallerIdPolicy, Destination, Directory, EscalationPolicy, Key, Line, LineId, Mode, NamedSchedule,
    NotificationRules, Notify, Order, Person, PersonId, Phone, Plan, PolicyId, ScheduleId, Service, ServiceId, Step,
    Target, Voicemail, WithheldPolicy,
    schedule::{Definition, LayerDefinition},
};

/// The line.
pub const LINE: &str = "+4721000000";
/// Somebody outside.
pub const CALLER: &str = "+4790000009";
/// Ada's telephone.
pub const ADA: &str = "+4791000001";
/// Ada's second telephone; on the plan only where a story gives it to her.
pub const ADA_SECOND: &str = "+4791000011";
/// Bo's telephone.
pub const BO: &str = "+4791000002";
/// Cy's telephone.
pub const CY: &str = "+4791000003";

/// A line with two destinations: `1` payments, which finds Ada and then Bo, and `2` network, which finds Cy.
pub fn organisation() -> Plan {
    Plan {
        version: 1,
        line: Line {
            id: LineId::new("line-1"),
            number: LINE.parse().unwrap(),
            name: "Example support".to_owned(),
            enabled: true,
            language: "en-GB".to_owned(),
            voice: None,
            prompts: BTreeMap::new(),
            destinations: vec![destination('1', "payments"), destination('2', "network")],
            default_destination: None,
            caller_id: CallerIdPolicy::Line,
            ring_seconds: 20,
            voicemail: Voicemail::default(),
            recording: false,
            support_hours: None,
            blocked: Vec::new(),
            allowed: Vec::new(),
            withheld: WithheldPolicy::Accept,
            opens_incidents: true,
            sms_notifications: false,
            voice_notifications: false,
        },
        services: vec![service("payments"), service("network")],
        policies: vec![
            policy("payments", vec![notify(&["ada"]), notify(&["bo"])]),
            policy("network", vec![notify(&["cy"])]),
        ],
        directory: Directory {
            people: vec![person("ada", ADA), person("bo", BO), person("cy", CY)],
            teams: Vec::new(),
            schedules: Vec::new(),
            calendars: Vec::new(),
        },
    }
}

/// The same with a line that sends pages: for `payments` Ada is paged, then after five minutes Bo.
pub fn paging() -> Plan {
    let mut plan = organisation();
    plan.line.sms_notifications = true;
    plan.line.voice_notifications = true;
    policy_of(&mut plan, "payments").steps.insert(1, Step::Wait { minutes: 5 });
    plan
}

/// Leaves only the first destination.
pub fn one_destination(plan: &mut Plan) {
    plan.line.destinations.truncate(1);
}

/// The policy of a service.
pub fn policy_of<'p>(plan: &'p mut Plan, service: &str) -> &'p mut EscalationPolicy {
    plan.policies.iter_mut().find(|policy| policy.id.as_str() == service).unwrap()
}

/// A step that notifies people.
pub fn notify(people: &[&str]) -> Step {
    notify_targets(people.iter().map(|id| Target::Person(PersonId::new(*id))).collect())
}

/// A step that notifies whoever is on call.
pub fn on_schedule(schedule: &str) -> Step {
    notify_targets(vec![Target::Schedule(ScheduleId::new(schedule))])
}

fn notify_targets(targets: Vec<Target>) -> Step {
    Step::Notify(Notify { targets, order: Order::Listed, ring_seconds: None, channel: None })
}

/// A schedule in Oslo on which people take turns by the week, from a local time on.
pub fn weekly(id: &str, start: &str, people: &[&str]) -> NamedSchedule {
    let layer = LayerDefinition {
        name: "Rotation".to_owned(),
        users: people.iter().map(|id| vec![PersonId::new(*id)]).collect(),
        frequency: "weekly".to_owned(),
        start: start.to_owned(),
        ..LayerDefinition::default()
    };
    NamedSchedule {
        id: ScheduleId::new(id),
        name: id.to_owned(),
        definition: Definition { timezone: "Europe/Oslo".to_owned(), layers: vec![layer], overrides: Vec::new() },
    }
}

fn policy(id: &str, steps: Vec<Step>) -> EscalationPolicy {
    EscalationPolicy { id: PolicyId::new(id), name: id.to_owned(), steps, fallback: None }
}

fn service(id: &str) -> Service {
    Service {
        id: ServiceId::new(id),
        name: id.to_owned(),
        policy: PolicyId::new(id),
        mode: Mode::Normal,
        acknowledged_minutes: None,
    }
}

fn destination(key: char, service: &str) -> Destination {
    Destination { key: Key::from_char(key).unwrap(), service: ServiceId::new(service), label: service.to_owned() }
}

fn person(id: &str, number: &str) -> Person {
    let phone = Phone { number: number.parse().unwrap(), verified: true };
    Person {
        id: PersonId::new(id),
        name: id.to_owned(),
        language: None,
        timezone: None,
        rules: NotificationRules::default(),
        phones: vec![phone],
    }
}
