//! PagerDuty's Events API v2.

use std::collections::BTreeMap;

use pipeline::{Link, Severity, ToolEvent, ToolKind};
use serde_json::{Value, json};

use crate::house::{House, KEY, NOW};

fn trigger() -> Value {
    serde_json::from_str(include_str!("../../fixtures/pagerduty_trigger.json")).unwrap()
}

#[tokio::test]
async fn a_trigger_is_queued_with_all_that_it_says() {
    let house = House::open().await;
    let answer = house.enqueue(&trigger()).await;
    let body = json!({"status": "success", "message": "Event processed", "dedup_key": "db1/replication"});
    assert_eq!((answer.status, answer.body), (202, body));
    let event = house.one().await;
    let link = |href: &str, text: &str| Link { href: href.to_owned(), text: Some(text.to_owned()) };
    let details = [
        ("class", "lag"),
        ("component", "postgres"),
        ("group", "prod-databases"),
        ("lag", "40 s"),
        ("load avg", "0.75"),
        ("replicas", r#"["db2","db3"]"#),
    ];
    let expected = ToolEvent {
        version: 1,
        id: event.id.clone(),
        kind: ToolKind::Trigger,
        service: "payments".to_owned(),
        dedup_key: "db1/replication".to_owned(),
        at: NOW.parse().unwrap(),
        happened_at: "2026-11-20T09:59:30.315Z".parse().ok(),
        tool: "Sample Monitoring".to_owned(),
        source: Some("db1.example.com".to_owned()),
        summary: Some("Replication lag of 40 s on db1".to_owned()),
        severity: Some(Severity::Error),
        links: vec![
            link("https://example.com/runbook", "Runbook"),
            link("https://example.com/lag", "Lag"),
            link("https://monitoring.example.com", "Sample Monitoring"),
        ],
        details: details.map(|(name, text)| (name.to_owned(), text.to_owned())).into_iter().collect::<BTreeMap<_, _>>(),
        shortened: false,
    };
    assert_eq!(event, expected);
}

#[tokio::test]
async fn it_costs_one_look_one_count_and_one_message() {
    let house = House::open().await;
    house.enqueue(&trigger()).await;
    let asked = [("GetItem", 1), ("UpdateItem", 1), ("SendMessage", 1)];
    assert_eq!(house.asked(), asked.map(|(name, times)| (name.to_owned(), times)).into());
}

#[tokio::test]
async fn what_is_sent_again_has_the_same_id() {
    let house = House::open().await;
    house.enqueue(&trigger()).await;
    house.at("2026-11-20T10:01:00Z");
    house.enqueue(&trigger()).await;
    let mut other = trigger();
    other["payload"]["summary"] = "Replication lag of 50 s on db1".into();
    house.enqueue(&other).await;
    house.at("2026-11-20T14:01:00Z");
    house.enqueue(&trigger()).await;
    let ids: Vec<_> = house.queued().await.into_iter().map(|event| event.id).collect();
    assert_eq!(ids.len(), 4);
    assert_eq!(ids[0], ids[1]);
    assert!(ids[2] != ids[0] && ids[3] != ids[0] && ids[3] != ids[2], "{ids:?}");
}

#[tokio::test]
async fn without_a_time_of_the_tool_the_same_words_are_news() {
    let house = House::open().await;
    let mut event = trigger();
    event["payload"].as_object_mut().unwrap().remove("timestamp");
    house.enqueue(&event).await;
    house.at("2026-11-20T10:00:05Z");
    house.enqueue(&event).await;
    let queued = house.queued().await;
    assert_ne!(queued[0].id, queued[1].id);
}

#[tokio::test]
async fn a_trigger_without_a_key_gets_one_and_its_repetition_the_same() {
    let house = House::open().await;
    let mut event = trigger();
    event.as_object_mut().unwrap().remove("dedup_key");
    let made = house.enqueue(&event).await.body["dedup_key"].as_str().unwrap().to_owned();
    assert_eq!(made.len(), 32);
    assert_eq!(house.enqueue(&event).await.body["dedup_key"], made.as_str());
    event["payload"]["source"] = "db2.example.com".into();
    assert_ne!(house.enqueue(&event).await.body["dedup_key"], made.as_str());
    assert!(house.queued().await.iter().any(|event| event.dedup_key == made));
}

#[tokio::test]
async fn acknowledge_and_resolve_need_a_key_and_nothing_else() {
    let house = House::open().await;
    for (action, kind) in [("acknowledge", ToolKind::Acknowledge), ("resolve", ToolKind::Resolve)] {
        let answer = house.enqueue(&json!({"event_action": action, "dedup_key": "k"})).await;
        assert_eq!((answer.status, &answer.body["dedup_key"]), (202, &json!("k")));
        let event = house.one().await;
        assert_eq!((event.kind, event.dedup_key.as_str(), event.summary), (kind, "k", None));
        house.enqueue(&json!({"event_action": action})).await.is_invalid(&["'dedup_key' is missing or blank"]);
    }
}

#[tokio::test]
async fn what_is_not_known_is_ignored_and_what_is_too_long_is_cut() {
    let house = House::open().await;
    let mut event = trigger();
    event["payload"]["summary"] = "å".repeat(2000).into();
    event["payload"]["colour"] = json!({"red": true});
    event["payload"]["timestamp"] = "yesterday".into();
    event["links"] = json!([{"href": "javascript:alert(1)"}, 3, {"text": "nowhere"}]);
    event["images"] = json!("none");
    event["schema"] = json!(7);
    assert_eq!(house.enqueue(&event).await.status, 202);
    let event = house.one().await;
    let summary = event.summary.unwrap();
    assert!(summary.len() <= 1024 && summary.ends_with("å…") && event.shortened, "{summary}");
    assert_eq!((event.happened_at, event.links.len()), (None, 1));
}

#[tokio::test]
async fn every_refusal_says_what_is_wrong() {
    let house = House::open().await;
    house
        .enqueue(&json!({}))
        .await
        .is_invalid(&["'event_action' is missing or blank", "'dedup_key' is missing or blank"]);
    let one_of = "'event_action' must be one of trigger, acknowledge, resolve";
    house.enqueue(&json!({"event_action": "open", "dedup_key": "k"})).await.is_invalid(&[one_of]);
    house.enqueue(&json!({"event_action": "trigger"})).await.is_invalid(&["'payload' is missing or blank"]);
    house
        .enqueue(&json!({"event_action": "trigger", "payload": {"summary": " ", "severity": "bad", "source": 3}}))
        .await
        .is_invalid(&[
            "'payload.summary' is missing or blank",
            "'payload.source' must be a text",
            "'payload.severity' must be one of critical, error, warning, info",
        ]);
    let mut event = trigger();
    event["payload"] = json!("down");
    house.enqueue(&event).await.is_invalid(&["'payload' must be an object"]);
    let mut event = trigger();
    event["dedup_key"] = "x".repeat(256).into();
    house.enqueue(&event).await.is_invalid(&["'dedup_key' has more than 255 characters"]);
    event["dedup_key"] = "a\u{0}".into();
    house.enqueue(&event).await.is_invalid(&["'dedup_key' holds control characters"]);
    event["dedup_key"] = 7.into();
    house.enqueue(&event).await.is_invalid(&["'dedup_key' must be a text"]);

    let post = async |body: &str| house.post("/events/v2/enqueue", &[], body).await;
    post("{").await.is_invalid(&["The body is no JSON"]);
    post("[]").await.is_invalid(&["The event must be an object"]);
    post(r#"{"event_action":"resolve","dedup_key":"k"}"#).await.is_invalid(&["'routing_key' is missing or blank"]);
    assert_eq!(house.asked(), BTreeMap::new(), "what is wrong costs nothing");
    let unknown = r#"{"routing_key":"unknown","event_action":"resolve","dedup_key":"k"}"#;
    post(unknown).await.is_invalid(&["Invalid routing key"]);
    assert_eq!(house.queued().await, []);
    assert_eq!(house.table.counts(), [("GetItem".to_owned(), 1)].into(), "nobody's events are not counted");
}

#[tokio::test]
async fn a_body_may_have_256_kib() {
    let house = House::open().await;
    let with = |bytes: usize| {
        let body = format!(r#"{{"routing_key":"{KEY}","event_action":"resolve","dedup_key":"k","x":""}}"#);
        let filled = "y".repeat(bytes - body.len());
        body.replace(r#""x":"""#, &format!(r#""x":"{filled}""#))
    };
    assert_eq!(house.post("/events/v2/enqueue", &[], with(262_144)).await.status, 202);
    let answer = house.post("/events/v2/enqueue", &[], with(262_145)).await;
    assert_eq!((answer.status, &answer.body["message"]), (413, &json!("Event object is too large")));
    assert_eq!(house.queued().await.len(), 1);
}
