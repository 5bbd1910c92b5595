//! Texts: accepted, sent, delivered, or not.
use reqwest::Method;
use serde_json::{Value, json};
use twilio_sim::{Fault, Item, Options, Purpose, Sim, Texting};

use crate::{
    client::ask,
    product::{ANNA, CALLER, LINE, Product, set_up},
};

async fn send(sim: &Sim, to: &str, body: &str, more: &[(&str, &str)]) -> (u16, Value) {
    let form = [&[("To", to), ("From", LINE), ("Body", body)], more].concat();
    ask(sim, Method::POST, "/Messages.json", &form).await
}

async fn status(sim: &Sim, sid: &Value) -> Value {
    ask(sim, Method::GET, &format!("/Messages/{}.json", sid.as_str().unwrap()), &[]).await.1
}

fn told(product: &Product) -> Vec<String> {
    let seen = product.seen("/sms");
    seen.iter().map(|seen| format!("{} {}", seen.get("MessageStatus"), seen.get("ErrorCode"))).collect()
}

#[tokio::test]
async fn a_code_reaches_a_phone() {
    let (product, sim) = set_up(Options::default()).await;
    product.page("/sms", 204, "", "");
    let callback = format!("{}/sms", product.base);
    let (created, body) = send(&sim, ANNA, "Your code is 123456", &[("StatusCallback", &callback)]).await;
    assert_eq!((created, &body["status"], &body["num_segments"]), (201, &json!("queued"), &json!("1")));
    assert_eq!((&body["price"], &body["date_sent"]), (&json!(null), &json!(null)));
    assert!(sim.phone(ANNA).texts().is_empty());
    let text = sim.phone(ANNA).reads("Your code is ").await;
    assert_eq!((text.from.as_str(), text.body.as_str()), (LINE, "Your code is 123456"));
    sim.wait(5).await;
    assert_eq!(told(&product), ["sent ", "delivered "]);
    let after = status(&sim, &body["sid"]).await;
    assert_eq!((&after["status"], &after["price"]), (&json!("delivered"), &json!("-0.068")));
    let paid: Vec<_> = sim.ledger().into_iter().map(|charge| (charge.item, charge.price.to_string())).collect();
    assert_eq!(paid, [(Item::MessageSegments, "0.068".to_owned())]);
    let signed = sim.journal().iter().filter(|entry| entry.purpose == Purpose::Message).count();
    assert_eq!(signed, 2);
    sim.assert_clean();
}

#[tokio::test]
async fn texts_that_do_not_arrive() {
    for (texting, code, expected) in [
        (Texting::Undelivered(30003), 30003, vec!["sent ", "undelivered 30003"]),
        (Texting::Failed(30007), 30007, vec!["failed 30007"]),
    ] {
        let (product, sim) = set_up(Options::default()).await;
        product.page("/sms", 204, "", "");
        let phone = sim.phone(ANNA).texting(texting);
        let (_, body) = send(&sim, ANNA, "Alert", &[("StatusCallback", &format!("{}/sms", product.base))]).await;
        sim.wait(10).await;
        assert_eq!(told(&product), expected);
        assert!(phone.texts().is_empty());
        let after = status(&sim, &body["sid"]).await;
        assert_eq!(after["error_code"], code);
        sim.assert_clean();
    }
}

async fn check_refused(form: &[(&str, &str)], code: u32) {
    let (_product, sim) = set_up(Options::default()).await;
    sim.phone(CALLER).texting(Texting::Refused(21614));
    sim.phone("+4790000001").opts_out_of(LINE, true);
    let (status, body) = ask(&sim, Method::POST, "/Messages.json", form).await;
    assert_eq!((status, &body["code"]), (400, &json!(code)), "{form:?}");
    sim.wait(10).await;
    assert!(sim.ledger().is_empty());
    sim.assert_clean();
}

#[tokio::test]
async fn texts_that_are_refused() {
    let with = |name: &'static str, value: &'static str| {
        let mut form = vec![("To", ANNA), ("From", LINE), ("Body", "Hi")];
        form.retain(|(known, _)| *known != name);
        form.push((name, value));
        form
    };
    check_refused(&with("To", ""), 21604).await;
    check_refused(&with("To", "12"), 21211).await;
    check_refused(&with("To", LINE), 21266).await;
    check_refused(&with("To", CALLER), 21614).await;
    check_refused(&with("To", "+4790000001"), 21610).await;
    check_refused(&with("From", ""), 21603).await;
    check_refused(&with("From", "Ops"), 21212).await;
    check_refused(&with("From", CALLER), 21606).await;
    check_refused(&with("Body", ""), 21602).await;
    check_refused(&with("StatusCallback", "nonsense"), 21609).await;
    check_refused(&with("MediaUrl", "http://127.0.0.1/picture"), 21621).await;
    check_refused(&with("ValidityPeriod", "0"), 21624).await;
    check_refused(&[("To", ANNA), ("MessagingServiceSid", "MG0"), ("Body", "Hi")], 21701).await;
    let long = "x".repeat(1601);
    check_refused(&[("To", ANNA), ("From", LINE), ("Body", &long)], 21617).await;
}

