//! Accounts, the market, purchases and what becomes of numbers, as their clients see them.

use provision::router;
use serde_json::{Value, json};

use crate::estate::Estate;

#[tokio::test]
async fn an_account_is_tried_before_it_is_kept_and_its_secrets_are_never_shown() {
    let estate = Estate::unconnected().await;
    let known = estate.sim.credentials();
    let wanted = json!({
        "account": known.account_sid, "name": "Acme", "auth_token": known.auth_token, "key_sid": known.key_sid,
        "key_secret": known.key_secret,
    });
    for (field, wrong) in [("auth_token", "x"), ("key_secret", "x"), ("key_sid", "AC1"), ("name", " ")] {
        let mut wanted = wanted.clone();
        wanted[field] = json!(wrong);
        let (status, answer) = estate.asked("POST", "/integrations", Some(&wanted)).await;
        assert_eq!((status, answer["type"].as_str()), (422, Some("urn:dutyline:problem:refused")), "{field}: {answer}");
    }
    assert_eq!(estate.asked("GET", "/integrations", None).await.1["items"], json!([]));

    let (status, answer) = estate.asked("POST", "/integrations", Some(&wanted)).await;
    assert_eq!(status, 201, "{answer}");
    let one = format!("/integrations/{}", known.account_sid);
    let (_, shown) = estate.asked("GET", &one, None).await;
    assert!(shown["balance"]["currency"].is_string() && shown["trouble"].is_null(), "{shown}");
    let last4 = |secret: &str| secret[secret.len() - 4..].to_owned();
    assert_eq!(shown["integration"]["auth_token_last4"], last4(&known.auth_token));
    for secret in [&known.auth_token, &known.key_secret] {
        assert!(!format!("{answer}{shown}").contains(secret.as_str()));
    }
    assert_eq!(estate.asked("POST", "/integrations", Some(&wanted)).await.0, 409);

    let second = estate.sim.create_secondary_token();
    let rotation = json!({"auth_token": second});
    assert_eq!(estate.asked("POST", &format!("{one}/rotate"), Some(&rotation)).await.0, 200);
    assert_eq!(tokens(&estate, &known.account_sid).await, [second.clone(), known.auth_token.clone()]);
    assert_eq!(estate.asked("POST", &format!("{one}/rotate"), Some(&json!({"retire": true}))).await.0, 200);
    assert_eq!(tokens(&estate, &known.account_sid).await, [second]);

    assert_eq!(estate.asked("DELETE", &one, None).await.0, 200);
    assert_eq!(estate.asked("GET", &one, None).await.0, 404);
    assert!(tokens(&estate, &known.account_sid).await.is_empty());
}

#[tokio::test]
async fn nobodys_change_of_an_account_is_lost() {
    let estate = Estate::open().await;
    let one = format!("/integrations/{}", estate.account);
    let rename = |name: &str| json!({"name": name});
    let first = estate.asked_if(("GET", &one), ("if-none-match", "\"0\""), None).await;
    assert_eq!((first.0, &first.2["integration"]["version"]), (200, &json!(1)), "{first:?}");
    // the balance counts, too, for whoever knows what is shown
    let known = estate.asked_if(("GET", &one), ("if-none-match", &first.1), None).await;
    assert_eq!((known.0, known.1, known.2), (304, first.1.clone(), Value::Null));

    let renamed = estate.asked_if(("PUT", &one), ("if-match", &first.1), Some(&rename("One"))).await;
    assert_eq!((renamed.0, renamed.1.as_str(), &renamed.2["version"]), (200, "\"2\"", &json!(2)), "{renamed:?}");
    let rotate = format!("{one}/rotate");
    let retire = json!({"retire": true});
    for (asked, body) in [
        (("PUT", one.as_str()), Some(&rename("Other"))),
        (("POST", rotate.as_str()), Some(&retire)),
        (("DELETE", format!("{one}?confirm=true").as_str()), None),
    ] {
        let (status, _, problem) = estate.asked_if(asked, ("if-match", &first.1), body).await;
        assert_eq!((status, &problem["current_version"]), (412, &json!(2)), "{asked:?}: {problem}");
    }
    // none of them needs a condition
    assert_eq!(estate.asked("PUT", &one, Some(&rename("Other"))).await.1["version"], 3);
    let rotated = estate.asked_if(("POST", &rotate), ("if-match", "\"3\""), Some(&retire)).await;
    assert_eq!((rotated.0, rotated.1.as_str()), (200, "\"4\""), "{rotated:?}");
    assert_eq!(estate.asked("GET", "/integrations", None).await.1["items"][0]["version"], 4);
    let gone = estate.asked_if(("DELETE", &one), ("if-match", "*"), None).await;
    assert_eq!(gone.0, 200, "{gone:?}");
}

