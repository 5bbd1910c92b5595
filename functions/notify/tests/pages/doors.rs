//! What calls the function, and what it answers.

use serde_json::{Value, json};

use crate::{house::House, organisation::ADA};

#[tokio::test]
async fn a_malformed_message_fails_alone_and_an_unknown_one_is_left() {
    let house = House::open().await;
    let batch = [
        house.tool("trigger", "payments", "db1"),
        json!("{\"kind\":\"tool.trigger\"}"),
        json!("not even JSON"),
        json!({"kind": "fax.received", "id": "1"}),
        json!({"version": 1, "id": "p", "at": "2026-11-20T10:00:00Z", "kind": "phone.due", "phone": "12"}),
        house.tool("trigger", "payments", "db2"),
    ];
    let mut failed = house.batch(&batch).await;
    failed.sort();
    assert_eq!(failed, ["1", "2", "4"]);
    assert_eq!((house.of_service("payments").await.len(), house.texts(ADA).await.len()), (2, 2));
}

#[tokio::test]
async fn a_table_that_is_away_fails_the_message_and_its_return_finds_it_once() {
    let house = House::open().await;
    let message = house.tool("trigger", "payments", "db1");
    house.table.every(wire::ANY, wire::Fault::Refuse);
    assert_eq!(house.batch(std::slice::from_ref(&message)).await, ["0"]);
    house.table.mend();
    house.takes(&message).await;
    assert_eq!(house.texts(ADA).await.len(), 1);
}

#[tokio::test]
async fn who_calls_directly_is_told_an_id_and_the_event_goes_over_the_queue() {
    let house = House::open().await;
    let said = json!({"service": "payments", "action": "trigger", "dedup_key": "k", "summary": "Down"});
    let answer = house.app.handle(said.clone()).await.unwrap();
    assert_eq!(answer["dedup_key"], "k");
    // a bus says it twice under its own id
    let bus = json!({"source": "org.example", "detail-type": "Backup", "id": "6a7e", "detail": said});
    let told = house.app.handle(bus.clone()).await.unwrap();
    assert_eq!(house.app.handle(bus).await.unwrap(), told);
    let queued = house.queued().await;
    assert_eq!((queued.len(), queued[0]["id"].clone()), (3, answer["id"].clone()));
    assert_eq!((&queued[0]["kind"], &queued[0]["at"]), (&json!("tool.trigger"), &json!(house.now().to_string())));
    assert_eq!(house.batch(&queued).await, Vec::<String>::new());
    assert_eq!((house.incident().await.events.count, house.texts(ADA).await.len()), (2, 1));
}

#[tokio::test]
async fn what_is_not_said_rightly_is_refused_with_its_reasons() {
    let house = House::open().await;
    let refused = async |payload: Value| house.app.handle(payload).await.unwrap_err().to_string();
    assert_eq!(
        refused(json!({"service": "payments", "action": "trigger", "colour": "red"})).await,
        "the event is refused: colour is not known here; summary is missing or blank"
    );
    let long = json!({"service": "payments", "action": "resolve", "dedup_key": "k".repeat(256)});
    assert_eq!(refused(long).await, "the event is refused: dedup_key has more than 255 characters");
    let nobody = json!({"service": "nobody", "action": "trigger", "summary": "Down"});
    assert_eq!(refused(nobody).await, "there is no such service");
    assert!(refused(json!({"hello": 1})).await.starts_with("the payload is no event"));
    assert_eq!(house.queued().await, Vec::<Value>::new());
}
