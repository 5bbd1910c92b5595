//! What is missing is found before somebody calls.

use serde_json::{Value, json};
use store::Finding;

use crate::{
    estate::Estate,
    house::House,
    organisation::{LINE, furnish, settle, verify, with_line},
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
    assert_eq!(found(&house).await, ["warning no_account organisation", "note no_line organisation"]);
}

#[tokio::test]
async fn a_line_without_its_account_or_its_fallback_is_told() {
    let house = House::open().await;
    settle(&house).await;
    verify(&house).await;
    with_line(&house).await;
    configure(&house, |all| {
        all["lines"][0]["sms_notifications"] = json!(true);
        all["lines"][0]["voice_notifications"] = json!(true);
    })
    .await;
    let no_fallback = format!("warning no_fallback line {LINE}");
    assert_eq!(found(&house).await, ["warning no_account organisation".to_owned(), no_fallback.clone()]);
    furnish(&house).await;
    assert_eq!(found(&house).await, Vec::<String>::new());
    // nobody has written it anew for some minutes
    house.at("2026-11-21T09:05:00Z");
    assert_eq!(found(&house).await, Vec::<String>::new());
    house.at("2026-11-21T09:06:00Z");
    assert_eq!(found(&house).await, [no_fallback]);
}

#[tokio::test]
async fn a_house_where_all_is_well_has_no_findings() {
    let house = House::open().await;
    settle(&house).await;
    verify(&house).await;
    with_line(&house).await;
    furnish(&house).await;
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
    furnish(&house).await;
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
    furnish(&house).await;
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
    house.store.report(&finding("fallback#ln_2")).await.unwrap();
    house.store.report(&finding("sender#ln_2")).await.unwrap();
    let expected = [
        "critical found_by_sweep drift ln_1",
        "warning found_by_sweep fallback ln_2",
        "warning found_by_sweep orphan PN1",
        "warning found_by_sweep sender ln_2",
        "warning no_account organisation",
        "note no_line organisation",
    ];
    assert_eq!(found(&house).await, expected);
}

/// Codes and what they are about, by the severity; each says how it is mended.
async fn told(estate: &Estate) -> Vec<String> {
    let (_, answer) = estate.asked("GET", "/readiness", None).await;
    let findings = answer["findings"].as_array().unwrap().iter();
    let told = findings.map(|finding| {
        assert!(!finding["mend"].as_str().unwrap().is_empty(), "{finding}");
        format!(
            "{} {} {}",
            finding["severity"].as_str().unwrap(),
            finding["code"].as_str().unwrap(),
            finding["kind"].as_str().unwrap()
        )
    });
    told.collect()
}

#[tokio::test]
async fn a_number_from_twilio_is_watched_and_mended() {
    let estate = Estate::open().await;
    let (number, request) = estate.offer();
    let (_, bought) = estate.buys(&provision::router(estate.app()), "k", &request).await;
    let line = bought["line"].as_str().unwrap().to_owned();
    let usual = ["warning no_fallback line", "note line_disabled line"];
    estate.app().sweep().await.unwrap();
    assert_eq!(told(&estate).await, usual);

    estate.sim.drift(&number, "VoiceFallbackUrl", "");
    estate.app().sweep().await.unwrap();
    assert_eq!(told(&estate).await[0], "warning found_by_sweep fallback");
    estate.sim.drift(&number, "VoiceUrl", "");
    estate.app().sweep().await.unwrap();
    assert_eq!(told(&estate).await[0], "critical found_by_sweep drift");
    assert_eq!(estate.asked("POST", &format!("/lines/{line}/repair"), Some(&json!({}))).await.0, 200);
    estate.app().sweep().await.unwrap();
    assert_eq!(told(&estate).await, usual);

    // Norwegian numbers of this kind take calls alone
    let line = estate.buys_in_norway().await;
    let known = estate.store.find::<oncall::Line>(&line).await.unwrap().unwrap().value;
    let changed = oncall::Line { sms_notifications: true, voice_notifications: true, ..known };
    let by = crate::estate::by_test();
    let context = store::SaveContext { by: &by, at: estate.now(), prompts: &[] };
    estate.store.save(&changed, store::Expected::Any, &context).await.unwrap();
    estate.app().sweep().await.unwrap();
    let findings = estate.store.findings(None, 10).await.unwrap().items;
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!(finding.what, "sms_notifications is set, and its number cannot send texts.");
    assert!(told(&estate).await.contains(&"warning found_by_sweep sender".to_owned()));

    // disconnected all the same
    assert_eq!(estate.asked("DELETE", &format!("/integrations/{}?confirm=true", estate.account), None).await.0, 200);
    let gone = told(&estate).await;
    assert_eq!(gone.iter().filter(|one| *one == "critical account_gone line").count(), 2, "{gone:?}");
    assert!(gone.contains(&"warning no_account organisation".to_owned()));
}
