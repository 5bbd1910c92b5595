//! Buying, configuring and releasing numbers.
use reqwest::Method;
use serde_json::json;
use twilio_sim::{AccountKind, BundleStatus, Item, Money, NumberKind};

use crate::{
    client::{address, ask, ask_at, buy, first, search, start},
    product::{CALLER, Product, set_up},
};

#[tokio::test]
async fn a_bought_number_answers_at_once() {
    let product = Product::start().await;
    product.twiml("/in", "<Say>Hello</Say>");
    let sim = start().await;
    let number = first(&sim, "US/Local.json?AreaCode=415").await;
    let url = format!("{}/in", product.base);
    let form = [("PhoneNumber", number.as_str()), ("FriendlyName", "acme/7"), ("VoiceUrl", url.as_str())];
    let (status, body) = ask(&sim, Method::POST, "/IncomingPhoneNumbers.json", &form).await;
    assert_eq!((status, &body["status"], &body["voice_url"]), (201, &json!("in-use"), &json!(url)));
    assert_eq!(body["capabilities"], json!({ "voice": true, "sms": true, "mms": true, "fax": false }));
    sim.dial(CALLER, &number).await.hears("Hello").await.ends().await;
    assert_eq!(search(&sim, &format!("US/Local.json?Contains={}", &number[5..])).await, Vec::<String>::new());
    sim.assert_clean();
}

#[tokio::test]
async fn money_is_spent_once_and_written_down() {
    let sim = start().await;
    let account = sim.account_sid();
    let number = first(&sim, "US/TollFree.json").await;
    let form = [("PhoneNumber", number.as_str()), ("FriendlyName", "acme/8")];
    let (status, _, sid) = buy(&sim, &form).await;
    assert_eq!(status, 201);
    assert_eq!(buy(&sim, &form).await.1, Some(21422));
    assert_eq!(sim.balance(&account), Money::parse("47.85"));
    let (_, balance) = ask(&sim, Method::GET, "/Balance.json", &[]).await;
    assert_eq!(balance, json!({ "account_sid": account, "balance": "47.85", "currency": "USD" }));
    let path = format!("/IncomingPhoneNumbers/{sid}.json");
    assert_eq!(ask(&sim, Method::DELETE, &path, &[]).await.0, 204);
    assert_eq!(ask(&sim, Method::DELETE, &path, &[]).await.0, 404);
    assert_eq!(ask(&sim, Method::GET, &path, &[]).await.0, 404);
    assert_eq!(buy(&sim, &form).await.1, Some(21422), "released is gone");
    let entries: Vec<_> = sim.ledger().into_iter().map(|c| (c.item, c.number, c.name, c.price.to_string())).collect();
    let entry = |item, price: &str| (item, Some(number.clone()), Some("acme/8".to_owned()), price.to_owned());
    assert_eq!(entries, [entry(Item::NumberBought, "2.15"), entry(Item::NumberReleased, "0.00")]);
    sim.assert_clean();
}

async fn check_refused(form: &[(&str, &str)], code: u64) {
    let sim = start().await;
    assert_eq!(buy(&sim, form).await, (400, Some(code), String::new()), "{form:?}");
    assert!(sim.ledger().is_empty() && sim.numbers().is_empty());
    sim.assert_clean();
}

#[tokio::test]
async fn purchases_that_are_refused() {
    let sim = start().await;
    let good = first(&sim, "US/Local.json").await;
    let good = good.as_str();
    check_refused(&[], 21421).await;
    check_refused(&[("PhoneNumber", "12")], 21421).await;
    check_refused(&[("PhoneNumber", good), ("AreaCode", "415")], 21421).await;
    check_refused(&[("PhoneNumber", "+14155559999")], 21422).await;
    check_refused(&[("PhoneNumber", good), ("VoiceUrl", "nonsense")], 21402).await;
    check_refused(&[("PhoneNumber", good), ("VoiceMethod", "PUT")], 21403).await;
    check_refused(&[("PhoneNumber", good), ("FriendlyName", &"x".repeat(65))], 20002).await;
    check_refused(&[("AreaCode", "4155")], 21451).await;
    check_refused(&[("AreaCode", "999")], 21452).await;
    for (path, code) in [("AU/Local.json", 21631), ("NO/Local.json", 21631), ("AU/Mobile.json", 21650)] {
        check_refused(&[("PhoneNumber", &first(&sim, path).await)], code).await;
    }
    for path in ["GB/Mobile.json", "DE/Local.json"] {
        check_refused(&[("PhoneNumber", &first(&sim, path).await)], 21649).await;
    }
    let mobile = first(&sim, "AU/Mobile.json").await;
    check_refused(&[("PhoneNumber", &mobile), ("IdentitySid", "RI0")], 21651).await;
}

#[tokio::test]
async fn an_area_code_chooses_a_number() {
    let sim = start().await;
    let (status, body) = ask(&sim, Method::POST, "/IncomingPhoneNumbers.json", &[("AreaCode", "206")]).await;
    assert_eq!(status, 201);
    let name = body["friendly_name"].as_str().unwrap();
    assert!(name.starts_with("(206) 555-01"), "{name}");
}

