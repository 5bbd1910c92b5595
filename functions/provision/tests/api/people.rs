//! People: what they may set themselves, and what has to be proven.

use oncall::{Channel, incident::Bar};
use serde_json::json;

use crate::{
    house::House,
    organisation::{person, settle, verify},
};

#[tokio::test]
async fn a_number_that_stays_stays_verified() {
    let house = House::open().await;
    settle(&house).await;
    verify(&house).await;
    let read = house.get("/people/ada").await;
    assert_eq!((&read.body["phones"][0]["verified"], &read.body["warnings"]), (&json!(true), &json!([])));
    // nobody proves a number by saying so
    let phones = json!([
        {"number": "+4791000009", "verified": true},
        {"number": "+4791000001", "verified": false},
    ]);
    let ada = json!({"name": "Ada", "phones": phones});
    let saved = house.ask("PUT", "/people/ada").header("if-match", &read.etag()).json(&ada).send().await.body;
    let verified = |place: usize| saved["phones"][place]["verified"].as_bool().unwrap();
    assert_eq!((verified(0), verified(1)), (false, true), "{saved}");
    assert_eq!(saved["phones"][1]["id"], read.body["phones"][0]["id"], "the phone's name stays, too");
    assert_ne!(saved["phones"][0]["id"], saved["phones"][1]["id"]);
}

#[tokio::test]
async fn rules_have_a_default_and_are_kept() {
    let house = House::open().await;
    let made = house.make("/people", json!({"id": "ada", "name": "Ada"})).await.body;
    let usual = json!({
        "high": [{"channel": "sms", "after_minutes": 0}, {"channel": "voice", "after_minutes": 2}],
        "low": [{"channel": "sms", "after_minutes": 0}],
    });
    assert_eq!(made["rules"], usual);
    assert_eq!(made["warnings"][0]["field"], "phones", "{made}");
    let own = json!({"high": [{"channel": "voice", "after_minutes": 0}], "low": []});
    let ada = json!({"name": "Ada", "language": "nb-NO", "timezone": "Europe/Oslo", "rules": own});
    let saved = house.ask("PUT", "/people/ada").header("if-match", "*").json(&ada).send().await.body;
    assert_eq!((&saved["rules"], &saved["timezone"]), (&own, &json!("Europe/Oslo")));
}

#[tokio::test]
async fn what_the_domain_refuses_is_named_as_json_names_it() {
    let house = House::open().await;
    let person = json!({
        "name": "", "language": "Norsk bokmål", "timezone": "Europe/Atlantis",
        "phones": [{"number": "+4791000001"}, {"number": "+4791000001"}],
    });
    let answer = house.ask("POST", "/people").json(&person).send().await;
    let (status, kind, mut fields) = answer.problem();
    fields.sort_unstable();
    assert_eq!((status, kind, fields), (422, "refused", vec!["language", "name", "phones[1].number", "timezone"]));
}

#[tokio::test]
async fn whoever_has_texted_stop_is_shown() {
    let house = House::open().await;
    house.make("/people", person("ada", "+4791000001")).await;
    let before = house.get("/people/ada/phones").await.body["items"].clone();
    let id = house.get("/people/ada").await.body["phones"][0]["id"].clone();
    assert_eq!(before, json!([{"id": id, "verified": false, "sms": "reachable", "voice": "reachable"}]));
    let number = "+4791000001".parse().unwrap();
    house.store.bar_phone(&number, Channel::Sms, Some(Bar::OptedOut), house.now()).await.unwrap();
    house.store.bar_phone(&number, Channel::Voice, Some(Bar::Refused), house.now()).await.unwrap();
    let after = house.get("/people/ada/phones").await.body["items"].clone();
    assert_eq!((&after[0]["sms"], &after[0]["voice"]), (&json!("opted_out"), &json!("refused")));
    assert!(!after.to_string().contains("+47"), "{after}");
    house.get("/people/nobody/phones").await.refuses(404, "not-found", &[]);
}
