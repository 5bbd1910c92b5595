//! Recordings, heard through the API.

use axum::{Router, body::Body, http::Request, http::header, routing::post};
use oncall::{Call, CallId, Candidate, LineId, Message, PersonId, reach::Why};
use provision::router;
use serde_json::Value;
use store::TalkRecording;
use twilio_sim::{Fault, Number};

use crate::{estate::Estate, house::BOOTSTRAP};

/// Twilio has recorded somebody: the sid of what it keeps.
async fn recorded(estate: &Estate) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/in", listener.local_addr().unwrap());
    let xml = |text: &'static str| async move { ([(header::CONTENT_TYPE, "text/xml")], text) };
    let product = Router::new()
        .route("/in", post(move || xml("<Response><Record action=\"/recorded\"/></Response>")))
        .route("/recorded", post(move || xml("<Response><Hangup/></Response>")));
    tokio::spawn(async move { axum::serve(listener, product).await });
    estate.sim.own(Number::new("+14155550177").voice_url(url));
    let mut call = estate.sim.dial("+4790000009", "+14155550177").await;
    call.waits(1).await.says("The database is on fire, please come").await.ends().await;
    estate.sim.wait(10).await;
    let list = format!("{}/2010-04-01/Accounts/{}/Recordings.json", estate.sim.base_url(), estate.account);
    let asked = reqwest::Client::new().get(list).basic_auth(&estate.account, Some(estate.sim.auth_token()));
    let list: Value = serde_json::from_str(&asked.send().await.unwrap().text().await.unwrap()).unwrap();
    list["recordings"][0]["sid"].as_str().unwrap().to_owned()
}

/// An estate with a line, and a call `CA1` to it that somebody has taken, and that left this message.
async fn with_message(recording: impl AsyncFnOnce(&Estate) -> Option<String>) -> (Estate, Router) {
    let estate = Estate::open().await;
    let app = router(estate.app());
    let (_, request) = estate.offer();
    let (status, bought) = estate.buys(&app, "one", &request).await;
    assert_eq!(status, 201, "{bought}");
    let line = LineId::new(bought["line"].as_str().unwrap());
    let (mut call, now) = (Call::begin(CallId::new("CA1"), line, None, estate.now()), estate.now());
    let candidate = Candidate {
        step: Some(0),
        person: PersonId::new("ada"),
        name: "Ada".to_owned(),
        phone: 0,
        number: "+4791000001".parse().unwrap(),
        ring_seconds: 20,
        why: Why::Named,
    };
    call.ring(0, &candidate, now);
    call.answer(1, now);
    call.accept(1, now);
    call.message = Some(Message { recording: recording(&estate).await, seconds: Some(4), ..Message::default() });
    estate.store.save_call(&call).await.unwrap();
    (estate, app)
}

struct Heard {
    status: u16,
    headers: header::HeaderMap,
    bytes: Vec<u8>,
}

impl Heard {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn problem(&self) -> (u16, String, String) {
        let problem: Value = serde_json::from_slice(&self.bytes).unwrap();
        let text = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
        (self.status, text("type").rsplit(':').next().unwrap().to_owned(), text("detail"))
    }
}

async fn hear(app: &Router, path: &str, range: Option<&str>) -> Heard {
    let request = Request::get(format!("/api/v1{path}")).header("authorization", format!("Bearer {BOOTSTRAP}"));
    let request = range.into_iter().fold(request, |request, range| request.header("range", range));
    let answer = tower::ServiceExt::oneshot(app.clone(), request.body(Body::empty()).unwrap()).await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    Heard { status, headers, bytes: axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec() }
}

const MESSAGE: &str = "/calls/CA1/message/audio";

#[tokio::test]
async fn a_message_is_heard_whole_and_in_parts() {
    let (estate, app) = with_message(async |estate| Some(recorded(estate).await)).await;
    let whole = hear(&app, MESSAGE, None).await;
    assert_eq!((whole.status, whole.header(header::CONTENT_TYPE)), (200, "audio/mpeg"));
    assert_eq!((whole.header(header::ACCEPT_RANGES), whole.header(header::CONTENT_RANGE)), ("bytes", ""));
    assert!(whole.header(header::CACHE_CONTROL).starts_with("private"));
    assert!(whole.bytes.len() > 10_000 && whole.bytes.starts_with(&[0xff, 0xf3]), "{}", whole.bytes.len());
    let total = whole.bytes.len();
    for (range, first, last) in
        [("bytes=0-", 0, total - 1), ("bytes=90-99", 90, 99), ("bytes=-5", total - 5, total - 1)]
    {
        let part = hear(&app, MESSAGE, Some(range)).await;
        assert_eq!((part.status, part.header(header::CONTENT_TYPE)), (206, "audio/mpeg"), "{range}");
        assert_eq!(part.header(header::CONTENT_RANGE), format!("bytes {first}-{last}/{total}"));
        assert_eq!(part.bytes, whole.bytes[first..=last], "{range}");
    }
    // a header that names no one range is as if it were not there
    assert_eq!(hear(&app, MESSAGE, Some("bytes=0-1,4-5")).await.bytes, whole.bytes);
    let beyond = hear(&app, MESSAGE, Some(&format!("bytes={total}-"))).await;
    assert_eq!((beyond.problem().0, beyond.problem().1.as_str()), (416, "out-of-range"));
    assert_eq!(beyond.header(header::CONTENT_RANGE), format!("bytes */{total}"));

    let client = estate.client().await;
    let audio = client.message_audio("CA1", Some("bytes=2-3")).await.unwrap();
    assert_eq!((&*audio.bytes, audio.range), (&whole.bytes[2..4], Some(format!("bytes 2-3/{total}"))));
    assert_eq!(client.message_audio("CA1", None).await.unwrap().range, None);
}

#[tokio::test]
async fn a_recording_is_of_the_account_that_keeps_it() {
    let (estate, app) = with_message(async |_| None).await;
    let recording = "/calls/CA1/recording/audio";
    let (status, slug, detail) = hear(&app, recording, None).await.problem();
    assert_eq!((status, slug.as_str()), (404, "not-found"), "{detail}");
    let talk = |account: &str, sid: String| TalkRecording { sid, account: account.to_owned(), seconds: Some(4) };
    let sid = recorded(&estate).await;
    estate.store.record_talk(&CallId::new("CA1"), 1, &talk(&estate.account, sid)).await.unwrap();
    let heard = hear(&app, recording, None).await;
    assert_eq!((heard.status, heard.header(header::CONTENT_TYPE)), (200, "audio/mpeg"));
    assert_eq!(hear(&app, MESSAGE, None).await.problem().2, "the message was not recorded");
    assert_eq!(hear(&app, "/calls/CA2/message/audio", None).await.status, 404);
}

#[tokio::test]
async fn what_twilio_does_not_have_or_does_not_give() {
    let (estate, app) = with_message(async |_| Some("RE00000000000000000000000000000000".to_owned())).await;
    let (status, slug, detail) = hear(&app, MESSAGE, Some("bytes=0-")).await.problem();
    assert_eq!((status, slug.as_str()), (404, "not-found"));
    assert_eq!(detail, "Twilio does not have it: not yet, or not any more");
    let path = "GET /Recordings/RE00000000000000000000000000000000.mp3";
    estate.sim.fault(Fault::rest_answers(path, 503).times(6));
    let (status, slug, _) = hear(&app, MESSAGE, None).await.problem();
    assert_eq!((status, slug.as_str()), (502, "twilio-unreachable"));
}
