//! What is missing is found before somebody calls.

use serde_json::{Value, json};
use store::Finding;

use crate::{
    house::House,
    organisation::{LINE, settle, verify, with_line},
};

/// Severity, code and what it is about, of each finding.
async fn found(house: &House) -> Vec<String> {
    let answer = house.get("/readiness").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let findings = answer.body["findings"].as_array().unwrap().iter();
    let told = findings.map(|finding| {
        let words = ["severity", "code", "kind", "id"].map(|name| finding[name].as_str().unwrap());
        words.join(" ").trim().to_owned()
    });
    let told: Vec<String> = told.collect();
    assert_eq!(answer.body["ready"], !told.iter().any(|line| line.starts_with("critical")));
    told
}

async fn configure(house: &House, change: impl Fn(&mut Value)) {
    let mut document = house.get("/configuration").await.body;
    change(&mut document);
    let answer = house.ask("PUT", "/configuration").json(&document).send().await;
    assert_eq!((answer.status, &answer.body["complete"]), (200, &json!(true)), "{answer:?}");
}

#[tokio::test]
async fn a_house_without_a_line_is_told_so() {
    let house = House::open().await;
    assert_eq!(found(&house).await, ["note no_line organisation"]);
}

#[tokio::test]
async fn a_house_where_all_is_well_has_no_findings() {
    let house = House::open().await;
    settle(&house).await;
    verify(&house).await;
    with_line(&house).await;
    let senders = ["warning no_sender_of_texts organisation", "warning no_sender_of_calls organisation"];
    assert_eq!(found(&house).await, senders);
    configure(&house, |all| {
        all["lines"][0]["sms_notifications"] = json!(true);
        all["lines"][0]["voice_notifications"] = json!(true);
    })
    .await;
    assert_eq!(found(&house).await, Vec::<String>::new());
}

#[tokio::test]
async fn gaps_are_told_to_the_second() {
    let house = House::open().await;
    settle(&house).await;
    verify(&house).await;
    with_line(&house).await;
    configure(&house, |all| {
        // Ada and Bo work from 8 to 16 on the weekdays of Oslo's clock, and nobody else is asked
        all["schedules"][0]["layers"][0]["shift_length"] = json!("PT8H");
        all["schedules"][0]["layers"][0]["by_day"] = json!(["MO", "TU", "WE", "TH", "FR"]);
        all["escalation_policies"][0]["steps"] =
            json!([{"type": "notify", "targets": [{"type": "schedule", "id": "primary"}]}]);
        all["escalation_policies"][0]["fallback"] = Value::Null;
        all["lines"][0]["sms_notifications"] = json!(true);
        all["lines"][0]["voice_notifications"] = json!(true);
    })
    .await;
    let answer = house.get("/readiness").await.body;
    assert_eq!((&answer["from"], &answer["to"]), (&json!("2026-11-20T09:00:00Z"), &json!("2026-12-04T09:00:00Z")));
    let [finding] = answer["findings"].as_array().unwrap().as_slice() else { panic!("{answer}") };
    assert_eq!(
        (&finding["code"], &finding["id"], &finding["key"]),
        (&json!("nobody_on_call"), &json!(LINE), &json!("1"))
    );
    let what = finding["what"].as_str().unwrap();
    assert!(what.starts_with("nobody could be rung for Payments; at first: step 1: nobody is on call"), "{what}");
    let gaps = finding["gaps"].as_array().unwrap();
    assert_eq!(gaps.len(), 10);
    assert_eq!(gaps[0], json!({"start": "2026-11-20T15:00:00Z", "end": "2026-11-23T07:00:00Z"}));
    assert_eq!(gaps[9], json!({"start": "2026-12-03T15:00:00Z", "end": "2026-12-04T07:00:00Z"}));

    // a line that is closed then lacks nobody
    configure(&house, |all| {
        let days = json!(["MO", "TU", "WE", "TH", "FR"]);
        let window = json!({"days": days, "from": "08:00", "to": "16:00"});
        all["lines"][0]["support_hours"] = json!({"timezone": "Europe/Oslo", "windows": [window], "holidays": []});
    })
    .await;
    assert_eq!(found(&house).await, Vec::<String>::new());
}

#[tokio::test]
async fn phones_modes_and_switches_are_looked_at() {
    let house = House::open().await;
    settle(&house).await;
    with_line(&house).await;
    let mode = house.ask("PUT", "/services/payments/mode").json(&json!({"mode": "debug"}));
    assert_eq!(mode.send().await.status, 200);
    let expected = [
        "warning no_verified_phone person ada",
        "warning no_verified_phone person bo",
        "warning no_sender_of_texts organisation",
        "warning no_sender_of_calls organisation",
        "warning service_paused service payments",
    ];
    // while nobody is to be rung, nobody is missing
    assert_eq!(found(&house).await, expected);
    let mode = house.ask("PUT", "/services/payments/mode").json(&json!({"mode": "normal"}));
    assert_eq!(mode.send().await.status, 200);
    assert_eq!(found(&house).await[0], format!("critical nobody_on_call line {LINE}"));
    configure(&house, |all| all["lines"][0]["enabled"] = json!(false)).await;
    assert_eq!(found(&house).await, [format!("note line_disabled line {LINE}")]);
}

#[tokio::test]
async fn what_a_sweep_has_found_is_told() {
    let house = House::open().await;
    let finding = |about: &str| Finding {
        about: about.to_owned(),
        account: "AC1".to_owned(),
        since: house.now(),
        what: "its webhooks are not as they should be".to_owned(),
    };
    house.store.report(&finding("drift#ln_1")).await.unwrap();
    house.store.report(&finding("orphan#PN1")).await.unwrap();
    let expected =
        ["critical found_by_sweep drift ln_1", "warning found_by_sweep orphan PN1", "note no_line organisation"];
    assert_eq!(found(&house).await, expected);
}
