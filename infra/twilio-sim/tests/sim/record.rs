//! Record, its callbacks, and transcriptions.
use reqwest::Method;
use twilio_sim::{Item, Options, RecordingCallback, SilentRecording, Sim, Variants};

use crate::client::ask;
use crate::product::{CALLER, LINE, Product, set_up};

const RECORD: &str = r#"<Record action="/recorded" recordingStatusCallback="/ready" transcribe="true" transcribeCallback="/text" maxLength="60"/><Say>No recording</Say>"#;

async fn line(variants: Variants) -> (Product, Sim) {
    let (product, sim) = set_up(Options { variants, ..Options::default() }).await;
    product.twiml("/in", RECORD).twiml("/recorded", "<Hangup/>");
    product.page("/ready", 204, "", "").page("/text", 204, "", "");
    (product, sim)
}

#[tokio::test]
async fn the_callback_comes_before_or_after_the_action() {
    for (recording_callback, paths) in [
        (RecordingCallback::BeforeAction, ["/in", "/ready", "/recorded", "/status", "/text"]),
        (RecordingCallback::AfterAction, ["/in", "/recorded", "/status", "/ready", "/text"]),
    ] {
        let (product, sim) = line(Variants { recording_callback, ..Variants::default() }).await;
        let mut call = sim.dial(CALLER, LINE).await;
        call.waits(1).await.says("The database is on fire, please come").await.ends().await;
        sim.wait(60).await;
        assert_eq!(product.paths(), paths);
        let ready = &product.seen("/ready")[0];
        assert_eq!(ready.get("RecordingStatus"), "completed");
        assert_eq!(ready.get("RecordingSource"), "RecordVerb");
        let recorded = &product.seen("/recorded")[0];
        assert_eq!(recorded.get("RecordingUrl"), ready.get("RecordingUrl"));
        assert_eq!(recorded.get("RecordingDuration"), "4");
        let text = &product.seen("/text")[0];
        assert_eq!(text.get("TranscriptionStatus"), "completed");
        assert_eq!(text.get("TranscriptionText"), "The database is on fire, please come");
        let items: Vec<_> = sim.ledger().iter().map(|charge| charge.item).collect();
        assert_eq!(items, [Item::RecordingMinutes, Item::TranscriptionMinutes, Item::InboundMinutes]);
        sim.assert_clean();
    }
}

#[tokio::test]
async fn a_transcription_can_fail() {
    let (product, sim) = line(Variants::default()).await;
    sim.transcriptions_fail(true);
    let mut call = sim.dial(CALLER, LINE).await;
    call.waits(1).await.says("Nobody will be able to read this").await.ends().await;
    sim.wait(60).await;
    let text = &product.seen("/text")[0];
    assert_eq!(text.get("TranscriptionStatus"), "failed");
    assert_eq!(text.form["TranscriptionText"], "");
}

#[tokio::test]
async fn silence_is_kept_or_dropped() {
    for (silent_recording, recorded) in [(SilentRecording::Saved, 1), (SilentRecording::NoRequest, 0)] {
        let (product, sim) = line(Variants { silent_recording, ..Variants::default() }).await;
        let mut call = sim.dial(CALLER, LINE).await;
        call.ends().await;
        assert_eq!(product.seen("/recorded").len(), recorded);
        assert_eq!(call.heard().len(), 1 - recorded);
        sim.assert_clean();
    }
}

#[tokio::test]
async fn what_ended_it_is_told() {
    for (keys, hangs_up, digits) in [("5", false, "5"), ("", true, "hangup"), ("", false, "")] {
        let (product, sim) = line(Variants::default()).await;
        let mut call = sim.dial(CALLER, LINE).await;
        call.waits(1).await.says("Hello").await.waits(1).await.presses(keys).await;
        if hangs_up {
            call.hangs_up().await;
        }
        call.ends().await;
        assert_eq!(product.seen("/recorded")[0].form["Digits"], digits);
    }
}

#[tokio::test]
async fn without_an_action_it_loops_on_its_own_document() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Record/><Say>Unreachable</Say>").twiml("/in", "<Say>Thanks</Say>");
    let mut call = sim.dial(CALLER, LINE).await;
    call.waits(1).await.says("Hello").await.hears("Thanks").await.ends().await;
    assert_eq!(call.heard(), ["Thanks"]);
    assert!(product.seen("/in")[1].form.contains_key("RecordingUrl"));
}

/// Status, type and range of the answer, and its bytes.
async fn sound(sim: &Sim, secret: &str, sid: &str, range: Option<&str>) -> (u16, String, String, Vec<u8>) {
    let account = sim.account_sid();
    let url = format!("{}/2010-04-01/Accounts/{account}/Recordings/{sid}.mp3", sim.base_url());
    let request = reqwest::Client::new().get(url).basic_auth(account, Some(secret));
    let request = range.into_iter().fold(request, |request, range| request.header("range", range));
    let answer = request.send().await.unwrap();
    let header = |name: &str| answer.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
    let (status, kind, range) = (answer.status().as_u16(), header("content-type"), header("content-range"));
    (status, kind, range, answer.bytes().await.unwrap().to_vec())
}

#[tokio::test]
async fn a_recording_can_be_heard_once_it_is_stored() {
    let variants = Variants { recording_callback: RecordingCallback::AfterAction, ..Variants::default() };
    let (product, sim) = line(variants).await;
    let mut call = sim.dial(CALLER, LINE).await;
    call.waits(1).await.says("The database is on fire, please come").await.ends().await;
    let (sid, token) = (product.seen("/recorded")[0].get("RecordingSid").to_owned(), sim.auth_token());
    assert_eq!(sound(&sim, &token, &sid, None).await.0, 404, "it is not stored yet");
    sim.wait(10).await;
    assert_eq!(sound(&sim, "wrong", &sid, None).await.0, 401);
    let (status, kind, range, whole) = sound(&sim, &token, &sid, None).await;
    assert_eq!((status, kind.as_str(), range.as_str()), (200, "audio/mpeg", ""));
    // four seconds of 24 ms a frame, each of 96 bytes with MPEG's sync word
    assert_eq!(whole.len(), 167 * 96);
    assert!(whole.chunks(96).all(|frame| frame[..2] == [0xff, 0xf3]));
    let part = sound(&sim, &token, &sid, Some("bytes=90-99")).await;
    assert_eq!(part, (206, "audio/mpeg".to_owned(), "bytes 90-99/16032".to_owned(), whole[90..100].to_vec()));
    let beyond = sound(&sim, &token, &sid, Some("bytes=16032-")).await;
    assert_eq!((beyond.0, beyond.2.as_str()), (416, "bytes */16032"));
    assert_eq!(ask(&sim, Method::DELETE, &format!("/Recordings/{sid}.json"), &[]).await.0, 204);
    assert_eq!(sound(&sim, &token, &sid, None).await.0, 404);
    sim.assert_clean();
}
