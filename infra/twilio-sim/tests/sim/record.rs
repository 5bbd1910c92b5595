//! Record, its callbacks, and transcriptions.
use twilio_sim::{Item, Options, RecordingCallback, SilentRecording, Variants};

use crate::product::{CALLER, LINE, Product, set_up};

const RECORD: &str = r#"<Record action="/recorded" recordingStatusCallback="/ready" transcribe="true" transcribeCallback="/text" maxLength="60"/><Say>No recording</Say>"#;

async fn line(variants: Variants) -> (Product, twilio_sim::Sim) {
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
