//! REST, as Twilio would answer it, and the control API.
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use twilio_sim::{Fault, Mishap, Options, Pace, Phone};

use crate::{
    client::{ask, ask_as},
    product::{ANNA, BERIT, CALLER, LINE, Product, set_up},
};

async fn check_refused(form: &[(&str, &str)], code: u32) {
    let (_product, sim) = set_up(Options::default()).await;
    let (status, body) = ask(&sim, Method::POST, "/Calls.json", form).await;
    assert_eq!((status, &body["code"]), (400, &json!(code)), "{form:?}");
    assert_eq!(body["status"], 400);
    assert_eq!(body["more_info"], format!("https://www.twilio.com/docs/errors/{code}"));
    assert!(sim.lines().is_empty());
}

#[tokio::test]
async fn calls_that_are_refused() {
    check_refused(&[("From", LINE), ("Url", "http://127.0.0.1/")], 21201).await;
    check_refused(&[("To", ANNA), ("Url", "http://127.0.0.1/")], 21213).await;
    check_refused(&[("To", ANNA), ("From", LINE)], 21205).await;
    check_refused(&[("To", "123"), ("From", LINE), ("Twiml", "<Response/>")], 21211).await;
    check_refused(&[("To", LINE), ("From", LINE), ("Twiml", "<Response/>")], 21211).await;
    check_refused(&[("To", ANNA), ("From", CALLER), ("Twiml", "<Response/>")], 21210).await;
}

#[tokio::test]
async fn calls_start_one_a_second() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/page", "<Say>Alert 12</Say>");
    let url = format!("{}/page", product.base);
    for number in ["+4791000001", "+4791000002", "+4791000003"] {
        sim.phone(number).answers_after(0);
        let form = [("To", number), ("From", LINE), ("Url", url.as_str())];
        let (status, body) = ask(&sim, Method::POST, "/Calls.json", &form).await;
        assert_eq!((status, &body["status"]), (201, &json!("queued")));
        assert_eq!(body["direction"], "outbound-api");
    }
    sim.wait(60).await;
    let seconds: Vec<_> = sim.journal().iter().filter(|e| e.url == url).map(|e| e.at.as_secs() % 60).collect();
    assert_eq!(seconds, [0, 1, 2]);
    assert_eq!(product.seen("/page")[0].get("Direction"), "outbound-api");
    assert_eq!(product.seen("/page")[0].get("CallStatus"), "in-progress");
    sim.assert_clean();
}

#[tokio::test]
async fn options_beyond_the_simulator_are_violations() {
    let (_product, sim) = set_up(Options::default()).await;
    let twiml = ("Twiml", "<Response/>");
    let form = [("To", ANNA), ("From", LINE), twiml, ("MachineDetection", "Enable"), ("Record", "false")];
    assert_eq!(ask(&sim, Method::POST, "/Calls.json", &form).await.0, 201);
    assert_eq!(sim.alerts().len(), 1);
}

#[tokio::test]
async fn a_call_that_rings_out_is_no_answer() {
    let (product, sim) = set_up(Options::default()).await;
    product.page("/progress", 204, "", "");
    let callback = format!("{}/progress", product.base);
    let form = [
        ("To", ANNA),
        ("From", LINE),
        ("Twiml", "<Response><Say>Hi</Say></Response>"),
        ("Timeout", "20"),
        ("StatusCallback", callback.as_str()),
        ("StatusCallbackEvent", "ringing"),
        ("StatusCallbackEvent", "completed"),
    ];
    let (_, body) = ask(&sim, Method::POST, "/Calls.json", &form).await;
    assert_eq!(sim.call(body["sid"].as_str().unwrap()).ends().await.as_str(), "no-answer");
    let seen: Vec<_> = product
        .seen("/progress")
        .iter()
        .map(|seen| format!("{} {}", seen.get("SequenceNumber"), seen.get("CallStatus")))
        .collect();
    assert_eq!(seen, ["0 ringing", "1 no-answer"]);
    sim.assert_clean();
}

