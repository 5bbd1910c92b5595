//! Several accounts, and the control API that changes what they have.
use reqwest::Method;
use serde_json::{Value, json};
use twilio_sim::{AccountKind, Number, Sim};

use crate::{
    client::{ask, ask_at, buy, first, search, start},
    product::{CALLER, LINE, Product, set_up},
};

/// A request to the control API: status and body.
async fn control(sim: &Sim, method: Method, path: &str, body: Value) -> (u16, Value) {
    let url = format!("{}/_sim/{path}", sim.base_url());
    let response = reqwest::Client::new().request(method, url).body(body.to_string()).send().await.unwrap();
    let status = response.status().as_u16();
    (status, serde_json::from_str(&response.text().await.unwrap()).unwrap())
}

#[tokio::test]
async fn accounts_do_not_see_each_other() {
    let (product, sim) = set_up(Default::default()).await;
    product.twiml("/in", "<Hangup/>").twiml("/other", "<Hangup/>");
    let other = sim.open_account(AccountKind::Full);
    let theirs = "+4721000009";
    let sid = sim.own_in(&other.account_sid, Number::new(theirs).voice_url(format!("{}/other", product.base)));
    sim.dial(CALLER, LINE).await.ends().await;
    sim.dial(CALLER, theirs).await.ends().await;
    let seen = product.seen("/other");
    assert_eq!(seen[0].get("AccountSid"), other.account_sid);
    let path = format!("/IncomingPhoneNumbers/{sid}.json");
    assert_eq!(ask(&sim, Method::GET, &path, &[]).await.0, 404);
    assert_eq!(ask(&sim, Method::GET, "/Calls.json", &[]).await.1["calls"].as_array().unwrap().len(), 1);
    let auth = (other.account_sid.clone(), other.auth_token.clone());
    let base = format!("/2010-04-01/Accounts/{}", other.account_sid);
    assert_eq!(ask_at(&sim, auth.clone(), Method::GET, &format!("{base}{path}"), &[]).await.0, 200);
    let (_, keys) = ask_at(&sim, auth.clone(), Method::GET, &format!("{base}/Keys.json"), &[]).await;
    assert_eq!(keys["keys"][0]["sid"], json!(other.key_sid));
    let foreign = format!("/2010-04-01/Accounts/{}/Calls.json", sim.account_sid());
    assert_eq!(ask_at(&sim, auth.clone(), Method::GET, &foreign, &[]).await.0, 404);
    let key = (other.key_sid, other.key_secret);
    for (path, status) in [(".json", 401), ("/Keys.json", 401), ("/Balance.json", 200)] {
        assert_eq!(ask_at(&sim, key.clone(), Method::GET, &format!("{base}{path}"), &[]).await.0, status, "{path}");
    }
    let (_, list) = ask_at(&sim, auth, Method::GET, "/2010-04-01/Accounts.json", &[]).await;
    assert_eq!(list["accounts"].as_array().unwrap().len(), 1);
    sim.assert_clean();
}

#[tokio::test]
async fn a_suspended_account_buys_nothing() {
    let sim = start().await;
    let number = first(&sim, "US/Local.json").await;
    sim.suspend_account(&sim.account_sid(), true);
    assert_eq!(buy(&sim, &[("PhoneNumber", &number)]).await.1, Some(20005));
    sim.suspend_account(&sim.account_sid(), false);
    assert_eq!(buy(&sim, &[("PhoneNumber", &number)]).await.0, 201);
}

#[tokio::test]
async fn test_credentials_see_little() {
    let sim = start().await;
    let test = sim.open_account(AccountKind::Test);
    let ask = async |path: &str| {
        let auth = (test.account_sid.clone(), test.auth_token.clone());
        ask_at(&sim, auth, Method::GET, path, &[]).await
    };
    let base = format!("/2010-04-01/Accounts/{}", test.account_sid);
    for path in [format!("{base}.json"), format!("{base}/Balance.json"), "/v1/PhoneNumbers/Countries".to_owned()] {
        let (status, body) = ask(&path).await;
        assert_eq!((status, &body["code"]), (403, &json!(20008)), "{path}");
    }
    assert_eq!(ask(&format!("{base}/IncomingPhoneNumbers.json")).await.0, 200);
}

#[tokio::test]
async fn somebody_works_in_the_console() {
    let (product, sim) = set_up(Default::default()).await;
    product.twiml("/in", "<Say>Ours</Say>").twiml("/theirs", "<Say>Theirs</Say>");
    assert!(sim.drift(LINE, "VoiceUrl", &format!("{}/theirs", product.base)));
    sim.dial(CALLER, LINE).await.hears("Theirs").await.ends().await;
    assert!(!sim.drift(LINE, "voice_url", "x") && !sim.drift(CALLER, "VoiceUrl", "x"));
    let change = json!({ "VoiceUrl": format!("{}/in", product.base), "FriendlyName": "Reception" });
    assert_eq!(control(&sim, Method::PATCH, &format!("numbers/{LINE}"), change).await.0, 200);
    sim.dial(CALLER, LINE).await.hears("Ours").await.ends().await;
    assert_eq!(sim.number(LINE).unwrap().get("FriendlyName"), "Reception");
    assert_eq!(control(&sim, Method::DELETE, &format!("numbers/{LINE}"), json!({})).await.0, 200);
    assert_eq!(control(&sim, Method::DELETE, &format!("numbers/{LINE}"), json!({})).await.0, 404);
    assert!(sim.numbers().is_empty());
    sim.assert_clean();
}

