//! Table or queue are away: the tool is told to send it again, and a repetition has the same ids.

use serde_json::{Value, json};
use wire::{ANY, Fault};

use crate::house::House;

fn event() -> Value {
    json!({"action": "trigger", "summary": "down", "dedup_key": "k", "timestamp": "2026-11-20T10:00:00Z"})
}

fn group(alerts: usize) -> Value {
    let alert = |number: usize| {
        let fingerprint = format!("{number:016x}");
        json!({"status": "firing", "fingerprint": fingerprint, "startsAt": "2026-11-20T10:00:00Z"})
    };
    json!({"alerts": (0..alerts).map(alert).collect::<Vec<_>>()})
}

fn trouble() -> [Fault; 3] {
    let answer = |status, body: &str| Fault::Answer { status, body: body.to_owned() };
    [Fault::Refuse, answer(500, r#"{"__type":"InternalServerError"}"#), answer(400, r#"{"__type":"AccessDenied"}"#)]
}

#[tokio::test]
async fn without_the_table_nothing_is_promised() {
    let house = House::open().await;
    for operation in ["GetItem", "UpdateItem"] {
        for fault in trouble() {
            house.table.every(operation, fault);
            let answer = house.post_with_key("/events", &event()).await;
            answer.refuses(503, "unavailable", &[]);
            assert_eq!(answer.header("retry-after"), Some("1"));
            let answer = house.enqueue(&json!({"event_action": "resolve", "dedup_key": "k"})).await;
            assert_eq!((answer.status, &answer.body["status"]), (503, &json!("unavailable")));
            house.post_with_key("/events/alertmanager", &group(2)).await.refuses(503, "unavailable", &[]);
            house.table.mend();
        }
    }
    assert_eq!(house.queued().await, []);
}

#[tokio::test]
async fn without_the_queue_nothing_is_promised() {
    let house = House::open().await;
    for fault in trouble() {
        house.sqs.every(ANY, fault);
        house.post_with_key("/events", &event()).await.refuses(503, "unavailable", &[]);
        assert_eq!(house.enqueue(&json!({"event_action": "resolve", "dedup_key": "k"})).await.status, 503);
        house.post_with_key("/events/alertmanager", &group(2)).await.refuses(503, "unavailable", &[]);
        house.sqs.mend();
    }
    assert_eq!(house.queued().await, []);
}

#[tokio::test]
async fn an_answer_that_is_lost_costs_one_message_of_the_same_id() {
    let house = House::open().await;
    house.sqs.next("SendMessage", Fault::CutAfter);
    assert_eq!(house.post_with_key("/events", &event()).await.status, 202);
    let queued = house.queued().await;
    assert!(queued.len() == 2 && queued[0] == queued[1], "{queued:?}");
}

#[tokio::test]
async fn part_of_a_group_is_none_of_it_and_all_of_it_comes_again() {
    let house = House::open().await;
    let some = json!({
        "Successful": [{"Id": "0", "MessageId": "m", "MD5OfMessageBody": "none"}],
        "Failed": [{"Id": "1", "SenderFault": false, "Code": "InternalError"}],
    });
    house.sqs.next("SendMessageBatch", Fault::Answer { status: 200, body: some.to_string() });
    house.post_with_key("/events/alertmanager", &group(2)).await.refuses(503, "unavailable", &[]);

    // the second ten of three are lost
    house.sqs.forget();
    house.sqs.next("SendMessageBatch", Fault::Delay(std::time::Duration::ZERO));
    for _ in 0..2 {
        house.sqs.next("SendMessageBatch", Fault::Refuse);
    }
    house.post_with_key("/events/alertmanager", &group(30)).await.refuses(503, "unavailable", &[]);
    let ids = async || house.queued().await.into_iter().map(|event| event.id).collect::<Vec<_>>();
    let first = ids().await;
    assert_eq!(first.len(), 10);
    assert_eq!(house.post_with_key("/events/alertmanager", &group(30)).await.status, 202);
    let all = ids().await;
    assert_eq!((all.len(), &all[..10]), (30, &first[..]));
}
