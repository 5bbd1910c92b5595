//! Who asks, and how a token ends itself.

use serde_json::{Value, json};

use crate::{
    house::{BOOTSTRAP, House},
    issuer::{Issuer, Signer},
};

#[tokio::test]
async fn a_token_tells_whose_it_is_and_ends_itself() {
    let house = House::open().await;
    let (id, token) = house.token("reader", Some("2026-11-20T10:00:00Z")).await;
    let (_, other) = house.token("reader", None).await;
    let me = house.ask("GET", "/me").token(&token).send().await;
    let expected =
        json!({"id": id, "name": "reader", "role": "reader", "how": "token", "expires_at": "2026-11-20T10:00:00Z"});
    assert_eq!((me.status, &me.body, me.header("cache-control")), (200, &expected, Some("no-store")));
    assert_eq!(house.ask("GET", "/me").token(&other).send().await.body["expires_at"], Value::Null);

    house.at("2026-11-20T09:30:00Z");
    let gone = house.ask("DELETE", "/me").token(&token).send().await;
    assert_eq!((gone.status, gone.body), (204, Value::Null));
    // at once, and it alone
    house.ask("GET", "/me").token(&token).send().await.refuses(401, "unauthenticated", &[]);
    house.ask("DELETE", "/me").token(&token).send().await.refuses(401, "unauthenticated", &[]);
    assert_eq!(house.ask("GET", "/me").token(&other).send().await.status, 200);
    let log = house.get(&format!("/audit?kind=token&id={id}")).await.body;
    assert_eq!((&log["items"][0]["action"], &log["items"][0]["by"]), (&json!("deleted"), &json!(id)));
}

#[tokio::test]
async fn what_is_kept_elsewhere_is_revoked_there() {
    let key = Signer::curve("one");
    let issuer = Issuer::publishing(&[&key]).await;
    let house = House::trusting(&issuer).await;
    let me = house.get("/me").await.body;
    let expected = json!({
        "id": "bootstrap", "name": "First administrator", "role": "admin", "how": "bootstrap", "expires_at": null,
    });
    assert_eq!(me, expected);
    let mut claims = issuer.claims(house.now(), "operator");
    claims["name"] = json!("Ada Lovelace");
    let jwt = key.signs(&claims);
    let me = house.ask("GET", "/me").token(&jwt).send().await.body;
    let expected = json!({
        "id": "oidc:ada", "name": "Ada Lovelace", "role": "operator", "how": "issuer",
        "expires_at": "2026-11-20T09:10:00Z",
    });
    assert_eq!(me, expected);
    for (token, what) in [(BOOTSTRAP, "Secrets Manager"), (jwt.as_str(), "at the issuer")] {
        let kept = house.ask("DELETE", "/me").token(token).send().await;
        kept.refuses(409, "kept-elsewhere", &[]);
        assert!(kept.body["detail"].as_str().unwrap().contains(what), "{}", kept.body);
        assert_eq!(house.ask("GET", "/me").token(token).send().await.status, 200);
    }
}

#[tokio::test]
async fn a_client_asks_who_it_is() {
    let house = House::open().await;
    let client = house.client().await;
    assert_eq!(client.me().await.unwrap().how, api::How::Bootstrap);
    assert!(client.revoke_me().await.is_err());
}
