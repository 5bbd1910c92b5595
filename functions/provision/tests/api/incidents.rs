//! Incidents: opened by hand, seen, acted upon.

use serde_json::{Value, json};

use crate::{
    house::{Answer, House},
    organisation::{settle, verify},
};

async fn page_directly(house: &House, key: &str, wanted: &Value) -> Answer {
    house.ask("POST", "/incidents").header("idempotency-key", key).json(wanted).send().await
}

async fn act(house: &House, id: &str, key: &str, action: Value) -> Answer {
    let path = format!("/incidents/{id}/actions");
    house.ask("POST", &path).header("idempotency-key", key).json(&action).send().await
}

fn checkout() -> Value {
    json!({
        "summary": "Please look at the checkout", "severity": "critical",
        "whom": [{"type": "person", "id": "ada"}, {"type": "team", "id": "leads"}],
    })
}

async fn opened(house: &House) -> Value {
    let answer = page_directly(house, "k1", &checkout()).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.body
}

async fn organised() -> House {
    let house = House::open().await;
    settle(&house).await;
    verify(&house).await;
    house
}

#[tokio::test]
async fn people_are_paged_directly_once_for_each_key() {
    let house = organised().await;
    let incident = opened(&house).await;
    assert_eq!((&incident["number"], &incident["status"]), (&json!(1), &json!("triggered")));
    assert_eq!(incident["assignees"], json!(["ada", "bo"]));
    let pages = incident["details"]["pages"].as_array().unwrap().iter();
    let pages: Vec<_> = pages.map(|page| (page["person"].as_str().unwrap(), page["state"].as_str().unwrap())).collect();
    assert_eq!(pages, [("ada", "pending"), ("bo", "pending")]);
    assert!(!incident.to_string().contains("+479"), "{incident}");
    // whoever sends is woken, and finds what is due
    let [errand] = &house.queued().await[..] else { panic!("one errand") };
    assert_eq!((&errand["kind"], &errand["incident"]), (&json!("incident.due"), &incident["id"]));
    let due = house.store.due(house.now(), 10).await.unwrap();
    assert_eq!(due.len(), 1);

    let again = page_directly(&house, "k1", &checkout()).await;
    assert_eq!((again.status, &again.body["id"]), (201, &incident["id"]));
    assert_eq!(house.queued().await, Vec::<Value>::new());
    let mut other = checkout();
    other["summary"] = json!("Something else");
    page_directly(&house, "k1", &other).await.refuses(422, "key-reused", &[]);
    house.at("2026-11-20T09:00:01Z");
    let second = page_directly(&house, "k2", &other).await.body;
    assert_ne!(second["id"], incident["id"]);

    let listed = house.get("/incidents").await.body;
    let numbers: Vec<_> = listed["items"].as_array().unwrap().iter().map(|item| item["number"].as_u64()).collect();
    assert_eq!(numbers, [Some(2), Some(1)]);
    let first = house.get("/incidents?limit=1").await.body;
    let next = first["next"].as_str().unwrap();
    assert_eq!(house.get(&format!("/incidents?cursor={next}")).await.body["items"][0]["number"], 1);
}

