//! The official examples, and what the documentation says less clearly than they do.

use twilio::rest::*;
use twilio::twiml::Method;
use twilio::webhook::{Caller, voice::CallStatus};

use crate::fake::{Fake, answer};
use crate::fixture;

/// A client whose only answer is the official example.
async fn example(operation: &str) -> Client {
    text(&fixture::answer(operation).1).await
}

async fn text(body: &str) -> Client {
    Fake::answering([answer(200, body.to_owned())]).await.client()
}

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

#[tokio::test]
async fn account_and_balance() {
    let account = example("FetchAccount").await.fetch_account().await.unwrap();
    assert_eq!((account.status, account.kind), (AccountStatus::Active, AccountKind::Full));
    assert_eq!(account.friendly_name.as_str(), "friendly_name");
    assert_eq!(example("FetchBalance").await.fetch_balance().await.unwrap(), money("0.05 USD"));
    let owed = text(r#"{"balance":-12.5,"currency":"usd"}"#).await.fetch_balance().await.unwrap();
    assert_eq!(owed, money("-12.50 USD"));
}

#[tokio::test]
async fn address() {
    let address = example("FetchAddress").await.fetch_address(&"AD1".parse().unwrap()).await.unwrap();
    assert_eq!((address.city.as_str(), address.region.as_str(), address.country.as_str()), ("SF", "CA", "US"));
    assert_eq!((address.street.as_str(), address.postal_code.as_str()), ("4th", "94019"));
    assert_eq!((address.friendly_name, address.validated, address.verified), (None, false, false));
    assert_eq!(address.street_secondary.as_str(), "");
}

#[tokio::test]
async fn countries() {
    let countries = example("ListAvailablePhoneNumberCountry").await.countries().await.unwrap();
    assert_eq!((countries[0].code.as_str(), countries[0].name.as_str()), ("DK", "Denmark"));
    let country =
        example("FetchAvailablePhoneNumberCountry").await.fetch_country(&"US".parse().unwrap()).await.unwrap();
    assert_eq!(country.kinds, [NumberKind::Local, NumberKind::TollFree]);
    assert!(!country.beta);
}

#[tokio::test]
async fn numbers_on_sale() {
    let search = async |client: Client| {
        let country = "US".parse().unwrap();
        client.search_numbers(&country, NumberKind::Local, &Search::default()).await.unwrap()
    };
    let found = search(example("ListAvailablePhoneNumberLocal").await).await;
    assert_eq!(found[0].number.as_e164(), "+18089251571");
    assert_eq!(found[0].locality.as_deref(), Some("Hilo"));
    assert_eq!(found[0].address_requirements, AddressRequirements::Nothing);
    assert_eq!(found[0].capabilities, Capabilities { voice: true, sms: false, mms: true });

    let odd = r#"{"available_phone_numbers":[{"phone_number":"+4721000000","iso_country":"NO","latitude":59.9,
        "longitude":10.7,"capabilities":{"voice":true,"SMS":true,"MMS":false},"locality":null,"postal_code":""}]}"#;
    let found = search(text(odd).await).await;
    assert_eq!(found[0].capabilities, Capabilities { voice: true, sms: true, mms: false });
    assert_eq!((&found[0].locality, &found[0].postal_code), (&None, &None));
    assert_eq!(found[0].address_requirements, AddressRequirements::Any);
}

#[tokio::test]
async fn prices() {
    let country = "US".parse().unwrap();
    let prices = example("FetchPhoneNumberCountry").await.number_prices(&country).await.unwrap();
    assert_eq!(prices.of(NumberKind::Local).map(|price| price.current), Some(money("1.00 USD")));
    assert_eq!(prices.of(NumberKind::TollFree).map(|price| price.base), Some(money("2 USD")));
    assert_eq!(prices.of(NumberKind::Mobile), None);

    let numbers = r#"{"iso_country":"NO","price_unit":"usd","phone_number_prices":[
        {"number_type":"mobile","base_price":3.50,"current_price":1.15},
        {"number_type":"voip","base_price":1,"current_price":1}]}"#;
    let prices = text(numbers).await.number_prices(&country).await.unwrap();
    assert_eq!(prices.of(NumberKind::Mobile).map(|price| price.current), Some(money("1.15 USD")));
    assert_eq!(prices.prices.len(), 1);

    let none = r#"{"iso_country":"NO","price_unit":"USD","phone_number_prices":null}"#;
    assert_eq!(text(none).await.number_prices(&country).await.unwrap().prices, []);
    let odd = r#"{"iso_country":"NO","price_unit":"USD","phone_number_prices":[
        {"number_type":"mobile","base_price":null,"current_price":null}]}"#;
    let error = text(odd).await.number_prices(&country).await.unwrap_err();
    assert!(matches!(error, Error::Unknown(Uncertainty::Unreadable(_))), "{error}");
}