#[tokio::test]
async fn papers_buy_what_asks_for_them() {
    let sim = start().await;
    let account = sim.account_sid();
    let (oslo, berlin) = (address(&sim, "NO", "0154").await, address(&sim, "DE", "10117").await);
    let norwegian = first(&sim, "NO/Local.json").await;
    let with =
        |address: &str| vec![("PhoneNumber".to_owned(), norwegian.clone()), ("AddressSid".into(), address.into())];
    for (form, expected) in [(with(&berlin), Some(21615)), (with("AD0"), Some(21631)), (with(&oslo), None)] {
        let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(buy(&sim, &form).await.1, expected, "{form:?}");
    }
    let german = first(&sim, "DE/Local.json").await;
    let british = sim.bundle(&account, "GB", NumberKind::Mobile, "business", BundleStatus::TwilioApproved).unwrap();
    let draft = sim.bundle(&account, "DE", NumberKind::Local, "business", BundleStatus::Draft).unwrap();
    let wanted = |bundle| [("PhoneNumber", german.as_str()), ("AddressSid", berlin.as_str()), ("BundleSid", bundle)];
    assert_eq!(buy(&sim, &wanted(&draft)).await.1, Some(21649));
    assert_eq!(buy(&sim, &wanted(&british)).await.1, Some(21651));
    assert!(sim.set_bundle(&draft, BundleStatus::TwilioApproved));
    assert_eq!(buy(&sim, &wanted(&draft)).await.1, None);
    let (sydney, identity) = (address(&sim, "AU", "2000").await, sim.identity(&account));
    let mobile = first(&sim, "AU/Mobile.json").await;
    let form = [("PhoneNumber", mobile.as_str()), ("AddressSid", &sydney), ("IdentitySid", &identity)];
    assert_eq!(buy(&sim, &form).await.1, None);
    sim.assert_clean();
}

#[tokio::test]
async fn a_trial_account_has_one_number() {
    let sim = start().await;
    let trial = sim.open_account(AccountKind::Trial);
    let path = format!("/2010-04-01/Accounts/{}/IncomingPhoneNumbers.json", trial.account_sid);
    let mut found = Vec::new();
    for number in search(&sim, "US/Local.json?PageSize=2").await {
        let auth = (trial.key_sid.clone(), trial.key_secret.clone());
        found.push(ask_at(&sim, auth, Method::POST, &path, &[("PhoneNumber", &number)]).await.1["code"].clone());
    }
    assert_eq!(found, [json!(null), json!(21404)]);
}

#[tokio::test]
async fn subresources_know_their_kind() {
    let sim = start().await;
    let (local, free) = (first(&sim, "US/Local.json").await, first(&sim, "US/TollFree.json").await);
    let post = |path: &'static str, number: String| {
        let sim = &sim;
        async move { ask(sim, Method::POST, path, &[("PhoneNumber", &number)]).await.1["code"].clone() }
    };
    assert_eq!(post("/IncomingPhoneNumbers/TollFree.json", local.clone()).await, 21458);
    assert_eq!(post("/IncomingPhoneNumbers/TollFree.json", free.clone()).await, json!(null));
    assert_eq!(post("/IncomingPhoneNumbers/Local.json", local).await, json!(null));
    let (_, body) = ask(&sim, Method::GET, "/IncomingPhoneNumbers/TollFree.json", &[]).await;
    let found: Vec<_> =
        body["incoming_phone_numbers"].as_array().unwrap().iter().map(|n| n["phone_number"].clone()).collect();
    assert_eq!(found, [json!(free)]);
}

#[tokio::test]
async fn numbers_are_found_again_by_name() {
    let sim = start().await;
    for (at, number) in search(&sim, "US/Local.json?PageSize=3").await.iter().enumerate() {
        buy(&sim, &[("PhoneNumber", number), ("FriendlyName", &format!("acme/{at}"))]).await;
    }
    let count = |query: &str| {
        let (sim, path) = (&sim, format!("/IncomingPhoneNumbers.json?{query}"));
        async move { ask(sim, Method::GET, &path, &[]).await.1["incoming_phone_numbers"].as_array().unwrap().len() }
    };
    assert_eq!(count("FriendlyName=acme%2F1").await, 1);
    assert_eq!(count("FriendlyName=acme").await, 0, "exact");
    assert_eq!(count("PhoneNumber=%2B1*55").await, 3);
    assert_eq!(count("PageSize=2&Page=1").await, 1);
    assert_eq!(count("Origin=hosted").await, 0);
    sim.assert_clean();
}

#[tokio::test]
async fn settings_beyond_the_simulator_are_violations() {
    let (_product, sim) = set_up(Default::default()).await;
    let path = format!("/IncomingPhoneNumbers/{}.json", sim.numbers()[0].sid());
    let form = [("EmergencyStatus", "Active"), ("VoiceReceiveMode", "fax"), ("SmsUrl", "http://127.0.0.1/sms")];
    assert_eq!(ask(&sim, Method::POST, &path, &form).await.0, 200);
    assert_eq!(sim.alerts().len(), 2);
    assert_eq!(sim.numbers()[0].get("SmsUrl"), "http://127.0.0.1/sms");
}
