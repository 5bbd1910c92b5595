//! A believable organisation: twenty people, three services, four schedules, one line.

use std::collections::BTreeMap;

use jiff::Timestamp;
use oncall::{
    Call, CallId, CallerIdPolicy, Candidate, Destination, Directory, EscalationPolicy, Key, Line, LineId, Mode,
    NamedSchedule, NotificationRules, Notify, Order, Person, PersonId, Phone, Plan, PolicyId, ScheduleId, Service,
    ServiceId, Step, Target, Team, TeamId, Voicemail, WithheldPolicy,
    reach::Why,
    schedule::{Definition, LayerDefinition, OverrideDefinition},
};

pub(crate) const LINE_ID: &str = "ln_7f3k2m9q";
pub(crate) const NUMBER: &str = "+4721000000";
const SERVICES: [(&str, &str); 3] = [("payments", "Payments"), ("platform", "Platform"), ("network", "Network")];

pub(crate) fn plan(version: u64) -> Plan {
    Plan {
        version,
        line: line(),
        services: SERVICES.map(|(id, name)| service(id, name)).to_vec(),
        policies: SERVICES.map(|(id, name)| policy(id, name)).to_vec(),
        directory: Directory {
            people: (1..=20).map(person).collect(),
            teams: vec![Team {
                id: TeamId::new("team_leads"),
                name: "Leads".to_owned(),
                members: [1, 8, 15].map(person_id).to_vec(),
            }],
            schedules: SERVICES.iter().zip(0..).map(|((id, name), place)| schedule(id, name, place)).collect(),
            calendars: Vec::new(),
        },
    }
}

fn line() -> Line {
    Line {
        id: LineId::new(LINE_ID),
        number: NUMBER.parse().unwrap(),
        name: "Acme on-call".to_owned(),
        enabled: true,
        language: "en-GB".to_owned(),
        voice: Some("Polly.Amy".to_owned()),
        prompts: BTreeMap::from([("greeting".to_owned(), "You have reached Acme's engineers.".to_owned())]),
        destinations: SERVICES
            .iter()
            .zip('1'..)
            .map(|((id, name), key)| Destination {
                key: Key::from_char(key).unwrap(),
                service: ServiceId::new(*id),
                label: (*name).to_owned(),
            })
            .collect(),
        default_destination: Key::from_char('2'),
        caller_id: CallerIdPolicy::Line,
        ring_seconds: 20,
        voicemail: Voicemail::default(),
        recording: false,
        support_hours: None,
        blocked: vec!["+4790*".parse().unwrap()],
        allowed: vec![],
        withheld: WithheldPolicy::Accept,
        opens_incidents: true,
        sms_notifications: false,
        voice_notifications: false,
    }
}

fn service(id: &str, name: &str) -> Service {
    Service {
        id: ServiceId::new(id),
        name: name.to_owned(),
        policy: PolicyId::new(format!("pol_{id}")),
        mode: Mode::Normal,
        acknowledged_minutes: None,
    }
}

fn policy(id: &str, name: &str) -> EscalationPolicy {
    let notify = |target| Notify { targets: vec![target], order: Order::Listed, ring_seconds: None, channel: None };
    EscalationPolicy {
        id: PolicyId::new(format!("pol_{id}")),
        name: format!("{name}: on call, then leads"),
        steps: vec![
            Step::Notify(notify(Target::Schedule(ScheduleId::new(format!("sch_{id}"))))),
            Step::Wait { minutes: 5 },
            Step::Notify(notify(Target::Team(TeamId::new("team_leads")))),
            Step::Repeat { times: 2 },
        ],
        fallback: Some(person_id(1)),
    }
}

pub(crate) fn person_id(number: usize) -> PersonId {
    PersonId::new(format!("per_{number:02}"))
}

fn person(number: usize) -> Person {
    let phone = |base: usize| Phone { number: format!("+47{}", base + number).parse().unwrap(), verified: true };
    let phones =
        if number.is_multiple_of(4) { vec![phone(91_000_000), phone(22_000_000)] } else { vec![phone(91_000_000)] };
    Person {
        id: person_id(number),
        name: format!("Person Number {number}"),
        language: None,
        timezone: None,
        rules: NotificationRules::default(),
        phones,
    }
}

fn schedule(id: &str, name: &str, place: usize) -> NamedSchedule {
    let people = |offset: usize| (1..=6).map(|n| vec![person_id(place * 6 + (n + offset) % 6 + 1)]).collect();
    let weekly = |name: &str, priority, offset| LayerDefinition {
        name: name.to_owned(),
        priority,
        users: people(offset),
        frequency: "weekly".to_owned(),
        start: "2024-06-03T08:00".to_owned(),
        ..LayerDefinition::default()
    };
    NamedSchedule {
        id: ScheduleId::new(format!("sch_{id}")),
        name: name.to_owned(),
        definition: Definition {
            timezone: "Europe/Oslo".to_owned(),
            layers: vec![weekly("Primary", 1, 0), weekly("Secondary", 0, 3)],
            overrides: vec![OverrideDefinition {
                start: "2026-10-24T12:00:00+02:00".to_owned(),
                end: "2026-10-25T12:00:00+01:00".to_owned(),
                users: vec![person_id(20)],
            }],
        },
    }
}

pub(crate) fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

/// A call as it came in.
pub(crate) fn call(id: &str, started_at: &str) -> Call {
    let caller = "+4792345678".parse().ok();
    Call::begin(CallId::new(id), LineId::new(LINE_ID), caller, at(started_at))
}

/// Rings a person.
pub(crate) fn ring(call: &mut Call, number: usize, instant: &str) {
    let candidate = Candidate {
        step: Some(0),
        person: person_id(number),
        name: format!("Person Number {number}"),
        phone: 0,
        number: format!("+47{}", 91_000_000 + number).parse().unwrap(),
        ring_seconds: 20,
        why: Why::OnCall { schedule: "Payments".to_owned(), reason: "layer Primary, group 2".to_owned() },
    };
    call.ring(0, &candidate, at(instant));
}
