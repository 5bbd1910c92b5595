//! Ada and Bo are paged; two lines, one of which leads to one service.

use std::collections::BTreeMap;

use jiff::Timestamp;
use oncall::{
    CallerIdPolicy, Destination, EscalationPolicy, IncidentId, Key, Line, LineId, Mode, NotificationRules, Notify,
    Order, Person, PersonId, Phone, PolicyId, Service, ServiceId, Step, Target, ThreadId, Voicemail, WithheldPolicy,
    incident::{Early, Event, Opening, Reason, Severity, Signal, Snapshot, Source, open},
};
use store::{About, Author, Configured, Expected, Opened, SaveContext, Store};

pub(crate) const NOW: &str = "2026-11-20T10:00:00Z";
pub(crate) const HOTLINE: &str = "+4721000000";
pub(crate) const DESK: &str = "+4721000001";
pub(crate) const ADA: &str = "+4790000001";
pub(crate) const BO: &str = "+4790000002";
pub(crate) const CALLER: &str = "+4799999999";

pub(crate) fn now() -> Timestamp {
    NOW.parse().unwrap()
}

pub(crate) async fn save<T: Configured>(store: &Store, value: &T) {
    let by = Author::of("tk_1");
    let context = SaveContext { by: &by, at: now(), prompts: &[] };
    store.save(value, Expected::Any, &context).await.unwrap();
}

pub(crate) fn person(id: &str, name: &str, number: &str) -> Person {
    Person {
        id: PersonId::new(id),
        name: name.to_owned(),
        language: None,
        timezone: Some("Europe/Oslo".to_owned()),
        phones: vec![Phone { number: number.parse().unwrap(), verified: true }],
        rules: NotificationRules::default(),
    }
}

pub(crate) fn service(id: &str, mode: Mode) -> Service {
    let policy = PolicyId::new("usual");
    Service { id: ServiceId::new(id), name: id.to_owned(), policy, mode, acknowledged_minutes: None }
}

fn policy() -> EscalationPolicy {
    let notify = |id: &str| {
        let targets = vec![Target::Person(PersonId::new(id))];
        Step::Notify(Notify { targets, order: Order::Listed, ring_seconds: None, channel: None })
    };
    let steps = vec![notify("ada"), Step::Wait { minutes: 5 }, notify("bo")];
    EscalationPolicy { id: PolicyId::new("usual"), name: "Usual".to_owned(), steps, fallback: None }
}

pub(crate) fn line(id: &str, name: &str, number: &str, services: &[&str]) -> Line {
    let destinations = ('1'..).zip(services).map(|(key, service)| Destination {
        key: Key::from_char(key).unwrap(),
        service: ServiceId::new(*service),
        label: format!("the {service}"),
    });
    Line {
        id: LineId::new(id),
        number: number.parse().unwrap(),
        name: name.to_owned(),
        enabled: true,
        language: "en-GB".to_owned(),
        voice: None,
        prompts: BTreeMap::new(),
        destinations: destinations.collect(),
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
        sms_notifications: true,
        voice_notifications: true,
    }
}

/// The hotline asks what it is about, the desk does not.
pub(crate) async fn create(store: &Store) {
    save(store, &person("ada", "Ada", ADA)).await;
    save(store, &person("bo", "Bo", BO)).await;
    save(store, &policy()).await;
    for id in ["payments", "network"] {
        save(store, &service(id, Mode::Normal)).await;
    }
    save(store, &line("hotline", "Acme", HOTLINE, &["payments", "network"])).await;
    save(store, &line("desk", "Desk", DESK, &["payments"])).await;
}

/// An incident of payments, of which Ada's phone has been told.
pub(crate) async fn incident(store: &Store, id: &str, thread: Option<&str>) -> u32 {
    incident_of(store, id, thread.unwrap_or(id), thread).await;
    tell(store, ADA, id).await
}

/// An incident with a key.
pub(crate) async fn incident_of(store: &Store, id: &str, key: &str, thread: Option<&str>) {
    let payments = ServiceId::new("payments");
    let around = store.around(About::Service(&payments), &[]).await.unwrap();
    let event = Event {
        id: format!("{id}:event"),
        at: now(),
        source: if thread.is_some() { Source::Text } else { Source::Tool },
        summary: Some("Disk full".to_owned()),
        severity: Some(Severity::Critical),
        signal: Signal::Trigger,
        thread: thread.map(ThreadId::new),
        links: Vec::new(),
    };
    let opening = Opening {
        id: IncidentId::new(id),
        number: 42,
        key: key.to_owned(),
        service: Some(payments.clone()),
        snapshot: Snapshot { policy: around.policy.clone(), acknowledged_minutes: None },
        reason: Reason::Event { event, early: Early::default() },
    };
    let opened = open(opening, now(), &around.surroundings()).incident;
    let known = store.known_key(Some(&payments), key, now()).await.unwrap();
    let Opened::Yes(_) = store.open_incident(&known, &opened).await.unwrap() else { panic!("a race") };
}

/// A phone is told of an incident; the code.
pub(crate) async fn tell(store: &Store, phone: &str, id: &str) -> u32 {
    let mut log = store.phone_log(&phone.parse().unwrap()).await.unwrap();
    let told = log.codes.announce(&IncidentId::new(id), now());
    let oncall::texting::Announcement::Alone { code } = told else { panic!("a storm") };
    store.save_phone_log(log).await.unwrap();
    code
}
