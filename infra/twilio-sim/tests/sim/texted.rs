//! Phones text a number, and the product answers.
use reqwest::Method;
use serde_json::{Value, json};
use twilio_sim::{Attachment, Fault, Item, Number, OptOutType, Options, Purpose, Receipts, Sim, Texting, Variants};

use crate::{
    client::ask,
    product::{ANNA, BERIT, CALLER, LINE, Product, set_up},
};

/// A product and a simulator with one line that takes texts, whose webhooks go to `/sms` and `/sms-fallback`.
async fn line(options: Options) -> (Product, Sim) {
    let (product, sim) = set_up(options).await;
    let number = Number::new(LINE).sms_url(format!("{}/sms", product.base)).takes_pictures();
    sim.own(number.sms_fallback(format!("{}/sms-fallback", product.base)));
    (product, sim)
}

fn bodies(sim: &Sim, phone: &str) -> Vec<String> {
    sim.phone(phone).texts().into_iter().map(|text| text.body).collect()
}

#[tokio::test]
async fn a_text_is_answered() {
    let (product, sim) = line(Options::default()).await;
    product.twiml("/sms", "<Message>Yours.\nSince 04:00.</Message>");
    let sid = sim.phone(ANNA).texts_to(LINE, "12a").await;
    let seen = &product.seen("/sms")[0];
    for name in ["MessageSid", "SmsSid", "SmsMessageSid"] {
        assert_eq!(seen.get(name), sid, "{name}");
    }
    let expected = [
        ("From", ANNA),
        ("To", LINE),
        ("Body", "12a"),
        ("NumMedia", "0"),
        ("NumSegments", "1"),
        ("SmsStatus", "received"),
        ("ApiVersion", "2010-04-01"),
        ("FromCountry", "NO"),
        ("ToCity", ""),
    ];
    for (name, value) in expected {
        assert_eq!(seen.form.get(name).map(String::as_str), Some(value), "{name}");
    }
    assert_eq!((seen.method.as_str(), seen.get("AccountSid")), ("POST", sim.account_sid().as_str()));
    assert!(!seen.form.contains_key("OptOutType") && seen.headers.contains_key("x-twilio-signature"));
    let answer = sim.phone(ANNA).reads("Yours").await;
    assert_eq!((answer.from.as_str(), answer.body.as_str()), (LINE, "Yours.\nSince 04:00."));
    assert_eq!(sim.journal()[0].purpose, Purpose::Text);
    let items: Vec<_> = sim.ledger().iter().map(|charge| charge.item).collect();
    assert_eq!(items, [Item::InboundSegments, Item::MessageSegments]);
    let (_, list) = ask(&sim, Method::GET, "/Messages.json", &[]).await;
    let directions: Vec<_> =
        list["messages"].as_array().unwrap().iter().map(|text| text["direction"].clone()).collect();
    assert_eq!(directions, [json!("outbound-reply"), json!("inbound")]);
    sim.assert_clean();
}

#[tokio::test]
async fn a_number_may_be_asked_by_get_and_without_a_url_nothing_happens() {
    let (product, sim) = line(Options::default()).await;
    product.twiml("/sms", "");
    sim.own(Number::new(LINE).sms_url(format!("{}/sms", product.base)).sms_method("GET"));
    sim.phone(ANNA).texts_to(LINE, "Hi & bye").await;
    let seen = &product.seen("/sms")[0];
    assert_eq!((seen.method.as_str(), seen.get("Body")), ("GET", "Hi & bye"));
    sim.own(Number::new(LINE));
    sim.phone(ANNA).texts_to(LINE, "Anybody?").await;
    assert_eq!(product.seen("/sms").len(), 1);
    sim.assert_clean();
}

