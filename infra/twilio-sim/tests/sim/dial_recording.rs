//! What a Dial records, and who is told.
use twilio_sim::{DialRecording, Item, Options, ScreenedOut, Sim, Variants};

use crate::product::{ANNA, CALLER, LINE, Product, set_up};

const DUAL: &str = r#"record="record-from-answer-dual" recordingStatusCallback="/ready" recordingStatusCallbackEvent="in-progress completed absent""#;

async fn dial(record: &str, dial_recording: DialRecording) -> (Product, Sim) {
    let variants = Variants { dial_recording, screened_out: ScreenedOut::Completed, ..Variants::default() };
    let (product, sim) = set_up(Options { variants, ..Options::default() }).await;
    let number = format!("<Number url=\"/screen\">{ANNA}</Number>");
    product.twiml("/in", &format!("<Dial {record} action=\"/dialled\">{number}</Dial>"));
    product.twiml("/dialled", "<Hangup/>").page("/ready", 204, "", "");
    (product, sim)
}

/// The steps that were told, and the seconds of the last one.
fn told(product: &Product) -> (Vec<String>, String) {
    let seen = product.seen("/ready");
    let seconds = seen.last().map_or("", |seen| seen.get("RecordingDuration")).to_owned();
    (seen.iter().map(|seen| seen.get("RecordingStatus").to_owned()).collect(), seconds)
}

#[tokio::test]
async fn it_names_the_leg_that_dialled_and_both_channels() {
    for (dial_recording, seconds) in [(DialRecording::FromBridge, "30"), (DialRecording::FromPickup, "35")] {
        let (product, sim) = dial(DUAL, dial_recording).await;
        product.twiml("/screen", "<Pause length=\"5\"/>");
        sim.phone(ANNA).answers_after(3).talks_for(30);
        let mut call = sim.dial(CALLER, LINE).await;
        call.ends().await;
        sim.wait(10).await;
        assert_eq!(told(&product), (vec!["in-progress".to_owned(), "completed".to_owned()], seconds.to_owned()));
        let ready = &product.seen("/ready")[1];
        assert_eq!((ready.get("CallSid"), ready.get("ParentCallSid")), (call.sid(), ""));
        let fields = ["RecordingSource", "RecordingChannels", "RecordingTrack"].map(|name| ready.get(name));
        assert_eq!(fields, ["DialVerb", "2", "both"]);
        assert_eq!(product.seen("/dialled")[0].get("RecordingUrl"), ready.get("RecordingUrl"));
        let ledger = sim.ledger();
        let billed = ledger.iter().filter(|charge| charge.item == Item::RecordingMinutes);
        assert_eq!(billed.map(|charge| (charge.sid.as_str(), charge.minutes)).collect::<Vec<_>>(), [(call.sid(), 1)]);
        sim.assert_clean();
    }
}

#[tokio::test]
async fn whether_the_screening_is_recorded_is_a_variant() {
    for (dial_recording, steps) in
        [(DialRecording::FromPickup, vec!["in-progress", "completed"]), (DialRecording::FromBridge, vec![])]
    {
        let (product, sim) = dial(DUAL, dial_recording).await;
        product.twiml("/screen", "<Pause length=\"5\"/><Hangup/>");
        sim.phone(ANNA).answers_after(3).talks_for(30);
        sim.dial(CALLER, LINE).await.ends().await;
        sim.wait(10).await;
        assert_eq!(told(&product).0, steps);
        assert_eq!(product.seen("/dialled")[0].form.contains_key("RecordingUrl"), !steps.is_empty());
        sim.assert_clean();
    }
}

#[tokio::test]
async fn ringing_is_recorded_only_if_asked_for() {
    for (record, steps) in
        [(DUAL.to_owned(), vec![]), (DUAL.replace("answer", "ringing"), vec!["in-progress", "completed"])]
    {
        let (product, sim) = dial(&record, DialRecording::FromPickup).await;
        sim.phone(ANNA).does_not_answer();
        sim.dial(CALLER, LINE).await.ends().await;
        sim.wait(10).await;
        assert_eq!(told(&product).0, steps, "{record}");
        sim.assert_clean();
    }
}

#[tokio::test]
async fn without_the_attribute_nothing_is_recorded() {
    let (product, sim) = dial("", DialRecording::FromPickup).await;
    product.twiml("/screen", "");
    sim.phone(ANNA).answers_after(3).talks_for(30);
    sim.dial(CALLER, LINE).await.ends().await;
    assert!(!product.seen("/dialled")[0].form.contains_key("RecordingUrl"));
    assert!(sim.ledger().iter().all(|charge| charge.item != Item::RecordingMinutes));
    sim.assert_clean();
}
