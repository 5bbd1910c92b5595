//! Without a key that counts nothing is taken.

use serde_json::json;

use crate::house::{House, KEY};

/// The routes of the template that lead to this function.
fn routes() -> Vec<String> {
    let template = include_str!("../../../../template.yaml");
    let keys = template.lines().filter_map(|line| line.trim().strip_prefix("RouteKey: POST "));
    let routes: Vec<_> = keys.filter(|path| path.starts_with("/events")).map(str::to_owned).collect();
    assert_eq!(routes.len(), 3, "{routes:?}");
    routes
}

/// What each of them would take.
fn body(path: &str, key: &str) -> String {
    let body = match path {
        "/events/v2/enqueue" => json!({"routing_key": key, "event_action": "resolve", "dedup_key": "k"}),
        "/events/alertmanager" => json!({"alerts": [{"status": "firing"}]}),
        _ => json!({"action": "resolve", "dedup_key": "k"}),
    };
    body.to_string()
}

#[tokio::test]
async fn without_a_key_that_counts_nothing_is_taken() {
    let house = House::open().await;
    let right = format!("Bearer {KEY}");
    let long = format!("Bearer {}", "x".repeat(4000));
    let wrong = ["Bearer", "Bearer ", "Bearer wrong", "Basic wrong", "Digest wrong", &right.to_uppercase(), &long];
    for path in routes() {
        let json = ("content-type", "application/json");
        let mut answers = vec![house.post(&path, &[json], body(&path, "")).await];
        for value in wrong {
            answers.push(house.post(&path, &[json, ("authorization", value)], body(&path, "wrong")).await);
        }
        for answer in &answers {
            match path.as_str() {
                "/events/v2/enqueue" => assert_eq!(answer.status, 400, "{path} {answer:?}"),
                _ => {
                    answer.refuses(401, "unauthenticated", &[]);
                    assert!(answer.header("www-authenticate").unwrap().starts_with("Bearer "), "{answer:?}");
                }
            }
        }
    }
    assert_eq!(house.queued().await, []);
    assert_eq!((house.sqs.counts().len(), house.table.count("UpdateItem")), (0, 0));
}

#[tokio::test]
async fn a_password_is_as_good_as_a_token() {
    let house = House::open().await;
    // alertmanager:KEY
    let basic = "Basic YWxlcnRtYW5hZ2VyOmFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6MjM0NTY3";
    let headers = [("authorization", basic), ("content-type", "application/json")];
    let answer = house.post("/events/alertmanager", &headers, body("/events/alertmanager", "")).await;
    assert_eq!(answer.status, 202, "{answer:?}");
    assert_eq!(house.one().await.service, "payments");
}

#[tokio::test]
async fn a_removed_key_counts_no_longer() {
    let house = House::open().await;
    let by = store::Author::of("k");
    let store = store::Store::new(house.dynamodb.clone(), "dutyline", store::Retention { call_log_days: 0 });
    let payments = oncall::ServiceId::new("payments");
    let now = crate::house::NOW.parse().unwrap();
    assert!(store.remove_routing_key(&payments, "r3k7m2q9abcd", &by, now).await.unwrap());
    house.enqueue(&json!({"event_action": "resolve", "dedup_key": "k"})).await.is_invalid(&["Invalid routing key"]);
}