#[tokio::test]
async fn everything_by_the_control_api() {
    let sim = start().await;
    let (status, account) = control(&sim, Method::POST, "accounts", json!({ "balance": "3.00" })).await;
    assert_eq!(status, 201);
    let text = |name: &str| account[name].as_str().unwrap().to_owned();
    let key = || (text("api_key"), text("api_key_secret"));
    let base = format!("/2010-04-01/Accounts/{}", text("account_sid"));
    let path = format!("accounts/{}", text("account_sid"));
    assert_eq!(control(&sim, Method::PATCH, &path, json!({ "balance": "9.5" })).await.0, 200);
    let balance = ask_at(&sim, key(), Method::GET, &format!("{base}/Balance.json"), &[]).await.1;
    assert_eq!(balance["balance"], "9.50");
    let offer = json!({ "kind": "local", "bundle": true, "address": "none" });
    assert_eq!(control(&sim, Method::PUT, "inventory/+493023126000", offer).await.0, 200);
    let bundle = json!({
        "country": "DE", "kind": "local", "end_user": "business", "status": "in-review", "account": text("account_sid"),
    });
    let (_, bundle) = control(&sim, Method::POST, "bundles", bundle).await;
    let bundle = bundle["sid"].as_str().unwrap();
    let form = [("PhoneNumber", "+493023126000"), ("BundleSid", bundle)];
    let list = format!("{base}/IncomingPhoneNumbers.json");
    assert_eq!(ask_at(&sim, key(), Method::POST, &list, &form).await.1["code"], 21649);
    let approved = json!({ "status": "twilio-approved" });
    assert_eq!(control(&sim, Method::PUT, &format!("bundles/{bundle}"), approved).await.0, 200);
    let fault = json!({ "endpoint": "POST /IncomingPhoneNumbers.json", "does": "fails-after", "status": 500 });
    assert_eq!(control(&sim, Method::POST, "faults", fault).await.0, 200);
    assert_eq!(ask_at(&sim, key(), Method::POST, &list, &form).await.0, 500);
    assert_eq!(ask_at(&sim, key(), Method::GET, &list, &[]).await.1["incoming_phone_numbers"][0]["bundle_sid"], bundle);
    let (_, ledger) = control(&sim, Method::GET, "ledger", json!({})).await;
    assert_eq!((&ledger[0]["item"], &ledger[0]["price"]), (&json!("NumberBought"), &json!("1.15")));
    let taken = first(&sim, "US/Local.json").await;
    assert_eq!(control(&sim, Method::DELETE, &format!("inventory/{taken}"), json!({})).await.0, 200);
    assert_eq!(buy(&sim, &[("PhoneNumber", &taken)]).await.1, Some(21422));
    let (_, stock) = control(&sim, Method::GET, "inventory", json!({})).await;
    assert!(stock.as_array().unwrap().len() > 500);
    assert_eq!(search(&sim, "US/Local.json?PageSize=200").await.len(), 179);
    sim.assert_clean();
}

#[tokio::test]
async fn webhooks_are_signed_by_their_account() {
    let product = Product::start().await;
    product.twiml("/in", "<Hangup/>");
    let sim = start().await;
    let other = sim.open_account(AccountKind::Full);
    let url = format!("{}/in", product.base);
    let mut signatures = Vec::new();
    for account in [sim.account_sid(), other.account_sid] {
        sim.own_in(&account, Number::new(LINE).voice_url(&url));
        sim.dial(CALLER, LINE).await.ends().await;
        let seen = product.seen("/in").pop().unwrap();
        let signature = seen.headers["x-twilio-signature"].to_str().unwrap().to_owned();
        let form: Vec<_> = twilio_sim::decode_form(&seen.raw);
        signatures.push((signature, form));
    }
    let pairs = signatures[0].1.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>();
    sim.post_signed(&url, &pairs).await;
    let again = product.seen("/in").pop().unwrap();
    assert_eq!(again.headers["x-twilio-signature"].to_str().unwrap(), signatures[0].0);
    let pairs = signatures[1].1.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>();
    sim.post_signed(&url, &pairs).await;
    let main = product.seen("/in").pop().unwrap();
    assert_ne!(main.headers["x-twilio-signature"].to_str().unwrap(), signatures[1].0, "the main account's differs");
}