#[tokio::test]
async fn number_of_ours() {
    let sid = "PN1".parse().unwrap();
    let number = example("FetchIncomingPhoneNumber").await.fetch_number(&sid).await.unwrap();
    assert_eq!(number.number.as_e164(), "+18089255327");
    assert_eq!(number.friendly_name.as_str(), "(808) 925-5327");
    assert_eq!((&number.voice, &number.sms, &number.trunk, &number.voice_application), (&None, &None, &None, &None));
    assert!(number.address.is_some() && number.bundle.is_some() && number.identity.is_some());
    assert_eq!(number.created, "2015-07-30T23:19:04Z".parse().ok());
    assert!(!format!("{number:?}").contains("925"), "{number:?}");

    let set = r#"{"sid":"PN1","phone_number":"+4721000000","friendly_name":"org/intent","status":"in-use",
        "voice_url":"https://example.org/v","voice_method":"POST","voice_fallback_url":"https://example.org/f",
        "voice_fallback_method":"GET","address_sid":null,"trunk_sid":"TK1"}"#;
    let number = text(set).await.fetch_number(&sid).await.unwrap();
    assert_eq!(number.voice, Some(Webhook { url: "https://example.org/v".to_owned(), method: Method::Post }));
    assert_eq!(number.voice_fallback, Some(Webhook::get("https://example.org/f")));
    assert_eq!((number.status.as_deref(), number.trunk.as_deref()), (Some("in-use"), Some("TK1")));
}

#[tokio::test]
async fn regulation() {
    let regulations = example("ListRegulation").await;
    let regulations = regulations.regulations(&RegulationFilter::default()).all().await.unwrap();
    assert_eq!(regulations[0].kind, Some(NumberKind::Local));
    assert_eq!(regulations[0].end_user, Some(EndUser::Individual));
    let bundles = example("ListBundle").await.bundles(&BundleFilter::default()).all().await.unwrap();
    assert_eq!(bundles[0].status, BundleStatus::Approved);
    assert_eq!(bundles[0].valid_until, "2022-11-29T01:00:00Z".parse().ok());
    let bundle = example("FetchBundle").await.fetch_bundle(&"BU1".parse().unwrap()).await.unwrap();
    assert_eq!((bundle.status, bundle.valid_until), (BundleStatus::Draft, None));
}

#[tokio::test]
async fn message() {
    let sid = "SM1".parse().unwrap();
    let message = example("FetchMessage").await.fetch_message(&sid).await.unwrap();
    assert_eq!((message.status, message.segments), (MessageStatus::Sent, Some(1)));
    assert_eq!(message.price.unwrap().amount().magnitude(), "0.0075".parse().unwrap());
    assert_eq!(message.body.as_str(), "O Slash: Ø, PoP: 💩");
    assert_eq!(message.error_code, None);
    let failed = r#"{"sid":"SM1","status":"undelivered","to":"+4791234589","price":null,"price_unit":"USD",
        "error_code":30034,"date_sent":null}"#;
    let message = text(failed).await.fetch_message(&sid).await.unwrap();
    assert_eq!((message.error_code, message.price, message.sent), (Some(30034), None, None));
}

#[tokio::test]
async fn call() {
    let call = example("FetchCall").await.fetch_call(&"CA1".parse().unwrap()).await.unwrap();
    assert_eq!((call.status, call.duration), (CallStatus::Completed, Some(15)));
    assert_eq!(call.price, Some(money("-0.03 USD")));
    assert_eq!(call.to.number().unwrap().as_e164(), "+14158675309");
    let calls = example("ListCall").await.calls(&CallFilter::default()).all().await.unwrap();
    assert_eq!(calls[0].status, CallStatus::Failed);
    assert!(matches!((&calls[0].to, &calls[0].from), (Caller::Other(_), Caller::Other(_))));
}
