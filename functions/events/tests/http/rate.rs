//! How many events a key may bring.

use serde_json::{Value, json};

use crate::house::House;

fn resolve() -> Value {
    json!({"event_action": "resolve", "dedup_key": "k"})
}

#[tokio::test]
async fn a_full_minute_refuses_until_the_next_one() {
    let house = House::with_room_for(2).await;
    assert_eq!(house.enqueue(&resolve()).await.status, 202);
    assert_eq!(house.enqueue(&resolve()).await.status, 202);
    let answer = house.enqueue(&resolve()).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, Some("56")));
    assert_eq!(answer.body["status"], "throttle exceeded");
    let own = json!({"action": "resolve", "dedup_key": "k"});
    let answer = house.post_with_key("/events", &own).await;
    answer.refuses(429, "too-often", &[]);
    assert_eq!(answer.header("retry-after"), Some("56"));
    assert_eq!(house.queued().await.len(), 2);
    house.at("2026-11-20T10:01:00Z");
    assert_eq!(house.post_with_key("/events", &own).await.status, 202);
}

#[tokio::test]
async fn a_group_counts_as_many_as_it_has() {
    let house = House::with_room_for(3).await;
    let alert = |number: usize| json!({"status": "firing", "fingerprint": format!("{number:016x}")});
    let group = json!({"alerts": (0..5).map(alert).collect::<Vec<_>>()});
    assert_eq!(house.post_with_key("/events/alertmanager", &group).await.status, 202, "a group is not torn");
    house.post_with_key("/events/alertmanager", &group).await.refuses(429, "too-often", &[]);
    assert_eq!(house.queued().await.len(), 5);
}
