//! Tokens are shown once, listed without their secrets, and end.

use serde_json::{Value, json};

use crate::house::House;

#[tokio::test]
async fn a_token_is_shown_once() {
    let house = House::open().await;
    let made = house.make("/tokens", json!({"name": "backup", "role": "reader"})).await;
    assert_eq!(made.header("cache-control"), Some("no-store"));
    let secret = made.body["secret"].as_str().unwrap();
    let id = made.body["token"]["id"].as_str().unwrap();
    assert!(secret.starts_with(&format!("dl_{id}_")) && secret.len() == 3 + 12 + 1 + 43, "{secret}");
    let listed = house.get("/tokens").await;
    assert_eq!(listed.body["items"], json!([made.body["token"]]));
    assert_eq!(made.body["token"]["created_by"], "bootstrap");
    assert!(secret.ends_with(made.body["token"]["last4"].as_str().unwrap()));
    assert!(!listed.body.to_string().contains(secret));
    // what is kept cannot be shown by whoever reads the table
    let kept = house.store.token(id).await.unwrap().unwrap();
    assert!(!format!("{kept:?}").contains(secret.splitn(3, '_').last().unwrap()));
}

#[tokio::test]
async fn a_token_ends_when_it_says_and_when_it_is_revoked() {
    let house = House::open().await;
    let (id, token) = house.token("reader", Some("2026-11-20T10:00:00Z")).await;
    let asked = || house.ask("GET", "/status").token(&token).send();
    assert_eq!(asked().await.status, 200);
    house.at("2026-11-20T09:59:59Z");
    assert_eq!(asked().await.status, 200);
    house.at("2026-11-20T10:00:00Z");
    asked().await.refuses(401, "unauthenticated", &[]);
    let revoke = || house.ask("DELETE", &format!("/tokens/{id}")).send();
    assert_eq!(revoke().await.status, 204);
    revoke().await.refuses(404, "not-found", &[]);
    let log = house.get("/audit?kind=token").await.body;
    let actions: Vec<&Value> = log["items"].as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert_eq!(actions, ["deleted", "created"]);
}

#[tokio::test]
async fn a_token_has_a_name_a_role_and_a_future() {
    let house = House::open().await;
    for (token, field) in [
        (json!({"name": " ", "role": "reader"}), "name"),
        (json!({"name": "x".repeat(101), "role": "reader"}), "name"),
        (json!({"name": "x", "role": "owner"}), "role"),
        (json!({"name": "x"}), "role"),
        (json!({"name": "x", "role": "reader", "expires_at": "2026-11-20T09:00:00Z"}), "expires_at"),
        (json!({"name": "x", "role": "reader", "expires_at": "soon"}), "expires_at"),
        (json!({"name": "x", "role": "reader", "scope": "all"}), "scope"),
    ] {
        house.ask("POST", "/tokens").json(&token).send().await.refuses(422, "refused", &[field]);
    }
    assert_eq!(house.get("/tokens").await.body, json!({"items": [], "next": null}));
}

#[tokio::test]
async fn lists_have_pages() {
    let house = House::open().await;
    for _ in 0..5 {
        house.token("reader", None).await;
    }
    let (mut seen, mut path) = (0, "/tokens?limit=2".to_owned());
    for more in [true, true, false] {
        let page = house.get(&path).await.body;
        seen += page["items"].as_array().unwrap().len();
        assert_eq!(page["next"].is_string(), more, "{page}");
        path = format!("/tokens?limit=2&cursor={}", page["next"].as_str().unwrap_or_default());
    }
    assert_eq!(seen, 5);
    for query in ["limit=0", "limit=201", "limit=x", "limit=1&limit=2"] {
        house.get(&format!("/tokens?{query}")).await.refuses(422, "refused", &["limit"]);
    }
    house.get("/tokens?colour=red").await.refuses(422, "refused", &["colour"]);
}