#[tokio::test]
async fn a_call_can_be_ended_and_redirected() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Say>Hold on</Say><Pause length=\"99\"/>");
    product.twiml("/other", "<Say>Something else</Say><Pause length=\"99\"/>");
    let mut call = sim.dial(CALLER, LINE).await;
    call.hears("Hold on").await;
    let path = format!("/Calls/{}.json", call.sid());
    let other = format!("{}/other", product.base);
    let (status, body) = ask(&sim, Method::POST, &path, &[("Url", &other)]).await;
    assert_eq!((status, &body["status"]), (200, &json!("in-progress")));
    call.hears("Something else").await;
    assert_eq!(ask(&sim, Method::POST, &path, &[("Status", "canceled")]).await.1["code"], 21220);
    assert_eq!(ask(&sim, Method::POST, &path, &[("Status", "completed")]).await.0, 200);
    assert_eq!(call.ends().await.as_str(), "completed");
    let (status, body) = ask(&sim, Method::POST, &path, &[("Status", "completed")]).await;
    assert_eq!((status, &body["code"]), (400, &json!(21220)));
    let (_, fetched) = ask(&sim, Method::GET, &path, &[]).await;
    assert_eq!((&fetched["status"], &fetched["duration"]), (&json!("completed"), &json!("2")));
    assert_eq!(fetched["date_created"], "Fri, 20 Nov 2026 03:00:00 +0000");
    sim.assert_clean();
}

#[tokio::test]
async fn lists_come_in_pages() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Hangup/>");
    for _ in 0..3 {
        sim.dial(CALLER, LINE).await.ends().await;
    }
    let (_, first) = ask(&sim, Method::GET, "/Calls.json?PageSize=2", &[]).await;
    assert_eq!(first["calls"].as_array().unwrap().len(), 2);
    assert_eq!(first["previous_page_uri"], Value::Null);
    let next = first["next_page_uri"].as_str().unwrap();
    let next = next.split_once(&sim.account_sid()).unwrap().1;
    let (_, second) = ask(&sim, Method::GET, next, &[]).await;
    assert_eq!(second["calls"].as_array().unwrap().len(), 1);
    assert_eq!((&second["start"], &second["end"]), (&json!(2), &json!(2)));
    assert_eq!(second["next_page_uri"], Value::Null);
    let (_, none) = ask(&sim, Method::GET, "/Calls.json?Status=busy", &[]).await;
    assert_eq!(none["calls"], json!([]));
    sim.assert_clean();
}

#[tokio::test]
async fn a_numbers_webhooks_are_set() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/new", "<Say>New</Say>");
    let (_, list) = ask(&sim, Method::GET, "/IncomingPhoneNumbers.json?PhoneNumber=%2B4721000000", &[]).await;
    let path = format!("/IncomingPhoneNumbers/{}.json", list["incoming_phone_numbers"][0]["sid"].as_str().unwrap());
    let url = format!("{}/new", product.base);
    let form = [("VoiceUrl", url.as_str()), ("StatusCallback", ""), ("FriendlyName", "Ops")];
    let (status, body) = ask(&sim, Method::POST, &path, &form).await;
    assert_eq!((status, &body["voice_url"], &body["status_callback"]), (200, &json!(url), &json!("")));
    sim.dial(CALLER, LINE).await.hears("New").await.ends().await;
    let (status, body) = ask(&sim, Method::POST, &path, &[("VoiceUrl", "nonsense")]).await;
    assert_eq!((status, &body["code"]), (400, &json!(21402)));
    assert_eq!(ask(&sim, Method::GET, "/IncomingPhoneNumbers/PN0.json", &[]).await.0, 404);
    sim.assert_clean();
}

#[tokio::test]
async fn credentials_are_checked() {
    let (_product, sim) = set_up(Options::default()).await;
    let account = sim.account_sid();
    let token = sim.auth_token();
    let second = sim.create_secondary_token();
    let url = format!("{}/2010-04-01/Accounts/{account}.json", sim.base_url());
    let bare = reqwest::get(&url).await.unwrap();
    assert_eq!(bare.status(), StatusCode::UNAUTHORIZED);
    for (auth, path, status) in [
        ((account.clone(), token), "/Calls.json", 200),
        ((account.clone(), second), "/Calls.json", 200),
        ((account, "wrong".to_owned()), "/Calls.json", 401),
        (sim.api_key(), "/Calls.json", 200),
        (sim.api_key(), ".json", 401),
    ] {
        let (found, body) = ask_as(&sim, auth, Method::GET, path, &[]).await;
        assert_eq!(found, status, "{path}");
        assert_eq!(body["code"].as_u64(), (status == 401).then_some(20003));
    }
}

