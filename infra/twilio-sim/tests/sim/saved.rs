//! A simulator that is started anew goes on with the accounts of an earlier one.
use reqwest::Method;
use serde_json::json;
use twilio_sim::{AccountKind, BundleStatus, NumberKind, Offer, Options, Sim};

use crate::client::{ask, buy, start};

/// As a file would keep it.
async fn again(sim: &Sim) -> Sim {
    let kept = serde_json::to_string(&sim.saved()).unwrap();
    let saved = serde_json::from_str(&kept).unwrap();
    Sim::start(Options { seed: 99, saved: Some(saved), ..Options::default() }).await
}

#[tokio::test]
async fn accounts_money_numbers_and_papers_are_the_same() {
    let first = start().await;
    let number = "+4721000000";
    first.stock(Offer::new(number, NumberKind::Local).unwrap());
    let place = [
        ("CustomerName", "Nordlys AS"),
        ("Street", "Storgata 1"),
        ("City", "Oslo"),
        ("Region", "Oslo"),
        ("PostalCode", "0155"),
        ("IsoCountry", "NO"),
    ];
    let (status, address) = ask(&first, Method::POST, "/Addresses.json", &place).await;
    assert_eq!(status, 201, "{address}");
    let address = address["sid"].as_str().unwrap();
    let form = [("PhoneNumber", number), ("VoiceUrl", "http://127.0.0.1:1/in"), ("AddressSid", address)];
    let (status, code, sid) = buy(&first, &form).await;
    assert_eq!((status, code), (201, None));
    let trial = first.open_account(AccountKind::Trial);
    let account = first.account_sid();
    let bundle = first.bundle(&account, "DE", NumberKind::Local, "business", BundleStatus::TwilioApproved).unwrap();

    let second = again(&first).await;
    assert!(first.credentials() == second.credentials());
    assert_eq!(first.balance(&account), second.balance(&account));
    assert!(second.balance(&trial.account_sid).is_some());
    assert!(second.set_bundle(&bundle, BundleStatus::Draft));
    let path = format!("/IncomingPhoneNumbers/{sid}.json");
    let known = ask(&first, Method::GET, &path, &[]).await;
    assert_eq!(ask(&second, Method::GET, &path, &[]).await, known);
    assert_eq!((known.0, &known.1["voice_url"]), (200, &json!("http://127.0.0.1:1/in")));
    let (_, listed) = ask(&second, Method::GET, "/Addresses.json", &[]).await;
    assert_eq!(listed["addresses"][0]["sid"], json!(address));
    assert_eq!(buy(&second, &form).await.1, Some(21422), "it is not for sale again");
    first.assert_clean();
    second.assert_clean();
}
