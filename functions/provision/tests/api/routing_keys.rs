//! A routing key is shown once, stands for its service, and ends.

use oncall::ServiceId;
use serde_json::json;

use crate::{
    house::House,
    organisation::{settle, with_line},
};

const KEYS: &str = "/services/payments/routing-keys";

/// SHA-256 as whoever takes events in will compute it.
fn hash(secret: &str) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, secret.as_bytes());
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn a_key_stands_for_its_service_until_it_is_removed() {
    let house = House::open().await;
    settle(&house).await;
    let made = house.make(KEYS, json!({"name": "alertmanager"})).await.body;
    let (secret, id) = (made["secret"].as_str().unwrap(), made["key"]["id"].as_str().unwrap());
    assert!(secret.len() == 32 && secret.ends_with(made["key"]["last4"].as_str().unwrap()), "{secret}");
    let found = async || house.store.service_of_routing_key(&hash(secret)).await.unwrap();
    assert_eq!(found().await, Some(ServiceId::new("payments")));
    let listed = house.get(KEYS).await.body;
    assert_eq!(listed, json!({"items": [made["key"]], "next": null}));
    assert!(!listed.to_string().contains(secret));
    house.at("2026-11-20T10:00:00Z");
    let remove = || house.ask("DELETE", &format!("{KEYS}/{id}")).send();
    assert_eq!(remove().await.status, 204);
    remove().await.refuses(404, "not-found", &[]);
    assert_eq!((found().await, house.get(KEYS).await.body["items"].clone()), (None, json!([])));
    let log = house.get("/audit?kind=routing_key").await.body;
    let actions: Vec<_> = log["items"].as_array().unwrap().iter().map(|entry| entry["action"].clone()).collect();
    assert_eq!(actions, ["deleted", "created"]);
}

#[tokio::test]
async fn a_key_is_of_a_service_that_exists_and_has_a_name() {
    let house = House::open().await;
    settle(&house).await;
    with_line(&house).await;
    house.ask("POST", "/services/none/routing-keys").json(&json!({"name": "x"})).send().await.refuses(
        404,
        "not-found",
        &[],
    );
    house.get("/services/none/routing-keys").await.refuses(404, "not-found", &[]);
    for (wanted, field) in
        [(json!({"name": " "}), "name"), (json!({"name": "x".repeat(101)}), "name"), (json!({}), "name")]
    {
        house.ask("POST", KEYS).json(&wanted).send().await.refuses(422, "refused", &[field]);
    }
}

#[tokio::test]
async fn keys_go_with_their_service() {
    let house = House::open().await;
    settle(&house).await;
    let made = house.make(KEYS, json!({"name": "alertmanager"})).await.body;
    let gone = house.ask("DELETE", "/services/payments").header("if-match", "*").send().await;
    assert_eq!(gone.status, 204);
    house.make("/services", json!({"id": "payments", "name": "Others", "policy": "payments"})).await;
    assert_eq!(house.get(KEYS).await.body["items"], json!([]));
    assert_eq!(house.store.service_of_routing_key(&hash(made["secret"].as_str().unwrap())).await.unwrap(), None);
}
