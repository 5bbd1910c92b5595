//! Nothing is done twice because something was delivered twice, or by two.

use serde_json::json;

use crate::{
    house::House,
    organisation::{ADA, BEN, CLEO},
};

#[tokio::test]
async fn a_message_that_is_delivered_again_changes_nothing() {
    let house = House::open().await;
    let message = house.tool("trigger", "payments", "db1");
    let other = house.tool("trigger", "payments", "db1");
    assert_eq!(house.batch(&[message.clone(), message.clone(), other.clone()]).await, Vec::<String>::new());
    for again in [&message, &other, &message] {
        house.takes(again).await;
    }
    assert_eq!(house.incident().await.events.count, 2);
    assert_eq!((house.texts(ADA).await.len(), house.asked("POST /Messages.json")), (1, 1));
}

#[tokio::test]
async fn two_workers_with_the_same_errand_send_once() {
    let house = House::open().await;
    house.hears("trigger", "platform", "db1").await;
    let id = house.of_service("platform").await[0].id.clone();
    house.sim.wait(120).await;
    let look = json!({
        "version": 1, "id": "x:1", "at": house.now().to_string(), "kind": "incident.due", "incident": id.as_str(),
    });
    let schedule = json!({ "source": "aws.events", "detail-type": "Scheduled Event" });
    let (one, other) = (house.app.clone(), house.app.clone());
    let twice = [look.clone(), look.clone()];
    let (batch, swept, again) = tokio::join!(house.batch(&twice), one.handle(schedule.clone()), other.handle(schedule));
    assert!(batch.is_empty() && swept.is_ok() && again.is_ok());
    assert_eq!(house.asked("POST /Calls.json"), 3);
    house.sim.wait(40).await;
    for phone in [ADA, BEN, CLEO] {
        assert_eq!(house.sim.phone(phone).rang(), 1);
    }
}

#[tokio::test]
async fn many_events_at_once_open_one_incident() {
    let house = House::open().await;
    let messages: Vec<_> = (0..10).map(|_| house.tool("trigger", "payments", "db1")).collect();
    assert_eq!(house.batch(&messages).await, Vec::<String>::new());
    assert_eq!(house.incident().await.events.count, 10);
    assert_eq!(house.asked("POST /Messages.json"), 1);
}

#[tokio::test]
async fn what_a_batch_says_of_one_key_opens_it_and_ends_it_and_fails_or_is_done_together() {
    let house = House::open().await;
    let opens = house.tool("trigger", "payments", "db1");
    house.sim.wait(1).await;
    let ends = house.tool("resolve", "payments", "db1");
    house.sim.wait(1).await;
    // the queue has changed their order
    let batch = [ends, json!("no message"), opens, house.tool("trigger", "platform", "db2")];
    let refusal = || wire::Fault::Answer { status: 400, body: r#"{"__type":"ValidationException"}"#.to_owned() };
    house.table.next("TransactWriteItems", refusal());
    house.table.next("TransactWriteItems", refusal());
    let mut failed = house.batch(&batch).await;
    failed.sort();
    assert_eq!(failed, ["0", "1", "2", "3"]);
    assert_eq!(house.batch(&batch).await, ["1"]);
    assert_eq!(house.batch(&batch).await, ["1"]);
    let incident = house.incident().await;
    assert!(incident.is_resolved() && incident.events.count == 2);
    let texts = house.texts(ADA).await;
    assert!(texts.len() == 1 && texts[0].contains("db2"), "{texts:?}");
}
