//! Addresses, regulations and bundles.
use reqwest::Method;
use serde_json::{Value, json};
use twilio_sim::{BundleStatus, Sim};

use crate::client::{address, ask, ask_at, buy, first, look, start};

async fn register(sim: &Sim, city: &str, code: &str, more: &[(&str, &str)]) -> (u16, Value) {
    let known = [
        ("CustomerName", "Example"),
        ("Street", "Karl Johans gate 1"),
        ("City", city),
        ("Region", "Oslo"),
        ("PostalCode", code),
        ("IsoCountry", "NO"),
    ];
    ask(sim, Method::POST, "/Addresses.json", &[&known[..], more].concat()).await
}

#[tokio::test]
async fn addresses_are_corrected_or_not() {
    let sim = start().await;
    let (status, body) = register(&sim, "oslo ", "0154", &[]).await;
    assert_eq!((status, &body["city"], &body["validated"]), (201, &json!("Oslo"), &json!(true)));
    let (status, body) = register(&sim, "oslo", "0154", &[("AutoCorrectAddress", "false")]).await;
    assert_eq!((status, &body["code"]), (400, &json!(21629)));
    assert!(body["message"].as_str().unwrap().ends_with("Karl Johans gate 1, Oslo, Oslo, 0154, NO"), "{body}");
    assert_eq!(register(&sim, "Oslo", "0154", &[("AutoCorrectAddress", "false")]).await.0, 201);
    assert_eq!(register(&sim, "Oslo", "01544", &[]).await.1["code"], 21628);
    assert_eq!(register(&sim, "", "0154", &[]).await.1["code"], 20001, "required");
    sim.assert_clean();
}

#[tokio::test]
async fn addresses_are_listed_changed_and_deleted() {
    let sim = start().await;
    let (oslo, berlin) = (address(&sim, "NO", "0154").await, address(&sim, "DE", "10117").await);
    let (_, list) = ask(&sim, Method::GET, "/Addresses.json?IsoCountry=NO", &[]).await;
    let found: Vec<_> = list["addresses"].as_array().unwrap().iter().map(|address| address["sid"].clone()).collect();
    assert_eq!(found, [json!(oslo)]);
    let path = format!("/Addresses/{oslo}.json");
    let (status, body) = ask(&sim, Method::POST, &path, &[("City", "bergen"), ("FriendlyName", "Office")]).await;
    assert_eq!((status, &body["city"], &body["friendly_name"]), (200, &json!("Bergen"), &json!("Office")));
    assert_eq!(ask(&sim, Method::POST, &path, &[("PostalCode", "x")]).await.1["code"], 21628);
    assert_eq!(ask(&sim, Method::GET, &path, &[]).await.1["postal_code"], "0154");
    let number = first(&sim, "NO/Local.json").await;
    assert_eq!(buy(&sim, &[("PhoneNumber", &number), ("AddressSid", &oslo)]).await.0, 201);
    let (_, body) = ask(&sim, Method::GET, &format!("/Addresses/{oslo}/DependentPhoneNumbers.json"), &[]).await;
    assert_eq!(body["dependent_phone_numbers"][0]["phone_number"], json!(number));
    let (status, body) = ask(&sim, Method::DELETE, &path, &[]).await;
    assert_eq!((status, &body["code"]), (409, &json!(20409)));
    let other = format!("/Addresses/{berlin}.json");
    assert_eq!(ask(&sim, Method::DELETE, &other, &[]).await.0, 204);
    assert_eq!(ask(&sim, Method::DELETE, &other, &[]).await.0, 404);
    sim.assert_clean();
}

#[tokio::test]
async fn a_bundle_from_draft_to_approval() {
    let sim = start().await;
    let base = "/v2/RegulatoryCompliance";
    let (_, all) = look(&sim, &format!("{base}/Regulations?IsoCountry=DE&NumberType=local&EndUserType=business")).await;
    let regulation = all["results"][0]["sid"].as_str().unwrap();
    let auth = || (sim.account_sid(), sim.auth_token());
    let form = [("FriendlyName", "Ops"), ("Email", "ops@example.org"), ("RegulationSid", regulation)];
    let (status, bundle) = ask_at(&sim, auth(), Method::POST, &format!("{base}/Bundles"), &form).await;
    assert_eq!((status, &bundle["status"], &bundle["regulation_sid"]), (201, &json!("draft"), &json!(regulation)));
    let sid = bundle["sid"].as_str().unwrap();
    let path = format!("{base}/Bundles/{sid}");
    let post = async |status: &str| ask_at(&sim, auth(), Method::POST, &path, &[("Status", status)]).await.0;
    assert_eq!(post("twilio-approved").await, 400, "that is Twilio's to say");
    assert_eq!(post("pending-review").await, 200);
    assert!(sim.set_bundle(sid, BundleStatus::TwilioApproved));
    assert_eq!(look(&sim, &path).await.1["status"], "twilio-approved");
    let (_, list) = look(&sim, &format!("{base}/Bundles?Status=twilio-approved&IsoCountry=DE&NumberType=local")).await;
    assert_eq!((list["results"].as_array().unwrap().len(), &list["meta"]["key"]), (1, &json!("results")));
    let (_, none) = look(&sim, &format!("{base}/Bundles?IsoCountry=GB")).await;
    assert_eq!(none["results"], json!([]));
    sim.assert_clean();
}