#[tokio::test]
async fn unknown_parameters_are_violations() {
    let (_product, sim) = set_up(Options::default()).await;
    let form = [("To", ANNA), ("From", LINE), ("Twiml", "<Response/>"), ("StatusCallBack", "x")];
    assert_eq!(ask(&sim, Method::POST, "/Calls.json", &form).await.0, 201);
    assert_eq!(ask(&sim, Method::GET, "/Calls.json?Sttus=busy", &[]).await.0, 200);
    assert_eq!(ask(&sim, Method::GET, "/Calls", &[]).await.0, 404);
    let codes: Vec<_> = sim.alerts().iter().map(|alert| alert.code).collect();
    assert_eq!(codes, [20001, 20001, 20001]);
}

#[tokio::test]
async fn refusals_on_request() {
    let (_product, sim) = set_up(Options::default()).await;
    sim.fault(Fault::rest_answers("/Calls", 429));
    sim.fault(Fault::rest_answers("/Calls", 503).nth(2));
    let mut found = Vec::new();
    for _ in 0..4 {
        let (status, body) = ask(&sim, Method::GET, "/Calls.json", &[]).await;
        found.push((status, body["code"].as_u64()));
    }
    assert_eq!(found, [(429, Some(20429)), (503, Some(20503)), (200, None), (200, None)]);
}

#[tokio::test]
async fn recordings_are_fetched_and_deleted() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Record action=\"/done\"/>").twiml("/done", "<Pause length=\"5\"/>");
    let mut call = sim.dial(CALLER, LINE).await;
    call.waits(1).await.says("Please come at once").await.waits(7).await;
    let (_, early) = ask(&sim, Method::GET, "/Recordings.json", &[]).await;
    assert_eq!(early["recordings"], json!([]));
    call.ends().await;
    let list = format!("/Recordings.json?CallSid={}", call.sid());
    let (_, body) = ask(&sim, Method::GET, &list, &[]).await;
    let sid = body["recordings"][0]["sid"].as_str().unwrap();
    assert_eq!(body["recordings"][0]["duration"], "3");
    let path = format!("/Recordings/{sid}.json");
    assert_eq!(ask(&sim, Method::GET, &path, &[]).await.0, 200);
    assert_eq!(ask(&sim, Method::DELETE, &path, &[]).await.0, 204);
    assert_eq!(ask(&sim, Method::DELETE, &path, &[]).await.0, 404);
    sim.assert_clean();
}

