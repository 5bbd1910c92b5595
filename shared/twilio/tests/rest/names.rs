//! Every parameter that is sent is one that Twilio knows: it ignores the others without a word.

use std::collections::BTreeSet;
use std::future::Future;

use serde_json::{Map, Value};
use twilio::rest::*;
use twilio::twiml::LegEvent;

use crate::fake::{ACCOUNT, Asked, Fake, answer};
use crate::fixture;

/// Makes one request against the official example of its answer, and holds it against the list.
async fn check<T, F>(operation: &str, ask: impl FnOnce(Client) -> F) -> Asked
where
    F: Future<Output = Result<T, Error>>,
{
    let list = fixture::read("rest_params.json");
    let mut entries = list.as_object().unwrap().iter();
    let (key, entry) = entries.find(|(_, entry)| entry["operation"] == operation).expect(operation);
    let status = u16::try_from(entry["status"].as_u64().unwrap()).unwrap();
    let fake = Fake::answering([answer(status, fixture::answer(operation).1)]).await;
    ask(fake.client()).await.map_err(|error| format!("{operation}: {error}")).unwrap();
    let [asked] = <[Asked; 1]>::try_from(fake.asked()).unwrap();

    let (method, url) = key.split_once(' ').unwrap();
    let template = url.split_once("twilio.com").unwrap().1;
    assert_eq!(asked.method, method);
    assert!(is_like(&asked.path, template), "{} {template}", asked.path);
    known(operation, &asked.query, entry["query"].as_object().unwrap());
    let none = Map::new();
    known(operation, &asked.form, entry.get("form").and_then(Value::as_object).unwrap_or(&none));
    for required in entry.get("required").and_then(Value::as_array).into_iter().flatten() {
        assert!(asked.form.iter().any(|(name, _)| name == required.as_str().unwrap()), "{operation} lacks {required}");
    }
    asked
}

fn is_like(path: &str, template: &str) -> bool {
    let (path, template): (Vec<_>, Vec<_>) = (path.split('/').collect(), template.split('/').collect());
    let same = |(part, like): (&&str, &&str)| match (like.strip_prefix('{'), like.ends_with(".json}")) {
        (Some(_), _) => part.ends_with(".json") == like.ends_with(".json"),
        (None, _) => part == like,
    };
    path.len() == template.len() && path.iter().zip(&template).all(same)
}

fn known(operation: &str, sent: &[(String, String)], list: &Map<String, Value>) {
    for (name, value) in sent {
        assert!(list.contains_key(name), "{operation} does not know {name}");
        let rule = &list[name];
        match rule["type"].as_str().unwrap() {
            "integer" => assert!(value.parse::<u32>().is_ok(), "{operation} {name}={value}"),
            "boolean" => assert!(["true", "false"].contains(&value.as_str()), "{operation} {name}={value}"),
            _ => {}
        }
        if let Some(words) = rule["enum"].as_array() {
            assert!(words.iter().any(|word| word == value), "{operation} {name}={value}");
        }
    }
}

/// The names and values, without those of a page.
fn sent(pairs: &[(String, String)]) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
}

fn number() -> phone::PhoneNumber {
    "+4791234589".parse().unwrap()
}

fn sid(prefix: &str) -> String {
    format!("{prefix}{}", "a".repeat(32))
}

fn settings() -> NumberSettings {
    let ask = |path: &str| Setting::Ask(Webhook::post(format!("https://example.org/{path}")));
    NumberSettings {
        friendly_name: Some("org/intent".to_owned()),
        address: Some(sid("AD").parse().unwrap()),
        bundle: Some(sid("BU").parse().unwrap()),
        identity: Some(sid("RI").parse().unwrap()),
        voice: ask("v"),
        voice_fallback: Setting::Ask(Webhook::get("https://example.org/vf")),
        status_callback: ask("s"),
        sms: ask("t"),
        sms_fallback: ask("tf"),
    }
}

const SETTINGS: &str = "FriendlyName=org/intent AddressSid=ADaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa \
    BundleSid=BUaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa IdentitySid=RIaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa \
    VoiceUrl=https://example.org/v VoiceMethod=POST \
    VoiceFallbackUrl=https://example.org/vf VoiceFallbackMethod=GET \
    StatusCallback=https://example.org/s StatusCallbackMethod=POST \
    SmsUrl=https://example.org/t SmsMethod=POST SmsFallbackUrl=https://example.org/tf SmsFallbackMethod=POST";

#[tokio::test]
async fn account() {
    let asked = check("FetchAccount", async |client| client.fetch_account().await).await;
    assert_eq!(asked.path, format!("/2010-04-01/Accounts/{ACCOUNT}.json"));
    check("FetchBalance", async |client| client.fetch_balance().await).await;
}