#[tokio::test]
async fn who_was_first_is_told_and_nobody_is_paged_afterwards() {
    let house = organised().await;
    let id = opened(&house).await["id"].as_str().unwrap().to_owned();
    let taken = act(&house, &id, "a1", json!({"acknowledge": {}})).await;
    assert_eq!((taken.status, &taken.body["outcome"]), (200, &json!("done")), "{taken:?}");
    let incident = &taken.body["incident"];
    assert_eq!(incident["by"], json!({"kind": "token", "id": "bootstrap", "via": null}));
    assert!(
        incident["details"]["pages"].as_array().unwrap().iter().all(|page| page["state"] == "called_off"),
        "{incident}"
    );
    assert_eq!((&incident["status"], &incident["next_at"]), (&json!("acknowledged"), &Value::Null));
    assert!(house.store.due(house.now(), 10).await.unwrap().is_empty());
    // the same request again
    let again = act(&house, &id, "a1", json!({"acknowledge": {}})).await;
    assert_eq!((&again.body["outcome"], &again.body["incident"]), (&json!("done"), incident));

    let (_, operator) = house.token("operator", None).await;
    let path = format!("/incidents/{id}/actions");
    let late = house.ask("POST", &path).token(&operator).header("idempotency-key", "b1");
    let late = late.json(&json!({"acknowledge": {}})).send().await.body;
    assert_eq!((&late["outcome"], &late["by"]["id"]), (&json!("acknowledged_before"), &json!("bootstrap")));

    let over = act(&house, &id, "a2", json!({"resolve": {}})).await.body;
    assert_eq!(over["incident"]["status"], "resolved");
    assert_eq!(house.get("/incidents").await.body["items"], json!([]));
    let shown = house.get(&format!("/incidents/{id}")).await.body;
    let log: Vec<_> =
        shown["details"]["log"].as_array().unwrap().iter().map(|entry| entry["what"].as_str().unwrap()).collect();
    assert_eq!(log.first().zip(log.last()), Some((&"opened", &"resolved")), "{log:?}");
    assert!(log.contains(&"acknowledged") && log.contains(&"asked"), "{log:?}");
}

#[tokio::test]
async fn a_silence_ends_and_others_are_given_it() {
    let house = organised().await;
    let id = opened(&house).await["id"].as_str().unwrap().to_owned();
    let silenced = act(&house, &id, "a1", json!({"silence": {"minutes": 30}})).await.body;
    assert_eq!(silenced["incident"]["until"], "2026-11-20T09:30:00Z");
    let given = act(&house, &id, "a2", json!({"reassign": {"to": [{"type": "person", "id": "bo"}]}})).await.body;
    assert_eq!((&given["outcome"], &given["incident"]["assignees"]), (&json!("done"), &json!(["bo"])), "{given}");
    let nobody = act(&house, &id, "a3", json!({"ask": {"whom": [{"type": "person", "id": "nobody"}]}})).await.body;
    assert_eq!(nobody["outcome"], "nobody_named");
    assert_eq!(act(&house, &id, "a4", json!({"escalate": {}})).await.body["outcome"], "nobody_left");
    assert_eq!(act(&house, &id, "a5", json!({"reply": {"words": "On it"}})).await.body["outcome"], "no_reporter");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_and_named() {
    let house = organised().await;
    let id = opened(&house).await["id"].as_str().unwrap().to_owned();
    for (action, field) in [
        (json!({"silence": {"minutes": 0}}), "silence.minutes"),
        (json!({"silence": {"minutes": 43_201}}), "silence.minutes"),
        (json!({"reassign": {"to": []}}), "reassign.to"),
        (json!({"reply": {"words": " "}}), "reply.words"),
        (json!({"reply": {"words": "a".repeat(1_001)}}), "reply.words"),
    ] {
        act(&house, &id, "x", action).await.refuses(422, "refused", &[field]);
    }
    act(&house, "in_nobody", "x", json!({"resolve": {}})).await.refuses(404, "not-found", &[]);
    assert_eq!(act(&house, &id, "x", json!({"dance": {}})).await.status, 422);
    let path = format!("/incidents/{id}/actions");
    let keyless = house.ask("POST", &path).json(&json!({"resolve": {}})).send().await;
    keyless.refuses(400, "malformed", &["Idempotency-Key"]);
    let mut wanted = checkout();
    wanted["whom"] = json!([{"type": "person", "id": "nobody"}]);
    page_directly(&house, "k9", &wanted).await.refuses(422, "refused", &["whom"]);
    wanted["summary"] = json!("two\nlines");
    page_directly(&house, "k9", &wanted).await.refuses(422, "refused", &["summary"]);
    let (_, reader) = house.token("reader", None).await;
    let asked = house.ask("POST", &path).token(&reader).header("idempotency-key", "x");
    assert_eq!(asked.json(&json!({"resolve": {}})).send().await.status, 403);
    assert_eq!(house.get("/incidents?service=nothing").await.status, 404);
    assert_eq!(house.get("/incidents?limit=51").await.status, 422);
    // nothing of all that has changed it
    assert_eq!(house.get(&format!("/incidents/{id}")).await.body["status"], "triggered");
}