#[tokio::test]
async fn documents_lead_on() {
    let (product, sim) = line(Options::default()).await;
    product.page("/receipt", 204, "", "");
    product.twiml(
        "/sms",
        "<Message statusCallback=\"/receipt\"><Body>One</Body></Message><Redirect>next</Redirect>\
         <Message>Never</Message>",
    );
    let other = format!("<Message to=\"{BERIT}\" action=\"/sent\">Two</Message><Message>Never</Message>");
    product.twiml("/next", &other).twiml("/sent", "<Message><Media>/picture.jpg</Media></Message>");
    sim.phone(ANNA).texts_to(LINE, "Hello").await;
    sim.wait(20).await;
    assert_eq!(bodies(&sim, ANNA), ["One", ""]);
    assert_eq!(sim.phone(ANNA).texts()[1].media, [format!("{}/picture.jpg", product.base)]);
    assert_eq!(bodies(&sim, BERIT), ["Two"]);
    let sent = &product.seen("/sent")[0];
    assert_eq!((sent.get("MessageStatus"), sent.get("Body")), ("queued", "Hello"));
    let statuses: Vec<_> = product.seen("/receipt").iter().map(|seen| seen.get("MessageStatus").to_owned()).collect();
    assert_eq!(statuses, ["sent", "delivered"]);
    sim.assert_clean();
}

type Prepare<'p> = &'p dyn Fn(&Product, &Sim);

#[tokio::test]
async fn a_failing_webhook_leads_to_the_fallback() {
    let status = |product: &Product, _: &Sim| {
        product.page("/sms", 500, "text/xml", "<Response/>");
    };
    let kind = |product: &Product, _: &Sim| {
        product.page("/sms", 200, "application/json", "{}");
    };
    let audio = |product: &Product, _: &Sim| {
        product.page("/sms", 200, "audio/mpeg", "x");
    };
    let broken = |product: &Product, _: &Sim| {
        product.twiml("/sms", "<Message>");
    };
    let slow = |product: &Product, sim: &Sim| {
        product.twiml("/sms", "<Message>Late</Message>");
        sim.fault(Fault::slow("/sms", 20));
    };
    let cases: [(u32, Prepare); 5] =
        [(11200, &status), (12300, &kind), (12300, &audio), (12100, &broken), (11200, &slow)];
    for (code, prepare) in cases {
        let (product, sim) = line(Options::default()).await;
        prepare(&product, &sim);
        product.twiml("/sms-fallback", "<Message>Plan B</Message>");
        sim.phone(ANNA).texts_to(LINE, "Hi").await;
        sim.phone(ANNA).reads("Plan B").await;
        assert_eq!(product.seen("/sms-fallback")[0].get("ErrorCode"), code.to_string());
        assert_eq!((sim.alerts().len(), sim.alerts()[0].code), (1, code));
    }
}

#[tokio::test]
async fn plain_text_is_the_answer_itself() {
    let (product, sim) = line(Options::default()).await;
    product.page("/sms", 200, "text/plain", "A & B");
    sim.phone(ANNA).texts_to(LINE, "Hi").await;
    sim.phone(ANNA).reads("A & B").await;
    sim.assert_clean();
}

/// A document is not sent, or not all of it, for this reason.
async fn check_refused(inside: &str, code: u32) {
    let (product, sim) = line(Options::default()).await;
    product.twiml("/sms", inside);
    sim.phone(CALLER).texting(Texting::Refused(21614));
    sim.phone(ANNA).texts_to(LINE, "Hi").await;
    sim.wait(10).await;
    assert_eq!(bodies(&sim, ANNA), [""; 0], "{inside}");
    let codes: Vec<_> = sim.alerts().iter().map(|alert| alert.code).collect();
    assert_eq!(codes, [code], "{inside}");
}

#[tokio::test]
async fn replies_that_are_refused() {
    check_refused("<Say>Hi</Say>", 12200).await;
    check_refused("<Message/>", 14103).await;
    check_refused("<Message to=\"12\">Hi</Message>", 14101).await;
    check_refused(&format!("<Message from=\"{BERIT}\">Hi</Message>"), 14108).await;
    check_refused(&format!("<Message to=\"{CALLER}\">Hi</Message>"), 21614).await;
    check_refused(&format!("<Message>{}</Message>", "x".repeat(1601)), 21617).await;
    check_refused("<Redirect>/sms</Redirect>", 14106).await;
}