#[tokio::test]
async fn addresses() {
    let new = NewAddress {
        customer_name: "Nora".into(),
        street: "Storgata 1".into(),
        street_secondary: Some("2nd floor".into()),
        city: "Oslo".to_owned(),
        region: "Oslo".to_owned(),
        postal_code: "0155".into(),
        country: "NO".parse().unwrap(),
        friendly_name: Some("office".to_owned()),
        auto_correct: false,
    };
    let asked = check("CreateAddress", async |client| client.create_address(&new).await).await;
    assert_eq!(
        sent(&asked.form),
        "CustomerName=Nora Street=Storgata 1 StreetSecondary=2nd floor City=Oslo Region=Oslo PostalCode=0155 \
         IsoCountry=NO FriendlyName=office AutoCorrectAddress=false"
    );
    let address = sid("AD").parse().unwrap();
    check("ListAddress", async |client| client.addresses().all().await).await;
    check("FetchAddress", async |client| client.fetch_address(&address).await).await;
    let asked = check("DeleteAddress", async |client| client.delete_address(&address).await).await;
    assert_eq!(asked.path, format!("/2010-04-01/Accounts/{ACCOUNT}/Addresses/{address}.json"));
}

#[tokio::test]
async fn numbers_on_sale() {
    let country = "US".parse().unwrap();
    check("ListAvailablePhoneNumberCountry", async |client| client.countries().await).await;
    check("FetchAvailablePhoneNumberCountry", async |client| client.fetch_country(&country).await).await;
    let search = Search {
        area_code: Some(510),
        contains: Some("51034*".into()),
        sms: Some(true),
        voice: Some(true),
        mms: Some(false),
        locality: Some("Oakland".to_owned()),
        region: Some("CA".to_owned()),
        postal_code: Some("94612".to_owned()),
        exclude_all_address_required: Some(true),
        exclude_local_address_required: Some(true),
        exclude_foreign_address_required: Some(true),
        beta: Some(false),
        page_size: Some(20),
    };
    for (kind, operation) in [
        (NumberKind::Local, "ListAvailablePhoneNumberLocal"),
        (NumberKind::Mobile, "ListAvailablePhoneNumberMobile"),
        (NumberKind::TollFree, "ListAvailablePhoneNumberTollFree"),
        (NumberKind::National, "ListAvailablePhoneNumberNational"),
    ] {
        let asked = check(operation, async |client| client.search_numbers(&country, kind, &search).await).await;
        assert_eq!(
            sent(&asked.query),
            "AreaCode=510 Contains=51034* SmsEnabled=true VoiceEnabled=true MmsEnabled=false InLocality=Oakland \
             InRegion=CA InPostalCode=94612 ExcludeAllAddressRequired=true ExcludeLocalAddressRequired=true \
             ExcludeForeignAddressRequired=true Beta=false PageSize=20"
        );
    }
    let asked = check("FetchPhoneNumberCountry", async |client| client.number_prices(&country).await).await;
    assert_eq!(asked.path, "/v1/PhoneNumbers/Countries/US");
}

#[tokio::test]
async fn numbers_of_ours() {
    let purchase = Purchase { number: number(), settings: settings() };
    let asked = check("CreateIncomingPhoneNumber", async |client| client.purchase_number(&purchase).await).await;
    assert_eq!(sent(&asked.form), format!("PhoneNumber=+4791234589 {SETTINGS}"));

    let sid = sid("PN").parse().unwrap();
    let asked = check("UpdateIncomingPhoneNumber", async |client| client.update_number(&sid, &settings()).await).await;
    assert_eq!(sent(&asked.form), SETTINGS);
    let cleared = NumberSettings { voice: Setting::Clear, sms: Setting::Clear, ..NumberSettings::default() };
    let asked = check("UpdateIncomingPhoneNumber", async |client| client.update_number(&sid, &cleared).await).await;
    assert_eq!(sent(&asked.form), "VoiceUrl= SmsUrl=");

    check("FetchIncomingPhoneNumber", async |client| client.fetch_number(&sid).await).await;
    check("DeleteIncomingPhoneNumber", async |client| client.release_number(&sid).await).await;
    let filter = NumberFilter { number: Some(number()), friendly_name: Some("org/intent".to_owned()) };
    let asked = check("ListIncomingPhoneNumber", async |client| client.owned_numbers(&filter).all().await).await;
    assert_eq!(sent(&asked.query), "PhoneNumber=+4791234589 FriendlyName=org/intent PageSize=1000");
}