#[tokio::test]
async fn a_terminal_places_a_call_and_reads_along() {
    let (product, sim) = set_up(Options { pace: Pace::Speed(1.0), ..Options::default() }).await;
    product.twiml("/in", "<Gather numDigits=\"1\" action=\"/menu\"><Say>Press 1</Say></Gather>");
    product.twiml("/menu", &format!("<Dial>{ANNA}</Dial>"));
    let client = reqwest::Client::new();
    let at = |path: &str| format!("{}/_sim/{path}", sim.base_url());
    let behaviour = json!([{ "does": "answers", "after": 3, "talks_for": 20 }]);
    let phone = client.put(at(&format!("phones/{ANNA}"))).body(behaviour.to_string());
    assert_eq!(phone.send().await.unwrap().status(), StatusCode::OK);
    let call = json!({ "from": CALLER, "to": LINE, "press": [{ "keys": "1" }], "fast": true });
    let placed = client.post(at("calls")).body(call.to_string()).send().await.unwrap();
    assert_eq!(placed.status(), StatusCode::CREATED);
    let placed: Value = serde_json::from_str(&placed.text().await.unwrap()).unwrap();
    let path = format!("calls/{}/transcript", placed["call"].as_str().unwrap());
    let text = client.get(at(&path)).send().await.unwrap().text().await.unwrap();
    let events: Vec<_> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|line| line["event"] != "status")
        .map(|line| format!("{} {}", line["who"].as_str().unwrap(), line["text"].as_str().unwrap()))
        .collect();
    assert_eq!(
        events,
        [
            "+4790000009 dials +4721000000",
            "+4790000009 hears: Press 1",
            "+4790000009 presses 1",
            "+4791000001 rings (from +4790000009)",
            "+4791000001 picks up",
            "+4790000009 is connected with +4791000001",
            "+4791000001 is connected with +4790000009",
            "+4791000001 hangs up",
        ]
    );
    for (path, length) in [("journal", 3), ("ledger", 2), ("alerts", 0)] {
        let body = client.get(at(path)).send().await.unwrap().text().await.unwrap();
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(body.as_array().unwrap().len(), length, "{path}");
    }
    let bad = client.post(at("calls")).body("{\"form\": 1}").send().await.unwrap();
    assert_eq!(bad.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_queued_call_can_be_cancelled() {
    let (product, sim) = set_up(Options::default()).await;
    product.page("/over", 204, "", "");
    let over = format!("{}/over", product.base);
    let call = async |to: &str| {
        let form = [("To", to), ("From", LINE), ("Twiml", "<Response/>"), ("StatusCallback", over.as_str())];
        ask(&sim, Method::POST, "/Calls.json", &form).await.1["sid"].as_str().unwrap().to_owned()
    };
    sim.phone(ANNA).answers_after(0);
    call(ANNA).await;
    let second = call(BERIT).await;
    let path = format!("/Calls/{second}.json");
    assert_eq!(ask(&sim, Method::POST, &path, &[("Status", "canceled")]).await.0, 200);
    sim.wait(30).await;
    assert_eq!((sim.phone(ANNA).rang(), sim.phone(BERIT).rang()), (1, 0));
    let mut ends: Vec<_> =
        product.seen("/over").iter().map(|seen| format!("{} {}", seen.get("To"), seen.get("CallStatus"))).collect();
    ends.sort();
    assert_eq!(ends, [format!("{ANNA} completed"), format!("{BERIT} canceled")]);
    sim.assert_clean();
}

/// How a call of the REST API ends, and what is pressed in it, by what the phone does.
async fn check_phone(behaves: impl FnOnce(Phone) -> Phone, ends: &str, pressed: &[&str]) {
    let (product, sim) = set_up(Options::default()).await;
    // the document may be served by somebody else than the callbacks
    let other = Product::start().await;
    other.twiml("/page", "<Gather numDigits=\"1\" action=\"/key\"><Say>Press 4</Say></Gather>");
    other.twiml("/key", "<Say>Yours</Say>");
    product.page("/over", 204, "", "");
    behaves(sim.phone(ANNA));
    let (url, over) = (format!("{}/page", other.base), format!("{}/over", product.base));
    let form = [("To", ANNA), ("From", LINE), ("Url", &url), ("Timeout", "25"), ("StatusCallback", &over)];
    let (_, body) = ask(&sim, Method::POST, "/Calls.json", &form).await;
    assert_eq!(sim.call(body["sid"].as_str().unwrap()).ends().await.as_str(), ends);
    let keys: Vec<_> = other.seen("/key").iter().map(|seen| seen.get("Digits").to_owned()).collect();
    assert_eq!(keys, pressed, "{ends}");
    assert_eq!(product.seen("/over").iter().map(|seen| seen.get("CallStatus")).collect::<Vec<_>>(), [ends]);
    sim.assert_clean();
}

#[tokio::test]
async fn phones_behave_when_rest_calls_them() {
    check_phone(|phone| phone.answers_after(3).presses("4"), "completed", &["4"]).await;
    check_phone(|phone| phone.answers_after(3).presses_after(1, "4"), "completed", &["4"]).await;
    check_phone(|phone| phone.answers_after(3).presses_after_hearing("Press", "5"), "completed", &["5"]).await;
    check_phone(|phone| phone.answers_after(3).hangs_up_after(1), "completed", &[]).await;
    check_phone(|phone| phone.voicemail_after(20), "completed", &[]).await;
    check_phone(|phone| phone.does_not_answer(), "no-answer", &[]).await;
    check_phone(|phone| phone.is_busy(), "busy", &[]).await;
    check_phone(|phone| phone.declines_after(4), "busy", &[]).await;
    check_phone(|phone| phone.is_unreachable(), "failed", &[]).await;
}

#[tokio::test]
async fn one_kind_of_request_fails_and_others_do_not() {
    let (_product, sim) = set_up(Options::default()).await;
    sim.fault(Fault::rest("POST /Messages.json", Mishap::RefusedWith(400, 21612)).with("To", ANNA).nth(2));
    let send = async |to: &str| {
        let (status, body) =
            ask(&sim, Method::POST, "/Messages.json", &[("To", to), ("From", LINE), ("Body", "Hi")]).await;
        (status, body["code"].as_u64())
    };
    assert_eq!(send(ANNA).await, (201, None));
    assert_eq!(send(BERIT).await, (201, None));
    let form = [("To", ANNA), ("From", LINE), ("Twiml", "<Response/>")];
    assert_eq!(ask(&sim, Method::POST, "/Calls.json", &form).await.0, 201);
    assert_eq!(send(ANNA).await, (400, Some(21612)));
    assert_eq!(send(ANNA).await, (201, None));
    sim.wait(60).await;
    assert_eq!((sim.phone(ANNA).texts().len(), sim.phone(BERIT).texts().len()), (2, 1));
    sim.assert_clean();
}
