//! What is for sale, and for how much.
use reqwest::Method;
use serde_json::json;
use twilio_sim::{AddressRequirement, NumberKind, Offer};

use crate::client::{ask, look, search, start};

async fn check(path: &str, count: usize) {
    let sim = start().await;
    assert_eq!(search(&sim, path).await.len(), count, "{path}");
    sim.assert_clean();
}

#[tokio::test]
async fn filters() {
    check("US/Local.json", 50).await;
    check("US/Local.json?PageSize=200", 180).await;
    check("US/Local.json?PageSize=100&Page=1", 80).await;
    check("US/Local.json?AreaCode=415", 30).await;
    check("US/Local.json?AreaCode=999", 0).await;
    check("US/Local.json?InRegion=ca&PageSize=100", 60).await;
    check("US/Local.json?InLocality=Hilo", 30).await;
    check("US/Local.json?InPostalCode=96720", 30).await;
    check("US/Local.json?InLata=722&InRateCenter=OAKLAND", 30).await;
    check("US/Local.json?NearLatLong=37.78%2C-122.42&PageSize=100", 60).await;
    check("US/Local.json?NearLatLong=37.78%2C-122.42&Distance=5", 30).await;
    check("US/Local.json?NearNumber=%2B15105550100&Distance=1", 30).await;
    check("US/TollFree.json?PageSize=100", 60).await;
    check("US/TollFree.json?Contains=833", 20).await;
    check("US/TollFree.json?FaxEnabled=true", 0).await;
    check("NO/Local.json?Contains=%2B4721%25&PageSize=100", 15).await;
    check("NO/Local.json?ExcludeLocalAddressRequired=true", 0).await;
    check("NO/Local.json?ExcludeForeignAddressRequired=true&PageSize=100", 60).await;
    check("NO/Mobile.json?SmsEnabled=true", 30).await;
    check("NO/Mobile.json?MmsEnabled=true", 0).await;
    check("NO/Mobile.json?ExcludeAllAddressRequired=true", 0).await;
    check("SE/Mobile.json?Beta=false", 0).await;
    check("GB/National.json", 20).await;
}

async fn check_refused(path: &str, status: u16, code: u32) {
    let sim = start().await;
    let (found, body) = ask(&sim, Method::GET, &format!("/AvailablePhoneNumbers/{path}"), &[]).await;
    assert_eq!((found, &body["code"]), (status, &json!(code)), "{path}");
}

#[tokio::test]
async fn searches_that_are_refused() {
    check_refused("US/Mobile.json", 404, 20404).await;
    check_refused("ZZ/Local.json", 404, 20404).await;
    check_refused("ZZ.json", 404, 20404).await;
    check_refused("US/Local.json?Contains=4", 400, 20001).await;
    check_refused("US/Local.json?Contains=4*5", 400, 20001).await;
    check_refused("US/Local.json?Distance=501", 400, 20001).await;
    check_refused("US/Local.json?NearLatLong=north", 400, 20001).await;
    check_refused("US/Local.json?SmsEnabled=yes", 400, 20001).await;
    check_refused("US/Local.json?PageSize=1001", 400, 20007).await;
}

#[tokio::test]
async fn a_result_looks_like_twilios() {
    let sim = start().await;
    let (_, body) = ask(&sim, Method::GET, "/AvailablePhoneNumbers/US/Local.json?InLocality=Hilo", &[]).await;
    assert_eq!(body["next_page_uri"], json!(null), "no paging here");
    let mut offer = body["available_phone_numbers"][0].clone();
    assert!(offer["phone_number"].as_str().unwrap().starts_with("+1808555"));
    for name in ["phone_number", "friendly_name"] {
        offer.as_object_mut().unwrap().remove(name);
    }
    let expected = json!({
        "lata": "834", "locality": "Hilo", "rate_center": "HILO", "latitude": "19.720000",
        "longitude": "-155.090000", "region": "HI", "postal_code": "96720", "iso_country": "US",
        "address_requirements": "none", "beta": false,
        "capabilities": { "voice": true, "SMS": true, "MMS": true },
    });
    assert_eq!(offer, expected, "and no price");
}

#[tokio::test]
async fn countries_say_what_they_have() {
    let sim = start().await;
    let (_, body) = ask(&sim, Method::GET, "/AvailablePhoneNumbers.json", &[]).await;
    let codes: Vec<_> = body["countries"].as_array().unwrap().iter().map(|c| c["country_code"].clone()).collect();
    assert_eq!(codes, ["AU", "DE", "GB", "NO", "SE", "US"]);
    let (_, body) = ask(&sim, Method::GET, "/AvailablePhoneNumbers/NO.json", &[]).await;
    let base = format!("/2010-04-01/Accounts/{}/AvailablePhoneNumbers/NO", sim.account_sid());
    let uris = json!({ "local": format!("{base}/Local.json"), "mobile": format!("{base}/Mobile.json") });
    assert_eq!(body["subresource_uris"], uris);
}

#[tokio::test]
async fn prices_are_strings_by_country() {
    let sim = start().await;
    let (status, body) = look(&sim, "/v1/PhoneNumbers/Countries/US").await;
    assert_eq!(status, 200);
    let prices = json!([
        { "number_type": "local", "base_price": "1.15", "current_price": "1.15" },
        { "number_type": "toll free", "base_price": "2.15", "current_price": "2.15" },
    ]);
    assert_eq!((&body["phone_number_prices"], &body["price_unit"]), (&prices, &json!("USD")));
    let (_, list) = look(&sim, "/v1/PhoneNumbers/Countries?PageSize=4").await;
    assert_eq!(list["meta"]["key"], "countries");
    let next = list["meta"]["next_page_url"].as_str().unwrap().strip_prefix("https://pricing.twilio.com").unwrap();
    assert_eq!(look(&sim, next).await.1["countries"].as_array().unwrap().len(), 2);
    assert_eq!(look(&sim, "/v1/PhoneNumbers/Countries/ZZ").await.0, 404);
    sim.assert_clean();
}

#[tokio::test]
async fn the_stock_can_be_changed() {
    let sim = start().await;
    let offer = Offer::new("+4721001234", NumberKind::Local).unwrap().address(AddressRequirement::Foreign);
    sim.stock(offer.sms(true));
    assert_eq!(search(&sim, "NO/Local.json?SmsEnabled=true").await, ["+4721001234"]);
    assert!(search(&sim, "NO/Local.json?SmsEnabled=true&ExcludeForeignAddressRequired=true").await.is_empty());
    assert!(sim.sells_elsewhere("+4721001234"));
    assert!(!sim.sells_elsewhere("+4721001234"));
    assert!(search(&sim, "NO/Local.json?SmsEnabled=true").await.is_empty());
}

#[tokio::test]
async fn parameters_of_another_country_are_violations() {
    let sim = start().await;
    search(&sim, "NO/Local.json?AreaCode=210").await;
    search(&sim, "US/Local.json?InPostalCode=%2B15105550100").await;
    search(&sim, "US/Local.json?Areacode=210").await;
    assert_eq!(sim.alerts().len(), 3);
}
