//! Documents of format 1 stay readable, and are written as they always were.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::civil::{Weekday, date, time};
use oncall::{
    AttemptResult, CallId, CallerIdPolicy, Channel, Hours, IncidentId, Key, LineId, Mode, Order, PersonId, Stage, Step,
    Target, TeamId, Transcript, Window, WithheldPolicy,
};
use serde_json::Value;
use store::{IncidentSaved, PlanKey, Saved};

use crate::{
    organisation::{LINE_ID, at},
    table::{Table, number, text},
};

const PLAN: &str = include_str!("../../fixtures/plan-format-1.json");
const CALL: &str = include_str!("../../fixtures/call-format-1.json");
const INCIDENT: &str = include_str!("../../fixtures/incident-format-1.json");
const SID: &str = "CA0123456789abcdef0123456789abcdef";

pub(crate) fn item(pk: &str, sk: &str, document: &str) -> HashMap<String, AttributeValue> {
    let attributes =
        [("pk", text(pk)), ("sk", text(sk)), ("doc", text(document)), ("format", number(1)), ("version", number(5))];
    attributes.map(|(name, value)| (name.to_owned(), value)).into()
}

/// The document of an item and the fixture, as JSON values.
async fn written(table: &Table, pk: &str, sk: &str, fixture: &str) -> (Value, Value) {
    let item = table.item(pk, sk).await.unwrap();
    let written = item["doc"].as_s().unwrap();
    (serde_json::from_str(written).unwrap(), serde_json::from_str(fixture).unwrap())
}

#[tokio::test]
async fn plan() {
    let table = Table::new().await;
    table.put(item(&format!("line#{LINE_ID}"), "plan", PLAN)).await;
    let stored = table.store.plan(PlanKey::Line(&LineId::new(LINE_ID))).await.unwrap().unwrap();
    assert_eq!(stored.problems, []);
    let mut plan = stored.plan;

    assert_eq!(plan.version, 5);
    assert_eq!(plan.line.number, "+4721000000".parse().unwrap());
    assert_eq!(plan.line.default_destination, Key::from_char('0'));
    assert_eq!((plan.line.caller_id, plan.line.withheld), (CallerIdPolicy::Caller, WithheldPolicy::Refuse));
    let window =
        Window { days: vec![Weekday::Monday, Weekday::Sunday], from: time(8, 0, 0, 0), to: time(16, 30, 0, 0) };
    let hours = Hours {
        timezone: "Europe/Oslo".to_owned(),
        windows: vec![window],
        holidays: vec![date(2026, 12, 25)],
        calendars: vec![],
    };
    assert_eq!(plan.line.support_hours, Some(hours));
    let modes: Vec<_> = plan.services.iter().map(|service| service.mode).collect();
    let until = Some(at("2026-10-25T01:00:00.5Z"));
    assert_eq!(modes, [Mode::Normal, Mode::Debug { until: None }, Mode::Maintenance { until }]);
    let steps = &plan.policies[0].steps;
    let Step::Notify(notify) = &steps[0] else { panic!("{steps:?}") };
    assert_eq!(notify.targets[1], Target::Team(TeamId::new("team_1")));
    assert_eq!((notify.order, notify.channel), (Order::Random, Some(Channel::Voice)));
    assert_eq!((steps.len(), &steps[5]), (6, &Step::Resolve));
    let layer = &plan.directory.schedules[0].definition.layers[0];
    assert_eq!((layer.priority, &layer.users), (-1, &vec![vec![PersonId::new("per_1")], vec![]]));
    assert!(!plan.directory.people[0].phones[1].verified);

    plan.version = 6;
    table.store.save_plan(&plan).await.unwrap();
    let (written, fixture) = written(&table, "number#+4721000000", "plan", PLAN).await;
    assert_eq!(written, fixture);
}

#[tokio::test]
async fn call() {
    let table = Table::new().await;
    let mut stored = item(&format!("call#{SID}"), "call", CALL);
    let leg = r#"{"status":"completed","seconds":64,"sip_response":200}"#;
    stored.insert("leg_2".to_owned(), text(leg));
    table.put(stored).await;
    let logged = table.store.call(&CallId::new(SID)).await.unwrap().unwrap();

    let call = &logged.call;
    assert_eq!((call.version, call.stage), (5, Stage::Connected { attempt: 2 }));
    assert_eq!(call.started_at, at("2026-10-25T00:30:00.123456789Z"));
    assert_eq!(call.attempts[0].result, AttemptResult::NoAnswer);
    assert_eq!((call.attempts[1].step, call.attempts[1].talk_seconds()), (None, Some(60)));
    let message = call.message.as_ref().unwrap();
    assert_eq!(message.transcript, Transcript::Text("Call me back.".to_owned()));
    assert_eq!((logged.legs[&2].seconds, logged.legs[&2].sip_response), (Some(64), Some(200)));

    assert_eq!(table.store.save_call(call).await.unwrap(), Saved::Yes { version: 6 });
    let (written, fixture) = written(&table, &format!("call#{SID}"), "call", CALL).await;
    assert_eq!(written, fixture);
}

#[tokio::test]
async fn incident() {
    let table = Table::new().await;
    table.put(item("incident#in_7f3k2m9q", "incident", INCIDENT)).await;
    let stored = table.store.incident(&IncidentId::new("in_7f3k2m9q")).await.unwrap().unwrap();
    assert_eq!(stored.problems, []);
    let incident = stored.incident;

    assert_eq!((incident.version, incident.number, incident.generation), (5, 42, 1));
    assert_eq!(incident.due(), Some(at("2026-11-20T12:20:00Z")), "held");
    assert_eq!((incident.pages.len(), incident.pages_ordered, incident.log.left_out), (9, 9, 3));
    assert_eq!(incident.pages.iter().filter(|page| page.is_pending()).count(), 4);
    assert_eq!((incident.events.recent.len(), incident.events.within(1, at("2026-11-20T12:00:00Z"))), (6, 2));

    let saved = table.store.save_incident(&incident, &incident).await.unwrap();
    assert!(matches!(saved, IncidentSaved::Yes(saved) if saved.version == 6));
    let (written, fixture) = written(&table, "incident#in_7f3k2m9q", "incident", INCIDENT).await;
    assert_eq!(written, fixture);
}
