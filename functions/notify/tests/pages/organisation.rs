//! Three people who are called one after the other, or all at once.

use std::collections::BTreeMap;

use jiff::Timestamp;
use oncall::{
    CallerIdPolicy, Destination, EscalationPolicy, Key, Line, LineId, Mode, NotificationRules, Notify, Order, Person,
    PersonId, Phone, PolicyId, Service, ServiceId, Step, Target, Voicemail, WithheldPolicy,
};
use store::{Author, Expected, Integration, Object, SaveContext, Store};

pub(crate) const LINE: &str = "+4721000000";
pub(crate) const ADA: &str = "+4791000001";
pub(crate) const BEN: &str = "+4791000002";
pub(crate) const CLEO: &str = "+4791000003";

pub(crate) async fn save(store: &Store, at: Timestamp, account: &str, key_sid: &str) {
    for object in objects() {
        put(store, at, object).await;
    }
    let author = Author::of("test");
    let integration = Integration {
        account: account.to_owned(),
        name: "Ours".to_owned(),
        key_sid: key_sid.to_owned(),
        auth_token_last4: "abcd".to_owned(),
        key_secret_last4: "abcd".to_owned(),
        created_at: at,
        rotated_at: None,
        rotation: None,
        version: 1,
    };
    assert!(store.add_integration(&integration, &author).await.unwrap());
}

pub(crate) async fn put(store: &Store, at: Timestamp, object: Object) {
    let author = Author::of("test");
    let context = SaveContext { by: &author, at, prompts: &[] };
    store.save_object(&object, Expected::Absent, &context).await.unwrap();
}

fn objects() -> Vec<Object> {
    let people = [("ada", ADA, None), ("ben", BEN, Some("nb-NO")), ("cleo", CLEO, None)];
    let people = people.map(|(id, number, language)| person(id, number, language).into());
    let wait = Step::Wait { minutes: 5 };
    let policies = [
        policy("payments", vec![notify(&["ada"]), wait.clone(), notify(&["ben"])]).into(),
        policy("platform", vec![notify(&["ada", "ben", "cleo"]), wait]).into(),
    ];
    let services = ["payments", "platform"].map(|id| service(id).into());
    people.into_iter().chain(policies).chain(services).chain([line().into()]).collect()
}

pub(crate) fn person(id: &str, number: &str, language: Option<&str>) -> Person {
    Person {
        id: PersonId::new(id),
        name: id.to_owned(),
        language: language.map(str::to_owned),
        timezone: None,
        phones: vec![Phone { number: number.parse().unwrap(), verified: true }],
        rules: NotificationRules::default(),
    }
}

pub(crate) fn notify(people: &[&str]) -> Step {
    let targets = people.iter().map(|id| Target::Person(PersonId::new(*id))).collect();
    Step::Notify(Notify { targets, order: Order::Listed, ring_seconds: None, channel: None })
}

pub(crate) fn policy(id: &str, steps: Vec<Step>) -> EscalationPolicy {
    EscalationPolicy { id: PolicyId::new(id), name: id.to_owned(), steps, fallback: None }
}

pub(crate) fn service(id: &str) -> Service {
    Service {
        id: ServiceId::new(id),
        name: id.to_owned(),
        policy: PolicyId::new(id),
        acknowledged_minutes: None,
        mode: Mode::Normal,
    }
}

pub(crate) fn line() -> Line {
    Line {
        id: LineId::new("hotline"),
        number: LINE.parse().unwrap(),
        name: "Hotline".to_owned(),
        enabled: true,
        language: "en-GB".to_owned(),
        voice: None,
        prompts: BTreeMap::new(),
        destinations: vec![Destination {
            key: Key::from_char('1').unwrap(),
            service: ServiceId::new("payments"),
            label: "payments".to_owned(),
        }],
        default_destination: None,
        caller_id: CallerIdPolicy::Line,
        ring_seconds: 20,
        voicemail: Voicemail::default(),
        recording: false,
        support_hours: None,
        blocked: vec![],
        allowed: vec![],
        withheld: WithheldPolicy::Accept,
        opens_incidents: true,
        sms_notifications: true,
        voice_notifications: true,
    }
}
