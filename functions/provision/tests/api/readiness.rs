//! What is missing is found before somebody calls.

use serde_json::{Value, json};
use store::Finding;

use crate::{
    estate::Estate,
    house::House,
    organisation::{LINE, furnish, settle, verify, with_line},
};

/// Severity, code and what it is about, of each finding; but for the house's Twilio, which is nowhere.
async fn found(house: &House) -> Vec<String> {
    let answer = house.get("/readiness").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let findings = answer.body["findings"].as_array().unwrap().iter();
    let told = findings.map(|finding| {
        let words = ["severity", "code", "kind", "id"].map(|name| finding[name].as_str().unwrap());
        words.join(" ").trim().to_owned()
    });
    let told: Vec<String> = told.filter(|told| told != "warning not_asked integration AC1").collect();
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
    let [finding, _] = answer["findings"].as_array().unwrap().as_slice() else { panic!("{answer}") };
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
async fn what_was_found_in_an_account_that_cannot_be_asked_is_told() {
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
    let expected = [
        "critical differs_at_twilio drift ln_1",
        "warning differs_at_twilio fallback ln_2",
        "warning differs_at_twilio orphan PN1",
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

/// The usual findings about a number that was just bought.
const USUAL: [&str; 2] = ["warning no_fallback line", "note line_disabled line"];

impl Estate {
    /// A line with a number that was bought, and that number.
    async fn with_number(&self) -> (String, String) {
        let (number, request) = self.offer();
        let (_, bought) = self.buys(&provision::router(self.app()), "k", &request).await;
        (bought["line"].as_str().unwrap().to_owned(), number)
    }

    async fn switch(&self, line: &str, texts: bool) {
        let known = self.store.find::<oncall::Line>(line).await.unwrap().unwrap().value;
        let changed = oncall::Line { sms_notifications: texts, voice_notifications: true, ..known };
        let by = crate::estate::by_test();
        let context = store::SaveContext { by: &by, at: self.now(), prompts: &[] };
        self.store.save(&changed, store::Expected::Any, &context).await.unwrap();
    }

    /// Twilio does not answer when it is asked for the numbers, as often as one question is repeated.
    fn silence(&self) {
        let mishap = twilio_sim::Mishap::Refused(503);
        self.sim.fault(twilio_sim::Fault::rest("GET /IncomingPhoneNumbers.json", mishap).times(3));
    }
}

#[tokio::test]
async fn what_differs_at_twilio_is_told_at_once_and_no_longer_once_it_is_mended() {
    let estate = Estate::open().await;
    let (line, number) = estate.with_number().await;
    assert_eq!(told(&estate).await, USUAL);
    estate.sim.drift(&number, "VoiceFallbackUrl", "");
    assert_eq!(told(&estate).await[0], "warning differs_at_twilio fallback");
    estate.sim.drift(&number, "VoiceUrl", "");
    assert_eq!(told(&estate).await[0], "critical differs_at_twilio drift");
    // a sweep's finding does not outlive what it is about
    estate.app().sweep().await.unwrap();
    assert_eq!(told(&estate).await[0], "critical differs_at_twilio drift");
    assert_eq!(estate.asked("POST", &format!("/lines/{line}/repair"), Some(&json!({}))).await.0, 200);
    assert_eq!(told(&estate).await, USUAL);
    estate.sim.release_in_console(&number);
    assert_eq!(told(&estate).await[0], "critical differs_at_twilio lost");
    // disconnected all the same
    assert_eq!(estate.asked("DELETE", &format!("/integrations/{}?confirm=true", estate.account), None).await.0, 200);
    let gone = told(&estate).await;
    assert!(gone.contains(&"critical account_gone line".to_owned()), "{gone:?}");
    assert!(gone.contains(&"warning no_account organisation".to_owned()), "{gone:?}");
}

#[tokio::test]
async fn while_twilio_is_silent_what_was_last_seen_is_told_with_its_time() {
    let estate = Estate::open().await;
    let (line, number) = estate.with_number().await;
    estate.sim.drift(&number, "VoiceUrl", "");
    estate.app().sweep().await.unwrap();
    let swept = estate.now();
    estate.sim.wait(90).await;
    estate.silence();
    let (_, answer) = estate.asked("GET", "/readiness", None).await;
    let of = |code: &str| {
        let mut findings = answer["findings"].as_array().unwrap().iter();
        findings.find(|finding| finding["code"] == code).unwrap_or_else(|| panic!("{code}: {answer}")).clone()
    };
    assert_eq!(
        (of("not_asked")["kind"].clone(), of("not_asked")["id"].clone()),
        (json!("integration"), json!(estate.account))
    );
    assert_eq!(of("differs_at_twilio")["since"], json!(swept));
    assert_eq!(answer["ready"], false);
    // who has looked meanwhile has found it well, or has mended it
    for (drifts, way) in [("", "repair"), ("https://hotline.example.org/voice/incoming", "drift")] {
        estate.sim.drift(&number, "VoiceUrl", "");
        estate.app().sweep().await.unwrap();
        if !drifts.is_empty() {
            estate.sim.drift(&number, "VoiceUrl", drifts);
        }
        let method = if way == "repair" { "POST" } else { "GET" };
        assert_eq!(estate.asked(method, &format!("/lines/{line}/{way}"), None).await.1["differences"], json!([]));
        estate.silence();
        let told = told(&estate).await;
        assert_eq!(told, ["warning not_asked integration", USUAL[0], USUAL[1]], "{way}");
    }
}

#[tokio::test]
async fn a_switch_that_the_number_cannot_serve_is_told_as_long_as_it_is_on() {
    let estate = Estate::open().await;
    // Norwegian numbers of this kind take calls alone
    let line = estate.buys_in_norway().await;
    assert_eq!(told(&estate).await, USUAL);
    estate.switch(&line, true).await;
    let cannot = "warning cannot_send line";
    assert_eq!(told(&estate).await, [USUAL[0], cannot, USUAL[1]]);
    let (_, answer) = estate.asked("GET", "/readiness", None).await;
    assert_eq!(answer["findings"][1]["what"], "sms_notifications of Oslo is set, and its number cannot send texts");
    estate.switch(&line, false).await;
    assert_eq!(told(&estate).await, USUAL);
    // what it can send is known when Twilio is away, once somebody has looked
    estate.app().sweep().await.unwrap();
    estate.switch(&line, true).await;
    estate.silence();
    assert_eq!(told(&estate).await, ["warning not_asked integration", USUAL[0], cannot, USUAL[1]]);
}

#[tokio::test]
async fn readiness_asks_twilio_once_for_each_account() {
    let estate = Estate::open().await;
    estate.with_number().await;
    estate.buys_in_norway().await;
    estate.wire.forget();
    assert_eq!(told(&estate).await.len(), 4);
    let counts = estate.wire.counts();
    let numbers = format!("GET /2010-04-01/Accounts/{}/IncomingPhoneNumbers.json", estate.account);
    let twilio: Vec<_> = counts.iter().filter(|(name, _)| name.contains(' ')).collect();
    assert_eq!(twilio, [(&numbers, &1)], "{counts:?}");
}
