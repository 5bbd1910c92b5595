//! Services, and the modes that operators set.

use serde_json::{Value, json};

use crate::{house::House, organisation::settle};

#[tokio::test]
async fn an_operator_sets_a_mode_for_a_while() {
    let house = House::open().await;
    settle(&house).await;
    let (_, operator) = house.token("operator", None).await;
    let set = |json: Value| house.ask("PUT", "/services/payments/mode").token(&operator).json(&json).send();
    let saved = set(json!({"mode": "maintenance", "minutes": 90})).await;
    assert_eq!(saved.body["mode"], json!({"type": "maintenance", "until": "2026-11-20T10:30:00Z"}));
    assert_eq!((saved.status, saved.etag()), (200, "\"2\"".to_owned()));
    // whoever edits the rest does not end it
    let service = json!({"name": "Payments", "policy": "payments"});
    let edited = house.ask("PUT", "/services/payments").header("if-match", "\"2\"").json(&service).send().await;
    assert_eq!(edited.body["mode"]["type"], "maintenance");
    assert_eq!(set(json!({"mode": "debug"})).await.body["mode"], json!({"type": "debug", "until": null}));
    assert_eq!(set(json!({"mode": "normal"})).await.body["mode"], json!({"type": "normal", "until": null}));
    set(json!({"mode": "normal", "minutes": 5})).await.refuses(422, "refused", &["minutes"]);
    set(json!({"mode": "off"})).await.refuses(422, "refused", &["mode"]);
    let none = house.ask("PUT", "/services/none/mode").json(&json!({"mode": "normal"})).send().await;
    none.refuses(404, "not-found", &[]);
}