#[tokio::test]
async fn regulation() {
    let (country, kind, end_user) = ("AU".parse().ok(), Some(NumberKind::Local), Some(EndUser::Business));
    let filter = RegulationFilter { country, kind, end_user: end_user.clone() };
    let asked = check("ListRegulation", async |client| client.regulations(&filter).all().await).await;
    assert_eq!(sent(&asked.query), "IsoCountry=AU NumberType=local EndUserType=business PageSize=1000");
    let filter = BundleFilter { country, kind, end_user, status: Some(BundleStatus::Approved) };
    let asked = check("ListBundle", async |client| client.bundles(&filter).all().await).await;
    assert_eq!(
        sent(&asked.query),
        "IsoCountry=AU NumberType=local EndUserType=business Status=twilio-approved PageSize=1000"
    );
    let bundle = sid("BU").parse().unwrap();
    check("FetchBundle", async |client| client.fetch_bundle(&bundle).await).await;
}

#[tokio::test]
async fn messages() {
    let message = NewMessage {
        to: number(),
        from: number(),
        body: "Your code is 1234 & more".into(),
        status_callback: Some("https://example.org/s".to_owned()),
        validity_seconds: Some(600),
    };
    let asked = check("CreateMessage", async |client| client.send_message(&message).await).await;
    assert_eq!(
        sent(&asked.form),
        "To=+4791234589 From=+4791234589 Body=Your code is 1234 & more StatusCallback=https://example.org/s \
         ValidityPeriod=600"
    );
    let sid = sid("SM").parse().unwrap();
    check("FetchMessage", async |client| client.fetch_message(&sid).await).await;
    let filter =
        MessageFilter { to: Some(number()), from: Some(number()), sent_since: "2026-11-25T10:00:00.5Z".parse().ok() };
    let asked = check("ListMessage", async |client| client.messages(&filter).all().await).await;
    assert_eq!(sent(&asked.query), "To=+4791234589 From=+4791234589 DateSent>=2026-11-25T10:00:00Z PageSize=50");
}

#[tokio::test]
async fn calls() {
    let call = NewCall {
        to: number(),
        from: number(),
        script: Script::Url(Webhook::post("https://example.org/v")),
        status_callback: Some(Webhook::post("https://example.org/s")),
        events: vec![LegEvent::Initiated, LegEvent::Ringing, LegEvent::Answered, LegEvent::Completed],
        timeout: Some(20),
        machine_detection: Some(MachineDetection::DetectMessageEnd),
    };
    let asked = check("CreateCall", async |client| client.place_call(&call).await).await;
    assert_eq!(
        sent(&asked.form),
        "To=+4791234589 From=+4791234589 Url=https://example.org/v Method=POST StatusCallback=https://example.org/s \
         StatusCallbackMethod=POST StatusCallbackEvent=initiated StatusCallbackEvent=ringing \
         StatusCallbackEvent=answered StatusCallbackEvent=completed Timeout=20 MachineDetection=DetectMessageEnd"
    );
    let spoken = NewCall {
        script: Script::Twiml("<Response/>".to_owned().into()),
        status_callback: None,
        events: Vec::new(),
        timeout: None,
        machine_detection: Some(MachineDetection::Enable),
        ..call
    };
    let asked = check("CreateCall", async |client| client.place_call(&spoken).await).await;
    assert_eq!(sent(&asked.form), "To=+4791234589 From=+4791234589 Twiml=<Response/> MachineDetection=Enable");

    let sid = sid("CA").parse().unwrap();
    check("FetchCall", async |client| client.fetch_call(&sid).await).await;
    for (change, form) in [
        (CallChange::Cancel, "Status=canceled"),
        (CallChange::Complete, "Status=completed"),
        (
            CallChange::Redirect(Script::Url(Webhook::get("https://example.org/v"))),
            "Url=https://example.org/v Method=GET",
        ),
        (CallChange::Redirect(Script::Twiml("<Response/>".into())), "Twiml=<Response/>"),
    ] {
        let asked = check("UpdateCall", async |client| client.change_call(&sid, &change).await).await;
        assert_eq!(sent(&asked.form), form);
    }
    let filter =
        CallFilter { to: Some(number()), from: Some(number()), started_since: "2026-11-25T10:00:00Z".parse().ok() };
    let asked = check("ListCall", async |client| client.calls(&filter).all().await).await;
    assert_eq!(sent(&asked.query), "To=+4791234589 From=+4791234589 StartTime>=2026-11-25T10:00:00Z PageSize=50");
}

#[test]
fn every_operation_of_the_list_is_checked_here() {
    let list = fixture::read("rest_params.json");
    let listed: BTreeSet<&str> =
        list.as_object().unwrap().values().map(|entry| entry["operation"].as_str().unwrap()).collect();
    let source = include_str!("names.rs");
    let unchecked: Vec<_> = listed.into_iter().filter(|name| !source.contains(&format!("\"{name}\""))).collect();
    assert_eq!(unchecked, Vec::<&str>::new());
}