#[tokio::test]
async fn who_opted_out_can_come_back() {
    let (_product, sim) = set_up(Options::default()).await;
    sim.phone(ANNA).opts_out_of(LINE, true);
    assert_eq!(send(&sim, ANNA, "Hi", &[]).await.1["code"], 21610);
    sim.phone(ANNA).opts_out_of(LINE, false);
    assert_eq!(send(&sim, ANNA, "Hi", &[]).await.0, 201);
}

#[tokio::test]
async fn a_number_sends_one_a_second_and_lists_them() {
    let (_product, sim) = set_up(Options::default()).await;
    for body in ["one", "two", "three"] {
        assert_eq!(send(&sim, ANNA, body, &[]).await.0, 201);
    }
    let begin = sim.phone(ANNA).reads("one").await.at;
    assert_eq!((sim.phone(ANNA).reads("three").await.at - begin).as_secs(), 2);
    let count = async |query: &str| {
        let (_, body) = ask(&sim, Method::GET, &format!("/Messages.json?{query}"), &[]).await;
        body["messages"].as_array().unwrap().len()
    };
    assert_eq!(count("To=%2B4791000001").await, 3);
    assert_eq!(count("To=%2B4791000002").await, 0);
    assert_eq!(count("DateSent=2026-11-20").await, 3);
    assert_eq!(count("DateSent%3E=2026-11-21").await, 0);
    assert_eq!(count("PageSize=2&Page=1").await, 1);
}

#[tokio::test]
async fn receipts_are_lost_repeated_and_reordered() {
    let (product, sim) = set_up(Options::default()).await;
    product.page("/sms", 204, "", "");
    let callback = format!("{}/sms", product.base);
    sim.fault(Fault::late("/sms", 30));
    send(&sim, ANNA, "Hi", &[("StatusCallback", &callback)]).await;
    sim.wait(60).await;
    assert_eq!(told(&product), ["delivered ", "sent "]);
    sim.assert_clean();
}

#[tokio::test]
async fn a_text_may_be_sent_although_the_answer_is_lost() {
    let (_product, sim) = set_up(Options::default()).await;
    sim.fault(Fault::rest("POST /Messages.json", twilio_sim::Mishap::FailedAfter(500)));
    assert_eq!(send(&sim, ANNA, "Hi", &[]).await.0, 500);
    sim.phone(ANNA).reads("Hi").await;
}

#[tokio::test]
async fn phones_by_the_control_api() {
    let (_product, sim) = set_up(Options::default()).await;
    let client = reqwest::Client::new();
    let at = |path: &str| format!("{}/_sim/phones/{ANNA}/{path}", sim.base_url());
    let opted = client.put(at(&format!("opt-outs/{LINE}"))).send().await.unwrap();
    assert_eq!(opted.status(), 200);
    assert_eq!(send(&sim, ANNA, "Hi", &[]).await.1["code"], 21610);
    client.delete(at(&format!("opt-outs/{LINE}"))).send().await.unwrap();
    let refuse = json!({ "does": "refused", "code": 21612 }).to_string();
    client.put(at("texting")).body(refuse).send().await.unwrap();
    assert_eq!(send(&sim, ANNA, "Hi", &[]).await.1["code"], 21612);
    let wrong = client.put(at("texting")).body(json!({ "does": "failed" }).to_string()).send().await.unwrap();
    assert_eq!(wrong.status(), 400);
    client.put(at("texting")).body(json!({ "does": "receives" }).to_string()).send().await.unwrap();
    send(&sim, ANNA, "Code 42", &[]).await;
    sim.phone(ANNA).reads("Code").await;
    let texts = client.get(at("texts")).send().await.unwrap().text().await.unwrap();
    let texts: Value = serde_json::from_str(&texts).unwrap();
    assert_eq!((&texts[0]["from"], &texts[0]["body"]), (&json!(LINE), &json!("Code 42")));
}
