//! What may be sent, and where to.

use serde_json::{Value, json};

use crate::{
    house::House,
    organisation::{LINE, settle, with_line},
};

#[tokio::test]
async fn settings_are_kept_and_the_spend_is_told() {
    let house = House::open().await;
    settle(&house).await;
    with_line(&house).await;
    let usual = house.get("/sending").await;
    assert_eq!(usual.body["spend_state"], "fine", "{usual:?}");
    let wanted = json!({"default_line": LINE, "allowed": ["+46*"], "refused": ["+4682*"], "daily_cap": "2.50"});
    let put = |wanted: Value, tag: String| house.ask("PUT", "/sending").header("if-match", &tag).json(&wanted).send();
    let saved = put(wanted.clone(), usual.etag()).await;
    assert_eq!(saved.status, 200, "{saved:?}");
    let read = house.get("/sending").await;
    assert_eq!(read.body["version"], saved.body["version"]);
    let known = || house.ask("GET", "/sending").header("if-none-match", &read.etag()).send();
    assert_eq!((known().await.status, known().await.etag()), (304, read.etag()));
    for (name, value) in wanted.as_object().unwrap() {
        assert_eq!(&read.body[name], value, "{name}");
    }
    assert_eq!((&read.body["spent_today"], &read.body["spend_state"]), (&json!("0.00"), &json!("fine")));

    assert!(house.store.spend(2_100_000, Some(2_500_000), house.now()).await.unwrap());
    assert_eq!(known().await.status, 200, "what was spent is another amount");
    let low = house.get("/sending").await.body;
    assert_eq!((&low["spent_today"], &low["spend_state"]), (&json!("2.10"), &json!("low")));
    assert!(house.store.spend(500_000, Some(2_500_000), house.now()).await.unwrap());
    assert_eq!(house.get("/sending").await.body["spend_state"], "reached");
    let entry = &house.get("/audit?kind=sending").await.body["items"][0];
    assert_eq!((&entry["action"], &entry["by"]), (&json!("created"), &json!("bootstrap")));

    // somebody who has read what is there can send it back changed
    let mut changed = low;
    changed["daily_cap"] = json!("30");
    let changed = put(changed, saved.etag()).await;
    assert_eq!((changed.status, &changed.body["daily_cap"]), (200, &json!("30.00")), "{changed:?}");
    put(wanted, saved.etag()).await.refuses(412, "stale", &[]);
}

#[tokio::test]
async fn what_cannot_be_kept_is_named() {
    let house = House::open().await;
    for (wanted, fields) in [
        (json!({"daily_cap": "1.00000"}), &["daily_cap"][..]),
        (json!({"daily_cap": "-1"}), &["daily_cap"]),
        (json!({"default_line": "nothing"}), &["default_line"]),
        (json!({"allowed": ["46"]}), &["allowed[0]"]),
        (json!({"refused": vec!["+46*"; 101]}), &["refused"]),
    ] {
        let answer = house.ask("PUT", "/sending").header("if-match", "*").json(&wanted).send().await;
        answer.refuses(422, "refused", fields);
    }
    house.ask("PUT", "/sending").json(&json!({})).send().await.refuses(428, "precondition-required", &[]);
    assert_eq!(house.get("/sending").await.body["allowed"], json!([]));
}
