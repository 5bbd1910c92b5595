//! Whoever the issuer vouches for is let in, for as long as its keys can be read.

use serde_json::{Value, json};
use wire::{ANY, Fault};

use crate::{
    house::{Answer, House},
    issuer::{CONFIGURATION, Issuer, Signer},
    organisation::person,
};

const INVALID: &str = r#"Bearer realm="dutyline", error="invalid_token""#;

async fn asks(house: &House, jwt: &str) -> Answer {
    house.ask("GET", "/status").token(jwt).send().await
}

async fn is_let_in(house: &House, jwt: &str) {
    let answer = asks(house, jwt).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

async fn is_refused(house: &House, jwt: &str) {
    let answer = asks(house, jwt).await;
    answer.refuses(401, "unauthenticated", &[]);
    assert_eq!((answer.header("www-authenticate"), &answer.body["detail"]), (Some(INVALID), &Value::Null));
}

async fn must_wait(house: &House, jwt: &str) {
    let answer = asks(house, jwt).await;
    answer.refuses(503, "unavailable", &[]);
    assert!(answer.header("retry-after").is_some() && answer.header("www-authenticate").is_none());
}

/// An issuer with one key, and an installation that trusts it.
async fn with_one_key() -> (Signer, Issuer, House) {
    let key = Signer::curve("one");
    let issuer = Issuer::publishing(&[&key]).await;
    let house = House::trusting(&issuer).await;
    (key, issuer, house)
}

#[tokio::test]
async fn whoever_the_issuer_vouches_for_is_let_in() {
    let keys = [Signer::curve("a"), Signer::rsa("b"), Signer::edwards("c")];
    let issuer = Issuer::publishing(&keys.each_ref()).await;
    let house = House::trusting(&issuer).await;
    assert_eq!(house.get("/status").await.status, 200, "the first administrator, too");
    let (_, token) = house.token("reader", None).await;
    is_let_in(&house, &token).await;
    assert_eq!(issuer.reads(), (0, 0), "nobody has shown a JWT");
    for (number, key) in keys.iter().enumerate() {
        let jwt = key.signs(&issuer.claims(house.now(), json!(["reader", "admin", "accountant"])));
        let made =
            house.ask("POST", "/people").token(&jwt).json(&person(&format!("p{number}"), "+4791000001")).send().await;
        assert_eq!(made.status, 201, "{}", made.body);
    }
    assert_eq!(issuer.reads(), (1, 1), "the keys are kept");
    let log = house.get("/audit?kind=person&by=oidc%3Aada").await.body;
    assert_eq!(log["items"].as_array().unwrap().len(), 3, "{log}");
}

#[tokio::test]
async fn a_role_is_one_of_ours_in_the_claim_that_is_configured() {
    let (key, issuer, house) = with_one_key().await;
    let as_one = |role: Value| key.signs(&issuer.claims(house.now(), role));
    is_let_in(&house, &as_one(json!("reader"))).await;
    for none in [json!(null), json!("owner"), json!([]), json!({"admin": true})] {
        let answer = asks(&house, &as_one(none)).await;
        answer.refuses(403, "forbidden", &[]);
        let detail = "the token's claim \"dutyline_role\" names none of the roles reader, operator and admin";
        assert_eq!(answer.body["detail"], detail);
    }
    let answer =
        house.ask("POST", "/people").token(&as_one(json!("operator"))).json(&person("bo", "+4791000001")).send().await;
    answer.refuses(403, "forbidden", &[]);
    assert_eq!(answer.body["detail"], "this needs the role admin, the token has operator");
}

#[tokio::test]
async fn a_token_counts_by_our_clock() {
    let (key, issuer, house) = with_one_key().await;
    let jwt = key.signs(&issuer.claims(house.now(), "reader"));
    house.at("2026-11-20T09:09:59Z");
    is_let_in(&house, &jwt).await;
    house.at("2026-11-20T09:10:00Z");
    is_refused(&house, &jwt).await;
    house.at("2026-11-20T08:59:00Z");
    is_let_in(&house, &jwt).await;
    house.at("2026-11-20T08:58:59Z");
    is_refused(&house, &jwt).await;
}

#[tokio::test]
async fn keys_of_the_issuer_change() {
    let (old, issuer, house) = with_one_key().await;
    is_let_in(&house, &old.signs(&issuer.claims(house.now(), "reader"))).await;
    let new = Signer::curve("two");
    issuer.publishes(vec![new.public()]);
    let jwt = new.signs(&issuer.claims(house.now(), "reader"));
    is_refused(&house, &jwt).await;
    assert_eq!(issuer.reads(), (1, 1), "they were read less than a minute ago");
    house.at("2026-11-20T09:01:00Z");
    is_let_in(&house, &jwt).await;
    is_refused(&house, &old.signs(&issuer.claims(house.now(), "reader"))).await;
    is_refused(&house, &Signer::curve("three").signs(&issuer.claims(house.now(), "reader"))).await;
    assert_eq!(issuer.reads(), (2, 2), "unknown keys are looked for once a minute");
    is_refused(&house, &Signer::curve("two").signs(&issuer.claims(house.now(), "reader"))).await;
    house.at("2026-11-20T09:02:30Z");
    is_refused(&house, &Signer::curve("two").signs(&issuer.claims(house.now(), "reader"))).await;
    assert_eq!(issuer.reads(), (2, 2), "a forged signature is no reason to read");
}

#[tokio::test]
async fn a_key_that_the_issuer_takes_back_counts_for_an_hour_at_most() {
    let (old, issuer, house) = with_one_key().await;
    let mut claims = issuer.claims(house.now(), "reader");
    claims["exp"] = json!(house.now().as_second() + 86400);
    let jwt = old.signs(&claims);
    is_let_in(&house, &jwt).await;
    issuer.publishes(vec![Signer::curve("two").public()]);
    house.at("2026-11-20T09:59:59Z");
    is_let_in(&house, &jwt).await;
    house.at("2026-11-20T10:00:00Z");
    is_refused(&house, &jwt).await;
}

#[tokio::test]
async fn a_key_without_an_id_is_the_only_one_of_its_kind() {
    let (mut one, two) = (Signer::curve("one"), Signer::curve("two"));
    one.id = None;
    let issuer = Issuer::publishing(&[&one, &Signer::rsa("three")]).await;
    let house = House::trusting(&issuer).await;
    let jwt = one.signs(&issuer.claims(house.now(), "reader"));
    is_let_in(&house, &jwt).await;
    issuer.publishes(vec![one.public(), two.public()]);
    house.at("2026-11-20T10:00:00Z");
    is_refused(&house, &one.signs(&issuer.claims(house.now(), "reader"))).await;
    is_let_in(&house, &two.signs(&issuer.claims(house.now(), "reader"))).await;
}

#[tokio::test]
async fn while_the_issuer_is_away_nobody_is_let_in_and_nobody_is_told_no() {
    let (key, issuer, house) = with_one_key().await;
    let jwt = key.signs(&issuer.claims(house.now(), "admin"));
    issuer.wire.every(ANY, Fault::Refuse);
    must_wait(&house, &jwt).await;
    let asked = issuer.reads();
    must_wait(&house, &jwt).await;
    assert_eq!(issuer.reads(), asked, "it is left alone for some seconds");
    is_refused(&house, &Signer::nobody(&key).signs(&issuer.claims(house.now(), "admin"))).await;
    assert_eq!(house.get("/status").await.status, 200, "other tokens do not need it");
    issuer.wire.mend();
    house.at("2026-11-20T09:00:05Z");
    is_let_in(&house, &jwt).await;
    issuer.wire.every(ANY, Fault::Refuse);
    house.at("2026-11-20T09:05:00Z");
    is_let_in(&house, &jwt).await;
    let unknown = Signer::curve("two").signs(&issuer.claims(house.now(), "admin"));
    must_wait(&house, &unknown).await;
    must_wait(&house, &unknown).await;
    is_let_in(&house, &jwt).await;
    house.at("2026-11-20T10:00:05Z");
    must_wait(&house, &key.signs(&issuer.claims(house.now(), "admin"))).await;
}

#[tokio::test]
async fn whoever_does_not_say_that_it_is_the_issuer_is_not() {
    let (key, issuer, house) = with_one_key().await;
    let (own, keys_at) = (issuer.url(), format!("{}/keys", issuer.url()));
    let far = "http://login.example.org/keys";
    let lies = [
        json!({"issuer": "https://login.example.org", "jwks_uri": keys_at}),
        json!({"issuer": format!("{own}/"), "jwks_uri": keys_at}),
        json!({"jwks_uri": keys_at}),
        json!({"issuer": own, "jwks_uri": far}),
        json!({"issuer": own, "jwks_uri": "/keys"}),
        json!({"issuer": own}),
        json!("nothing"),
    ];
    for (minute, configuration) in lies.into_iter().enumerate() {
        issuer.says(configuration.clone());
        house.at(&format!("2026-11-20T09:{minute:02}:00Z"));
        must_wait(&house, &key.signs(&issuer.claims(house.now(), "admin"))).await;
        assert_eq!(issuer.reads(), (minute + 1, 0), "{configuration}");
    }
}

#[tokio::test]
async fn answers_that_are_no_keys_let_nobody_in() {
    let (key, issuer, house) = with_one_key().await;
    let own = json!({"issuer": issuer.url(), "jwks_uri": format!("{}/keys", issuer.url())});
    let failed = Fault::Answer { status: 500, body: own.to_string() };
    let empty = Fault::Answer { status: 200, body: String::new() };
    let mut endless = own.clone();
    endless["filling"] = json!("x".repeat(300 << 10));
    let endless = Fault::Answer { status: 200, body: endless.to_string() };
    for (minute, fault) in [failed, empty, endless].into_iter().enumerate() {
        issuer.wire.next(CONFIGURATION, fault);
        house.at(&format!("2026-11-20T09:{minute:02}:00Z"));
        must_wait(&house, &key.signs(&issuer.claims(house.now(), "admin"))).await;
    }
    for (minute, keys) in [vec![], vec![Signer::knowing(&key).public()]].into_iter().enumerate() {
        issuer.publishes(keys);
        house.at(&format!("2026-11-20T09:1{minute}:00Z"));
        must_wait(&house, &key.signs(&issuer.claims(house.now(), "admin"))).await;
    }
    issuer.publishes(vec![key.public()]);
    issuer.moves();
    house.at("2026-11-20T09:20:00Z");
    must_wait(&house, &key.signs(&issuer.claims(house.now(), "admin"))).await;
    assert_eq!(issuer.wire.count("GET /moved"), 0, "redirects are not followed");
}

#[tokio::test]
async fn without_an_issuer_a_jwt_is_a_token_that_nobody_knows() {
    let key = Signer::curve("one");
    let issuer = Issuer::publishing(&[&key]).await;
    let house = House::open().await;
    is_refused(&house, &key.signs(&issuer.claims(house.now(), "admin"))).await;
    assert_eq!(issuer.reads(), (0, 0));
}

#[tokio::test]
async fn what_a_header_asks_for_is_not_done() {
    let (key, issuer, house) = with_one_key().await;
    let other = Signer::curve("one");
    let claims = issuer.claims(house.now(), "admin");
    let keys_at = format!("{}/mine", issuer.url());
    for header in [json!({"jwk": other.public()}), json!({"jku": keys_at, "x5u": keys_at})] {
        is_refused(&house, &other.signs_with(&header, &claims)).await;
    }
    is_refused(&house, &key.signs_with(&json!({"crit": ["b64"], "b64": false}), &claims)).await;
    is_let_in(&house, &key.signs_with(&json!({"typ": "at+jwt"}), &claims)).await;
    assert_eq!(issuer.wire.count("GET /mine"), 0);
}