async fn tokens(estate: &Estate, account: &str) -> Vec<String> {
    let secret = estate.secrets.get_secret_value().secret_id(crate::house::TOKENS_ID).send().await.unwrap();
    let document: Value = serde_json::from_str(secret.secret_string().unwrap()).unwrap();
    let tokens = document["accounts"][account]["auth_tokens"].as_array().cloned().unwrap_or_default();
    tokens.iter().map(|token| token.as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_number_is_found_bought_repaired_and_given_back() {
    let estate = Estate::open().await;
    let at = |path: &str| format!("/integrations/{}{path}", estate.account);
    let (status, countries) = estate.asked("GET", &at("/countries"), None).await;
    assert_eq!(status, 200, "{countries}");
    let (_, market) = estate.asked("GET", &at("/available-numbers?country=US&type=local&limit=5"), None).await;
    let offer = &market["items"][0];
    assert!(offer["buyable"] == true && offer["monthly_price"]["currency"] == "USD", "{market}");
    let (_, german) = estate.asked("GET", &at("/available-numbers?country=DE&type=local&limit=1"), None).await;
    assert_eq!(german["items"][0]["buyable"], false, "{german}");
    assert!(german["items"][0]["obstacles"].to_string().contains("bundle"), "{german}");

    let request = json!({
        "number": offer["number"], "country": "US", "type": "local", "name": "Hotline",
        "monthly_price": offer["monthly_price"],
    });
    let app = router(estate.app());
    let mut cheaper = request.clone();
    cheaper["monthly_price"]["amount"] = json!("0.01");
    let (status, answer) = estate.buys(&app, "k0", &cheaper).await;
    assert_eq!((status, answer["type"].as_str()), (409, Some("urn:dutyline:problem:price-changed")), "{answer}");
    let (status, bought) = estate.buys(&app, "k1", &request).await;
    assert_eq!((status, bought["state"].as_str()), (201, Some("done")), "{bought}");
    assert_eq!(estate.buys(&app, "k1", &request).await, (201, bought.clone()), "a repetition has the same answer");
    assert_eq!(estate.buys(&app, "k1", &cheaper).await.0, 422, "the key was used for another request");
    assert_eq!(estate.buys(&app, "k2", &request).await.0, 409, "it is not on sale any more");
    assert_eq!(estate.sold().len(), 1);

    let (line, number) = (bought["line"].as_str().unwrap(), offer["number"].as_str().unwrap());
    let (_, shown) = estate.asked("GET", &format!("/lines/{line}"), None).await;
    assert!(shown["number"] == number && shown["enabled"] == false, "{shown}");
    let twilio = estate.sim.number(number).unwrap();
    let document = estate.document(line).await;
    assert_eq!(
        (twilio.get("VoiceFallbackUrl"), twilio.get("VoiceFallbackMethod")),
        (document.as_str(), "GET"),
        "in the same request"
    );
    let drift = format!("/lines/{line}/drift");
    assert_eq!(estate.asked("GET", &drift, None).await.1["differences"], json!([]));
    estate.sim.drift(number, "VoiceUrl", "https://elsewhere.example.org/");
    estate.app().sweep().await.unwrap();
    let findings = estate.store.findings(None, 10).await.unwrap().items;
    assert_eq!(findings.iter().map(|finding| finding.about.clone()).collect::<Vec<_>>(), [format!("drift#{line}")]);
    assert_eq!(estate.asked("GET", &drift, None).await.1["differences"][0]["setting"], "voice");
    assert_eq!(
        estate.asked("POST", &format!("/lines/{line}/repair"), Some(&json!({}))).await.1["differences"],
        json!([])
    );
    estate.app().sweep().await.unwrap();
    assert!(estate.store.findings(None, 10).await.unwrap().items.is_empty());

    assert_eq!(estate.asked("DELETE", &at(""), None).await.0, 409, "lines would stop working");
    let release = format!("/lines/{line}/release");
    assert_eq!(estate.asked("POST", &release, Some(&json!({"number": "+14155550000"}))).await.0, 422);
    let abandon = json!({"number": number, "abandon": true});
    assert_eq!(estate.asked("POST", &release, Some(&abandon)).await.0, 422, "it can be given back");
    let released = json!({"line": line, "still_rented": false, "account": null});
    assert_eq!(estate.asked("POST", &release, Some(&json!({"number": number}))).await, (200, released));
    assert_eq!(estate.store.active_numbers().await.unwrap(), 0);
    assert!(estate.sim.numbers().is_empty());
}

#[tokio::test]
async fn a_number_that_was_there_becomes_a_line_if_its_webhooks_are_those_that_were_shown() {
    let estate = Estate::open().await;
    let at = |path: &str| format!("/integrations/{}{path}", estate.account);
    let old = "https://old.example.org/in";
    let sid = estate.sim.own(twilio_sim::Number::new("+14155550177").voice_url(old));
    let (_, owned) = estate.asked("GET", &at("/owned-numbers"), None).await;
    let mut wanted = json!({"id": sid, "name": "Old hotline", "webhooks": owned["items"][0]["webhooks"]});
    assert_eq!(wanted["webhooks"]["voice"], format!("POST {old}"), "{owned}");
    estate.sim.drift("+14155550177", "VoiceUrl", "https://other.example.org/");
    assert_eq!(estate.asked("POST", &at("/adoptions"), Some(&wanted)).await.0, 412);
    wanted["webhooks"]["voice"] = json!("POST https://other.example.org/");
    let (status, adopted) = estate.asked("POST", &at("/adoptions"), Some(&wanted)).await;
    assert_eq!(status, 201, "{adopted}");
    let number = estate.sim.number("+14155550177").unwrap();
    assert_eq!(number.get("VoiceUrl"), "https://hotline.example.org/voice/incoming");
    let texts = (number.get("SmsUrl"), number.get("SmsMethod"));
    assert_eq!(texts, ("https://hotline.example.org/sms/incoming", "POST"));
    let document = estate.document(adopted["line"].as_str().unwrap()).await;
    assert_eq!((number.get("VoiceFallbackUrl"), number.get("VoiceFallbackMethod")), (document.as_str(), "GET"));
    assert_eq!(estate.asked("POST", &at("/adoptions"), Some(&wanted)).await.0, 412, "its webhooks are ours now");
    assert_eq!(estate.store.active_numbers().await.unwrap(), 1);

    estate.sim.release_in_console("+14155550177");
    estate.app().sweep().await.unwrap();
    let findings = estate.store.findings(None, 10).await.unwrap().items;
    assert_eq!(findings[0].about, format!("lost#{}", adopted["line"].as_str().unwrap()));
}

#[tokio::test]
async fn a_fallback_that_was_changed_is_found_and_set_again_without_telling_its_address() {
    let estate = Estate::open().await;
    let (number, request) = estate.offer();
    let (_, bought) = estate.buys(&router(estate.app()), "k", &request).await;
    let line = bought["line"].as_str().unwrap();
    let document = estate.document(line).await;
    estate.sim.drift(&number, "VoiceFallbackUrl", "https://elsewhere.example.org/");
    estate.app().sweep().await.unwrap();
    let findings = estate.store.findings(None, 10).await.unwrap().items;
    assert!(findings[0].what.contains("voice_fallback"), "{findings:?}");
    let (_, drift) = estate.asked("GET", &format!("/lines/{line}/drift"), None).await;
    let [difference] = drift["differences"].as_array().unwrap().as_slice() else { panic!("{drift}") };
    assert_eq!(
        (&difference["setting"], &difference["found"]),
        (&json!("voice_fallback"), &json!("GET https://elsewhere.example.org/"))
    );
    let expected = difference["expected"].as_str().unwrap();
    let (begin, end) = ("GET https://documents.example.org/", "…/call.xml");
    assert!(expected.starts_with(begin) && expected.ends_with(end) && expected.chars().count() == 48, "{expected}");

    estate.sim.drift(&number, "VoiceFallbackMethod", "POST");
    assert_eq!(
        estate.asked("POST", &format!("/lines/{line}/repair"), Some(&json!({}))).await.1["differences"],
        json!([])
    );
    let number = estate.sim.number(&number).unwrap();
    assert_eq!((number.get("VoiceFallbackUrl"), number.get("VoiceFallbackMethod")), (document.as_str(), "GET"));
    estate.app().sweep().await.unwrap();
    assert_eq!(estate.store.findings(None, 10).await.unwrap().items, []);
}

#[tokio::test]
async fn a_line_of_older_code_gets_its_fallback_by_repair() {
    let estate = Estate::open().await;
    let (number, request) = estate.offer();
    let mut app = estate.app();
    app.numbers.documents_url = None;
    let (_, bought) = estate.buys(&router(app), "k", &request).await;
    let line = bought["line"].as_str().unwrap();
    assert_eq!(estate.sim.number(&number).unwrap().get("VoiceFallbackUrl"), "");
    let (_, drift) = estate.asked("GET", &format!("/lines/{line}/drift"), None).await;
    assert_eq!(
        (&drift["differences"][0]["setting"], &drift["differences"][0]["found"]),
        (&json!("voice_fallback"), &json!(null))
    );
    assert_eq!(estate.asked("POST", &format!("/lines/{line}/repair"), Some(&json!({}))).await.0, 200);
    let document = estate.document(line).await;
    assert_eq!(estate.sim.number(&number).unwrap().get("VoiceFallbackUrl"), document);
}

#[tokio::test]
async fn an_orphan_is_reported_and_an_address_is_validated() {
    let estate = Estate::open().await;
    let orphan = twilio_sim::Number::new("+14155550178").friendly_name("dutyline/pu_nobodys");
    let sid = estate.sim.own(orphan);
    estate.app().sweep().await.unwrap();
    let findings = estate.store.findings(None, 10).await.unwrap().items;
    assert_eq!(findings.iter().map(|finding| finding.about.clone()).collect::<Vec<_>>(), [format!("orphan#{sid}")]);
    let addresses = format!("/integrations/{}/addresses", estate.account);
    let address = json!({
        "customer_name": "Acme AS", "street": "Storgata 1", "city": "Oslo", "region": "Oslo", "postal_code": "0155",
        "country": "NO",
    });
    let (status, made) = estate.asked("POST", &addresses, Some(&address)).await;
    assert_eq!(status, 201, "{made}");
    assert_eq!(estate.asked("GET", &addresses, None).await.1["items"][0]["id"], made["id"]);
    let one = format!("{addresses}/{}", made["id"].as_str().unwrap());
    let validation = format!("{one}/validation");
    let before = estate.asked("GET", &addresses, None).await.1["items"][0].clone();
    assert_eq!(estate.asked("POST", &validation, Some(&json!({}))).await, (200, before), "it is as it was");
    let unknown = format!("{addresses}/AD00000000000000000000000000000099/validation");
    assert_eq!(estate.asked("POST", &unknown, Some(&json!({}))).await.0, 404);
    assert_eq!(estate.asked("DELETE", &one, None).await.0, 204);
    assert_eq!(estate.asked("DELETE", &one, None).await.0, 404);
}

#[tokio::test]
async fn a_line_whose_account_is_gone_is_let_go_without_asking_twilio() {
    let estate = Estate::open().await;
    let (number, request) = estate.offer();
    let (_, bought) = estate.buys(&router(estate.app()), "k", &request).await;
    let line = bought["line"].as_str().unwrap();
    let account = format!("/integrations/{}", estate.account);
    assert_eq!(estate.asked("DELETE", &format!("{account}?confirm=true"), None).await.0, 200);
    let release = format!("/lines/{line}/release");
    let (status, answer) = estate.asked("POST", &release, Some(&json!({"number": number}))).await;
    assert_eq!((status, answer["type"].as_str()), (409, Some("urn:dutyline:problem:account-gone")), "{answer}");
    assert!(answer["detail"].as_str().unwrap().contains("abandon=true"), "{answer}");
    let typed = |number: &str| json!({"number": number, "abandon": true});
    assert_eq!(estate.asked("POST", &release, Some(&typed("+14155550000"))).await.0, 422, "typed again as ever");
    assert_eq!(estate.store.active_numbers().await.unwrap(), 1);

    // so that the audit log has an order
    estate.sim.wait(1).await;
    let (status, answer) = estate.asked("POST", &release, Some(&typed(&number))).await;
    let abandoned = json!({"line": line, "still_rented": true, "account": estate.account});
    assert_eq!((status, answer), (200, abandoned));
    assert_eq!(estate.store.active_numbers().await.unwrap(), 0);
    assert_eq!(estate.asked("GET", &format!("/lines/{line}"), None).await.0, 404);
    assert!(estate.store.number_records(None, 10).await.unwrap().items.is_empty());
    assert!(estate.sim.number(&number).is_some(), "Twilio goes on billing it");
    let (_, audit) = estate.asked("GET", &format!("/audit?kind=line&id={line}"), None).await;
    assert_eq!((&audit["items"][0]["action"], &audit["items"][0]["by"]), (&json!("abandoned"), &json!("bootstrap")));
    // the sweep finds nothing left to do
    estate.app().sweep().await.unwrap();
}

#[tokio::test]
async fn a_search_says_that_there_are_as_many_numbers_as_there_may_be() {
    let estate = Estate::open().await;
    let search = format!("/integrations/{}/available-numbers?country=US&type=local&limit=1", estate.account);
    let (_, request) = estate.offer();
    let bought = estate.buys(&router(estate.app()), "k", &request).await;
    assert_eq!(bought.0, 201);
    let mut full = estate.app();
    full.numbers.most = 1;
    let full = router(full);
    let (_, market) = Estate::ask(&full, "GET", &search, None, None).await;
    let offer = &market["items"][0];
    let why = "There are as many numbers as there may be: 1 of 1.";
    assert_eq!((&offer["buyable"], &offer["obstacles"]), (&json!(false), &json!([why])), "{market}");
    let request = json!({
        "number": offer["number"], "country": "US", "type": "local", "name": "Second",
        "monthly_price": offer["monthly_price"],
    });
    let (status, refused) = estate.buys(&full, "other", &request).await;
    assert_eq!((status, refused["type"].as_str()), (409, Some("urn:dutyline:problem:quota-reached")), "{refused}");
    let (_, market) = estate.asked("GET", &search, None).await;
    assert_eq!(market["items"][0]["buyable"], true, "of three, one is there: {market}");
}
