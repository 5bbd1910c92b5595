//! A small organisation, made through the API but for its line, which comes with a number.

use std::collections::BTreeMap;

use oncall::{CallerIdPolicy, Destination, Key, Line, LineId, ServiceId, Voicemail, WithheldPolicy};
use serde_json::{Value, json};
use store::{Author, Expected, SaveContext};

use crate::house::House;

pub(crate) const LINE: &str = "ln_7f3k2m9qab";

pub(crate) fn person(id: &str, number: &str) -> Value {
    json!({"id": id, "name": id, "phones": [{"number": number}]})
}

pub(crate) fn schedule(id: &str) -> Value {
    json!({
        "id": id, "name": id, "timezone": "Europe/Oslo",
        "layers": [{"name": "Days", "users": [["ada"], ["bo"]], "frequency": "daily", "start": "2026-10-20T08:00"}],
    })
}

pub(crate) fn policy(id: &str) -> Value {
    json!({
        "id": id, "name": id,
        "steps": [
            {"type": "notify", "targets": [{"type": "schedule", "id": "primary"}]},
            {"type": "wait", "minutes": 5},
            {"type": "notify", "targets": [{"type": "team", "id": "leads"}], "order": "random"},
        ],
        "fallback": "ada",
    })
}

/// One day each year, and a span of one year, in Advent.
pub(crate) fn holidays(id: &str) -> Value {
    json!({"id": id, "name": "Norway", "days": [
        {"name": "Saint Nicholas", "from": "2020-12-06", "yearly": true},
        {"name": "Christmas party", "from": "2026-11-30", "to": "2026-12-01"},
    ]})
}

/// Ada and Bo, their team, a schedule, a policy, a service.
pub(crate) async fn settle(house: &House) {
    house.make("/people", person("ada", "+4791000001")).await;
    house.make("/people", person("bo", "+4791000002")).await;
    house.make("/teams", json!({"id": "leads", "name": "Leads", "members": ["bo"]})).await;
    house.make("/schedules", schedule("primary")).await;
    house.make("/escalation-policies", policy("payments")).await;
    house.make("/services", json!({"id": "payments", "name": "Payments", "policy": "payments"})).await;
}

/// The phones of Ada and Bo become theirs, as if they had read a code out.
pub(crate) async fn verify(house: &House) {
    for id in ["ada", "bo"] {
        let found = house.store.find::<oncall::Person>(id).await.unwrap().unwrap();
        let mut person = found.value;
        person.phones.iter_mut().for_each(|phone| phone.verified = true);
        keep(house, &person).await;
    }
}

/// A line that leads to the service, as if its number had been bought.
pub(crate) async fn with_line(house: &House) {
    keep(house, &line(LINE, "+4721000000")).await;
}

/// What a house has besides its organisation: an account, and a fallback document for its line.
pub(crate) async fn furnish(house: &House) {
    let integration = store::Integration {
        account: "AC1".to_owned(),
        name: "Acme".to_owned(),
        key_sid: "SK1".to_owned(),
        auth_token_last4: String::new(),
        key_secret_last4: String::new(),
        created_at: house.now(),
        rotated_at: None,
        rotation: None,
        version: 1,
    };
    assert!(house.store.add_integration(&integration, &crate::estate::by_test()).await.unwrap());
    let until = house.now().checked_add(jiff::SignedDuration::from_hours(24)).unwrap();
    for line in house.store.lines().await.unwrap() {
        house.store.address_fallback(&line.id, store::Address::from([7; 16])).await.unwrap();
        let written = store::Written { version: line.version, until };
        assert!(house.store.record_fallback(&line.id, written, None).await.unwrap());
    }
}

/// A line with a number that leads to the service.
pub(crate) fn line(id: &str, number: &str) -> Line {
    let destination = Destination {
        key: Key::from_char('1').unwrap(),
        service: ServiceId::new("payments"),
        label: "payments".to_owned(),
    };
    Line {
        id: LineId::new(id),
        number: number.parse().unwrap(),
        name: "Hotline".to_owned(),
        enabled: true,
        language: "en-GB".to_owned(),
        voice: None,
        prompts: BTreeMap::new(),
        destinations: vec![destination],
        default_destination: None,
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

/// Keeps an object as it is.
pub(crate) async fn keep<T: store::Configured>(house: &House, value: &T) {
    let by = Author::of("test");
    let context = SaveContext { by: &by, at: house.now(), prompts: &[] };
    house.store.save(value, Expected::Any, &context).await.unwrap();
}
