//! Our own shape.

use pipeline::{Severity, ToolKind};
use serde_json::json;

use crate::house::{House, KEY};

#[tokio::test]
async fn a_trigger_is_queued_with_all_that_it_says() {
    let house = House::open().await;
    let body = json!({
        "action": "trigger", "dedup_key": "backup/db1", "summary": "The backup of db1 has failed", "severity": "warning",
        "tool": "cron", "source": "db1.example.org", "timestamp": "2026-11-20T10:59:30+01:00",
        "links": [{"href": "https://wiki.example.org/backup", "text": "Runbook"}], "details": {"exit": 3, "host": null},
    });
    let answer = house.post_with_key("/events", &body).await;
    let event = house.one().await;
    assert_eq!((answer.status, answer.body), (202, json!({"id": event.id, "dedup_key": "backup/db1"})));
    assert_eq!((event.kind, event.severity), (ToolKind::Trigger, Some(Severity::Warning)));
    assert_eq!((event.tool.as_str(), event.source.as_deref()), ("cron", Some("db1.example.org")));
    assert_eq!(event.happened_at, "2026-11-20T09:59:30Z".parse().ok());
    assert_eq!((event.links.len(), event.details["exit"].as_str(), event.details.len()), (1, "3", 1));
}

#[tokio::test]
async fn it_costs_one_look_one_count_and_one_message() {
    let house = House::open().await;
    house.post_with_key("/events", &json!({"action": "trigger", "summary": "down"})).await;
    let asked = [("GetItem", 1), ("UpdateItem", 1), ("SendMessage", 1)];
    assert_eq!(house.asked(), asked.map(|(name, times)| (name.to_owned(), times)).into());
}

#[tokio::test]
async fn an_id_makes_a_repetition_known_whenever_it_comes() {
    let house = House::open().await;
    let body = json!({"action": "resolve", "dedup_key": "k", "id": "run 1"});
    house.post_with_key("/events", &body).await;
    house.at("2026-11-22T10:00:00Z");
    house.post_with_key("/events", &body).await;
    house.post_with_key("/events", &json!({"action": "resolve", "dedup_key": "k", "id": "run 2"})).await;
    let queued = house.queued().await;
    assert!(queued[0].id == queued[1].id && queued[0].id != queued[2].id, "{queued:?}");
}

#[tokio::test]
async fn every_refusal_names_its_field() {
    let house = House::open().await;
    let refuses = async |body: serde_json::Value, fields: &[&str]| {
        house.post_with_key("/events", &body).await.refuses(422, "refused", fields);
    };
    refuses(json!({}), &["action"]).await;
    refuses(json!([1]), &[""]).await;
    refuses(json!({"action": "open"}), &["action"]).await;
    refuses(json!({"action": "trigger"}), &["summary"]).await;
    refuses(json!({"action": "trigger", "summary": 3}), &["summary"]).await;
    refuses(json!({"action": "resolve"}), &["dedup_key"]).await;
    refuses(json!({"action": "acknowledge", "dedup_key": " "}), &["dedup_key"]).await;
    refuses(json!({"action": "resolve", "dedup_key": "x".repeat(256)}), &["dedup_key"]).await;
    refuses(json!({"action": "resolve", "dedup_key": "k", "id": "x".repeat(256)}), &["id"]).await;
    refuses(json!({"action": "resolve", "dedup_key": "k", "sumary": "s"}), &["sumary"]).await;
    refuses(json!({"action": "resolve", "dedup_key": "k", "severity": "high"}), &["severity"]).await;
    refuses(json!({"action": "resolve", "dedup_key": "k", "timestamp": "now"}), &["timestamp"]).await;
    refuses(json!({"action": "resolve", "dedup_key": "k", "details": []}), &["details"]).await;
    let links = json!([{"href": "ftp://a"}, {"text": "b"}, {"href": "https://c", "colour": "red"}, 3]);
    let fields = ["links[3]", "links[0].href", "links[1].href", "links[2].colour"];
    refuses(json!({"action": "resolve", "dedup_key": "k", "links": links}), &fields).await;
    assert_eq!(house.asked().len(), 0, "what is wrong costs nothing");
}

#[tokio::test]
async fn bodies_that_cannot_be_read_are_refused() {
    let house = House::open().await;
    let bearer = format!("Bearer {KEY}");
    for path in ["/events", "/events/alertmanager"] {
        let key = ("authorization", bearer.as_str());
        let json = ("content-type", "application/json; charset=utf-8");
        house.post(path, &[key, json], "{").await.refuses(400, "malformed", &[]);
        house.post(path, &[key, json], [0xff]).await.refuses(400, "malformed", &[]);
        house.post(path, &[key, json], "[".repeat(1000)).await.refuses(400, "malformed", &[]);
        house.post(path, &[key, json], vec![b' '; 262_145]).await.refuses(413, "too-large", &[]);
        house.post(path, &[key], "{}").await.refuses(415, "unsupported-media-type", &[]);
        house.post(path, &[key, ("content-type", "text/plain")], "{}").await.refuses(
            415,
            "unsupported-media-type",
            &[],
        );
    }
}