#[tokio::test]
async fn a_loop_of_replies_is_cut() {
    let (product, sim) = line(Options::default()).await;
    product.twiml("/sms", &"<Message>Hi</Message>".repeat(11));
    sim.phone(ANNA).texts_to(LINE, "Hi").await;
    assert_eq!(sim.alerts().iter().map(|alert| alert.code).collect::<Vec<_>>(), [14109]);
    sim.phone(ANNA).texts_to(LINE, "Hi").await;
    assert_eq!(sim.alerts().iter().filter(|alert| alert.code == 14107).count(), 5);
    sim.wait(60).await;
    assert_eq!(bodies(&sim, ANNA).len(), 15);
}

#[tokio::test]
async fn who_says_stop_is_texted_no_more_until_they_say_start() {
    for opt_out_type in [OptOutType::Told, OptOutType::Untold] {
        let variants = Variants { opt_out_type, ..Variants::default() };
        let (product, sim) = line(Options { variants, ..Options::default() }).await;
        product.twiml("/sms", "");
        let send = async || {
            ask(&sim, Method::POST, "/Messages.json", &[("To", ANNA), ("From", LINE), ("Body", "Alert")]).await
        };
        for (word, kind, answer) in [
            ("help", "HELP", "Reply STOP to unsubscribe"),
            (" Stop ", "STOP", "You have successfully been unsubscribed"),
            ("Unstop", "START", "You have successfully been re-subscribed"),
        ] {
            sim.phone(ANNA).texts_to(LINE, word).await;
            let told = product.seen("/sms").pop().unwrap();
            let expected = (opt_out_type == OptOutType::Told).then_some(kind);
            assert_eq!(told.form.get("OptOutType").map(String::as_str), expected);
            assert_eq!(told.get("Body"), word);
            sim.phone(ANNA).reads(answer).await;
            let (status, body) = send().await;
            let refused = kind == "STOP";
            assert_eq!((status, body["code"] == json!(21610)), (if refused { 400 } else { 201 }, refused), "{word}");
        }
        sim.assert_clean();
    }
}

#[tokio::test]
async fn an_answer_to_stop_is_one_too_many() {
    let (product, sim) = line(Options::default()).await;
    product.twiml("/sms", "<Message>Unknown command</Message>");
    sim.phone(ANNA).texts_to(LINE, "STOP").await;
    sim.wait(10).await;
    assert_eq!(bodies(&sim, ANNA).len(), 1);
    sim.expect_alert(21610);
    sim.assert_clean();
}

#[tokio::test]
async fn pictures_are_behind_credentials() {
    let (product, sim) = line(Options::default()).await;
    product.twiml("/sms", "");
    let picture = Attachment::new("image/jpeg", [0xff, 0xd8, 0xff]);
    let sid = sim.phone(ANNA).texts_media_to(LINE, "Look", [picture.clone()]).await;
    assert!(sid.starts_with("MM"));
    let seen = &product.seen("/sms")[0];
    assert_eq!((seen.get("NumMedia"), seen.get("MediaContentType0")), ("1", "image/jpeg"));
    let url = seen.get("MediaUrl0");
    assert!(url.starts_with(&format!("{}/2010-04-01/Accounts/", sim.base_url())) && !url.ends_with(".json"));
    let client = reqwest::Client::new();
    assert_eq!(client.get(url).send().await.unwrap().status(), 401);
    let answer = client.get(url).basic_auth(sim.account_sid(), Some(sim.auth_token())).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), &answer.headers()["content-type"]), (200, &"image/jpeg".parse().unwrap()));
    assert_ne!(answer.url().as_str(), url);
    assert_eq!(answer.bytes().await.unwrap(), picture.content);
    let other = sim.base_url().to_owned() + "/media/MM0/ME0/0";
    assert_eq!(client.get(other).send().await.unwrap().status(), 404);
    // to a number that takes none the words arrive alone
    sim.own(Number::new(LINE).sms_url(format!("{}/sms", product.base)));
    assert!(sim.phone(ANNA).texts_media_to(LINE, "Look", [picture]).await.starts_with("SM"));
    assert_eq!(product.seen("/sms")[1].get("NumMedia"), "0");
    sim.assert_clean();
}

