//! Alertmanager's webhook.

use pipeline::{Severity, ToolKind};
use serde_json::{Value, json};

use crate::house::House;

const PATH: &str = "/events/alertmanager";

fn group() -> Value {
    serde_json::from_str(include_str!("../../fixtures/alertmanager_group.json")).unwrap()
}

#[tokio::test]
async fn each_alert_of_a_group_is_a_message() {
    let house = House::open().await;
    let answer = house.post_with_key(PATH, &group()).await;
    assert_eq!((answer.status, answer.body), (202, json!({"accepted": 2})));
    let queued = house.queued().await;
    let told: Vec<_> = queued
        .iter()
        .map(|event| (event.kind, event.dedup_key.as_str(), event.severity, event.summary.as_deref().unwrap()))
        .collect();
    let critical = Some(Severity::Critical);
    let down = "Probe failure: https://shop.example.org";
    let up = "ProbeFailure on https://api.example.org";
    let expected = [
        (ToolKind::Trigger, "alertmanager:1a30ba71cca2921f", critical, down),
        (ToolKind::Resolve, "alertmanager:8c26f8a4c8ec33f1", critical, up),
    ];
    assert_eq!(told, expected);
    let firing = &queued[0];
    assert_eq!(firing.happened_at, "2026-11-20T09:58:45.828Z".parse().ok());
    assert_eq!((firing.source.as_deref(), firing.tool.as_str()), (Some("https://shop.example.org"), "Alertmanager"));
    assert_eq!(firing.details["truncatedAlerts"], "3", "{firing:?}");
    assert_eq!(firing.details["job"], "http_checks");
    let links: Vec<_> = firing.links.iter().map(|link| link.text.as_deref().unwrap()).collect();
    assert_eq!(links, ["Runbook", "Source of the alert", "Alertmanager"]);
    assert!(!firing.shortened);
}

#[tokio::test]
async fn what_an_alertmanager_has_sent_is_understood() {
    let house = House::open().await;
    house.at("2026-11-22T15:00:30Z");
    let mut told = Vec::new();
    for sent in [
        include_str!("../../fixtures/alertmanager_fired.json"),
        include_str!("../../fixtures/alertmanager_resolved.json"),
    ] {
        let answer = house.post_with_key(PATH, &serde_json::from_str(sent).unwrap()).await;
        assert_eq!((answer.status, answer.body), (202, json!({"accepted": 2})));
        told.extend(house.queued().await);
    }
    let kinds: Vec<_> = told.iter().map(|event| (event.kind, event.source.as_deref().unwrap())).collect();
    let (trigger, resolve) = (ToolKind::Trigger, ToolKind::Resolve);
    assert_eq!(kinds, [(trigger, "db1"), (trigger, "db2"), (resolve, "db1"), (trigger, "db2")]);
    assert_eq!(told[0].dedup_key, told[2].dedup_key);
    assert_ne!(told[0].id, told[2].id);
    assert_eq!(told[1].id, told[3].id, "it is still the same alert, sent along with the other one");
    assert!(told.iter().all(|event| event.details["truncatedAlerts"] == "1"));
}

#[tokio::test]
async fn a_group_is_one_look_one_count_and_one_batch_of_ten() {
    let house = House::open().await;
    let mut large = group();
    let alert = large["alerts"][0].clone();
    let numbered = |number: usize| {
        let mut alert = alert.clone();
        alert["fingerprint"] = format!("{number:016x}").into();
        alert
    };
    large["alerts"] = (0..23).map(numbered).collect();
    house.post_with_key(PATH, &large).await;
    let asked = [("GetItem", 1), ("UpdateItem", 1), ("SendMessageBatch", 3)];
    assert_eq!(house.asked(), asked.map(|(name, times)| (name.to_owned(), times)).into());
    let queued = house.queued().await;
    let mut keys: Vec<_> = queued.iter().map(|event| event.dedup_key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), 23);
}

#[tokio::test]
async fn a_group_that_is_sent_again_has_the_same_ids_for_an_hour() {
    let house = House::open().await;
    house.post_with_key(PATH, &group()).await;
    let ids = async || house.queued().await.into_iter().map(|event| event.id).collect::<Vec<_>>();
    let first = ids().await;
    let mut again = group();
    again["alerts"][0]["annotations"]["summary"] = "down for 6m".into();
    house.at("2026-11-20T10:05:04.5Z");
    house.post_with_key(PATH, &again).await;
    assert_eq!(ids().await, first, "an alert is its labels");
    house.at("2026-11-20T14:00:04.5Z");
    house.post_with_key(PATH, &again).await;
    let later = ids().await;
    assert!(later[0] != first[0] && later[1] != first[1], "the alert is repeated because nobody has mended it");
    again["alerts"][0]["startsAt"] = "2026-11-20T13:59:00Z".into();
    house.post_with_key(PATH, &again).await;
    assert_ne!(ids().await[0], later[0], "it fires anew");
}

#[tokio::test]
async fn an_old_alertmanager_sends_no_fingerprint() {
    let house = House::open().await;
    let mut old = group();
    for alert in old["alerts"].as_array_mut().unwrap() {
        alert.as_object_mut().unwrap().remove("fingerprint");
    }
    house.post_with_key(PATH, &old).await;
    old["alerts"][0]["status"] = "resolved".into();
    house.post_with_key(PATH, &old).await;
    let queued = house.queued().await;
    assert_eq!(queued[0].dedup_key, queued[2].dedup_key);
    assert_ne!(queued[0].dedup_key, queued[1].dedup_key);
}

#[tokio::test]
async fn little_is_needed_and_the_rest_is_ignored() {
    let house = House::open().await;
    let body =
        json!({"alerts": [{"status": "firing", "labels": {"severity": "purple"}, "values": {"B": 1}}], "orgId": 1});
    assert_eq!(house.post_with_key(PATH, &body).await.status, 202);
    let event = house.one().await;
    assert_eq!((event.severity, event.summary.as_deref()), (None, Some("An alert without a name")));
}

#[tokio::test]
async fn every_refusal_names_its_field() {
    let house = House::open().await;
    house.post_with_key(PATH, &json!({})).await.refuses(422, "refused", &["alerts"]);
    house.post_with_key(PATH, &json!({"alerts": {}})).await.refuses(422, "refused", &["alerts"]);
    house.post_with_key(PATH, &json!({"alerts": []})).await.refuses(422, "refused", &["alerts"]);
    house.post_with_key(PATH, &json!([])).await.refuses(422, "refused", &[""]);
    let mut wrong = group();
    wrong["alerts"][1]["status"] = "unknown".into();
    wrong["alerts"][0]["labels"] = "none".into();
    let fields = ["alerts[0].labels", "alerts[1].status"];
    house.post_with_key(PATH, &wrong).await.refuses(422, "refused", &fields);
    assert_eq!(house.queued().await, []);
}
