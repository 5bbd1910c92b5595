//! Who connected, bought and gave back what: each told once, however often it was asked for.

use provision::router;
use serde_json::{Value, json};
use twilio_sim::{Fault, Mishap};

use crate::estate::Estate;

/// Action, kind and id of each entry of the first administrator, and the fields where they say more. Entries of one
/// instant have no order.
async fn check<const N: usize>(estate: &Estate, mut expected: [String; N]) {
    let (_, log) = estate.asked("GET", "/audit?limit=200&by=bootstrap", None).await;
    let entries = log["items"].as_array().unwrap().iter();
    let mut told: Vec<String> = entries.map(line).collect();
    told.sort_unstable();
    expected.sort_unstable();
    assert_eq!(told, expected);
    let (_, all) = estate.asked("GET", "/audit?limit=200", None).await;
    let others = all["items"].as_array().unwrap().iter().filter(|entry| entry["by"] != "bootstrap");
    // that the account is connected is part of the estate
    assert!(others.clone().all(|entry| entry["by"] == "test"), "{all}");
    assert!(others.count() <= 1, "{all}");
}

fn line(entry: &Value) -> String {
    let word = |name: &str| entry[name].as_str().unwrap();
    let about = format!("{} {} {}", word("action"), word("kind"), word("id"));
    let fields: Vec<_> = entry["fields"].as_array().unwrap().iter().map(|field| field.as_str().unwrap()).collect();
    match word("action") {
        "rotated" | "repaired" => format!("{about} {}", fields.join("+")),
        _ => about,
    }
}

#[tokio::test]
async fn an_account_from_its_connection_to_its_end() {
    let estate = Estate::unconnected().await;
    let known = estate.sim.credentials();
    let account = known.account_sid.as_str();
    let wanted = json!({
        "account": account, "name": "Acme", "auth_token": known.auth_token, "key_sid": known.key_sid,
        "key_secret": known.key_secret,
    });
    assert_eq!(estate.asked("POST", "/integrations", Some(&wanted)).await.0, 201);
    assert_eq!(estate.asked("POST", "/integrations", Some(&wanted)).await.0, 409);
    let one = format!("/integrations/{account}");
    for name in ["Other", "Other"] {
        assert_eq!(estate.asked("PUT", &one, Some(&json!({"name": name}))).await.0, 200);
    }
    let rotation = json!({"auth_token": estate.sim.create_secondary_token()});
    let rotate = format!("{one}/rotate");
    for body in [&rotation, &rotation, &json!({"retire": true}), &json!({"retire": true}), &json!({})] {
        assert_eq!(estate.asked("POST", &rotate, Some(body)).await.0, 200);
    }
    let address = json!({
        "customer_name": "Acme AS", "street": "Storgata 1", "city": "Oslo", "region": "Oslo", "postal_code": "0155",
        "country": "NO",
    });
    let (_, made) = estate.asked("POST", &format!("{one}/addresses"), Some(&address)).await;
    let made = made["id"].as_str().unwrap();
    for status in [204, 404] {
        assert_eq!(estate.asked("DELETE", &format!("{one}/addresses/{made}"), None).await.0, status);
    }
    assert_eq!(estate.asked("DELETE", &one, None).await.0, 200);
    assert_eq!(estate.asked("DELETE", &one, None).await.0, 404);
    let expected = [
        format!("created integration {account}"),
        format!("updated integration {account}"),
        format!("rotated integration {account} auth_token"),
        format!("rotated integration {account} retired_auth_token"),
        format!("created address {made}"),
        format!("deleted address {made}"),
        format!("deleted integration {account}"),
    ];
    check(&estate, expected).await;
}

#[tokio::test]
async fn a_number_from_its_purchase_to_its_release() {
    let estate = Estate::open().await;
    let (number, request) = estate.offer();
    estate.sim.fault(Fault::rest("POST /IncomingPhoneNumbers.json", Mishap::ResetAfter));
    let app = router(estate.app());
    let (_, bought) = estate.buys(&app, "k", &request).await;
    assert_eq!(estate.buys(&app, "k", &request).await.0, 201);
    let line = bought["line"].as_str().unwrap();
    let (repair, release) = (format!("/lines/{line}/repair"), format!("/lines/{line}/release"));
    assert_eq!(estate.asked("POST", &repair, Some(&json!({}))).await.0, 200, "there is nothing to repair");
    estate.sim.drift(&number, "VoiceUrl", "https://elsewhere.example.org/");
    estate.sim.drift(&number, "FriendlyName", "Mine");
    for _ in 0..2 {
        assert_eq!(estate.asked("POST", &repair, Some(&json!({}))).await.0, 200);
    }
    assert!(estate.sim.number(&number).unwrap().get("FriendlyName").starts_with("dutyline/"));

    // the release is begun and its answer is lost; the sweep finishes it for whoever wanted it
    let path = format!("DELETE /IncomingPhoneNumbers/{}.json", estate.sim.number(&number).unwrap().sid());
    estate.sim.fault(Fault::rest(path, Mishap::ResetAfter));
    assert_eq!(estate.asked("POST", &release, Some(&json!({"number": number}))).await.0, 502);
    estate.sim.wait(10 * 60).await;
    for _ in 0..2 {
        estate.app().sweep().await.unwrap();
    }
    assert_eq!(estate.asked("POST", &release, Some(&json!({"number": number}))).await.0, 404);
    let expected =
        [format!("purchased line {line}"), format!("repaired line {line} voice+name"), format!("released line {line}")];
    check(&estate, expected).await;
    let (_, log) = estate.asked("GET", "/audit", None).await;
    assert!(!log.to_string().contains(&number[1..]));
}

#[tokio::test]
async fn an_adoption_and_a_purchase_that_the_sweep_finishes() {
    let estate = Estate::open().await;
    let sid = estate.sim.own(twilio_sim::Number::new("+14155550177"));
    let (_, owned) = estate.asked("GET", &format!("/integrations/{}/owned-numbers", estate.account), None).await;
    let wanted = json!({"id": sid, "name": "Old hotline", "webhooks": owned["items"][0]["webhooks"]});
    let adoptions = format!("/integrations/{}/adoptions", estate.account);
    let (_, adopted) = estate.asked("POST", &adoptions, Some(&wanted)).await;
    assert_eq!(estate.asked("POST", &adoptions, Some(&wanted)).await.0, 412);

    let (_, request) = estate.offer();
    estate.sim.fault(Fault::rest("POST /IncomingPhoneNumbers.json", Mishap::ResetAfter));
    estate.sim.fault(Fault::rest("GET /IncomingPhoneNumbers.json", Mishap::Refused(500)).times(6));
    let (status, bought) = estate.buys(&router(estate.app()), "k", &request).await;
    assert_eq!((status, &bought["state"]), (202, &json!("unknown")), "{bought}");
    estate.sim.wait(60).await;
    for _ in 0..3 {
        let _tried_again = estate.app().sweep().await;
        estate.sim.wait(60).await;
    }
    let expected = [
        format!("adopted line {}", adopted["line"].as_str().unwrap()),
        format!("purchased line {}", bought["line"].as_str().unwrap()),
    ];
    check(&estate, expected).await;
}