#[tokio::test]
async fn webhooks_of_texts_are_repeated_lost_and_late() {
    let (product, sim) = line(Options::default()).await;
    product.twiml("/sms", "<Message>Hi</Message>");
    sim.fault(Fault::retried("/sms").with("Body", "one"));
    sim.fault(Fault::late("/sms", 5).with("Body", "two"));
    for words in ["one", "two", "three"] {
        sim.phone(ANNA).texts_to(LINE, words).await;
    }
    sim.wait(60).await;
    let order: Vec<_> = product.seen("/sms").iter().map(|seen| seen.get("Body").to_owned()).collect();
    assert_eq!(order, ["one", "one", "three", "two"]);
    assert_eq!(bodies(&sim, ANNA).len(), 3);
    sim.assert_clean();
}

#[tokio::test]
async fn receipts_may_tell_every_status() {
    let variants = Variants { receipts: Receipts::Every, ..Variants::default() };
    let (product, sim) = set_up(Options { variants, ..Options::default() }).await;
    product.page("/receipt", 204, "", "");
    let receipt = format!("{}/receipt", product.base);
    sim.fault(Fault::lost("/receipt").with("MessageStatus", "sent"));
    sim.fault(Fault::duplicated("/receipt").with("MessageStatus", "delivered"));
    let form = [("To", ANNA), ("From", LINE), ("Body", "Alert"), ("StatusCallback", &receipt)];
    ask(&sim, Method::POST, "/Messages.json", &form).await;
    sim.wait(10).await;
    let told: Vec<_> = product.seen("/receipt").iter().map(|seen| seen.get("MessageStatus").to_owned()).collect();
    assert_eq!(told, ["queued", "sending", "delivered", "delivered"]);
    sim.assert_clean();
}

#[tokio::test]
async fn texts_by_the_control_api() {
    let (product, sim) = line(Options::default()).await;
    product.twiml("/sms", "<Message>Yours</Message>");
    let client = reqwest::Client::new();
    let send = async |to: &str| {
        let form = json!({ "from": ANNA, "to": to, "body": "12a",
            "media": [{ "content_type": "text/plain", "content": "Hi" }] });
        let sent = client.post(format!("{}/_sim/texts", sim.base_url())).body(form.to_string()).send().await.unwrap();
        (sent.status().as_u16(), serde_json::from_str::<Value>(&sent.text().await.unwrap()).unwrap())
    };
    let (status, body) = send(LINE).await;
    sim.phone(ANNA).reads("Yours").await;
    assert_eq!((status, body["message"].as_str()), (201, Some(product.seen("/sms")[0].get("MessageSid"))));
    assert_eq!(product.seen("/sms")[0].get("NumMedia"), "1");
    assert_eq!(send(BERIT).await.0, 404);
    let fault = |form: Value| client.post(format!("{}/_sim/faults", sim.base_url())).body(form.to_string()).send();
    let lost = json!({ "endpoint": "/sms", "does": "lost", "with": { "Body": "12a" } });
    assert_eq!(fault(lost).await.unwrap().status(), 200);
    product.twiml("/sms-fallback", "");
    send(LINE).await;
    sim.wait(60).await;
    assert_eq!((product.seen("/sms").len(), product.seen("/sms-fallback").len()), (1, 1));
    sim.assert_clean();
}
