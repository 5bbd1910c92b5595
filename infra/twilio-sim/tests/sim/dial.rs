//! Dial: timeouts, statuses, screening, and who is let go when.
use twilio_sim::{Number, Options, OthersCancelled, ScreenedOut, Variants};

use crate::product::{ANNA, BERIT, CALLER, LINE, Product, set_up};

/// The instant, in seconds since the call began, of the first request to a path.
fn second_of(sim: &twilio_sim::Sim, path: &str) -> u64 {
    let journal = sim.journal();
    let start = journal[0].at;
    journal.iter().find(|entry| entry.url.ends_with(path)).map(|e| (e.at - start).as_secs()).unwrap()
}

async fn dial(inside: &str) -> (Product, twilio_sim::Sim) {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", inside).twiml("/dialled", "<Hangup/>").page("/child", 204, "", "");
    product.twiml("/no", "<Say>Taken already</Say><Hangup/>");
    product.twiml("/yes", "<Say>Go ahead</Say>");
    (product, sim)
}

async fn check_rings_for(timeout: &str, seconds: u64) {
    let dialled = format!("<Dial {timeout} action=\"/dialled\">{ANNA}</Dial>");
    let (product, sim) = dial(&dialled).await;
    sim.dial(CALLER, LINE).await.ends().await;
    assert_eq!(second_of(&sim, "/dialled"), seconds, "{timeout}");
    assert_eq!(product.seen("/dialled")[0].get("DialCallStatus"), "no-answer");
    assert_eq!(product.seen("/dialled")[0].get("DialBridged"), "false");
    sim.assert_clean();
}

#[tokio::test]
async fn it_rings_five_seconds_longer_than_told() {
    check_rings_for("timeout=\"20\"", 25).await;
    check_rings_for("", 35).await;
}

#[tokio::test]
async fn it_rings_ten_seconds_at_least() {
    check_rings_for("timeout=\"1\"", 10).await;
}

#[tokio::test]
async fn without_an_action_the_next_verb_follows() {
    let (product, sim) = dial(&format!("<Dial>{ANNA}</Dial><Say>Nobody is there</Say>")).await;
    let mut call = sim.dial(CALLER, LINE).await;
    call.hears("Nobody is there").await.ends().await;
    assert_eq!(product.paths(), ["/in", "/status"]);
    sim.assert_clean();
}

#[tokio::test]
async fn behind_an_action_nothing_is_reached() {
    let inside = format!("<Dial action=\"/dialled\">{ANNA}</Dial><Say>Unreachable</Say>");
    let (_product, sim) = dial(&inside).await;
    let mut call = sim.dial(CALLER, LINE).await;
    call.ends().await;
    assert!(call.heard().is_empty());
    sim.assert_clean();
}

#[tokio::test]
async fn the_caller_is_in_progress_while_it_rings() {
    let (_product, sim) = dial(&format!("<Dial>{ANNA}</Dial>")).await;
    let mut call = sim.dial(CALLER, LINE).await;
    call.rings(ANNA).await;
    assert_eq!(call.status().as_str(), "in-progress");
    call.ends().await;
}

#[tokio::test]
async fn answer_on_bridge_keeps_the_caller_ringing_and_unbilled() {
    let (product, sim) = dial(&format!("<Dial answerOnBridge=\"true\">{ANNA}</Dial>")).await;
    let mut call = sim.dial(CALLER, LINE).await;
    call.rings(ANNA).await;
    assert_eq!(call.status().as_str(), "ringing");
    call.hangs_up().await;
    assert_eq!(call.ends().await.as_str(), "canceled");
    assert_eq!(product.seen("/status")[0].get("CallDuration"), "0");
    assert!(sim.ledger().is_empty());
    sim.assert_clean();
}

#[tokio::test]
async fn statuses_of_the_dialled_leg_carry_its_own_sid() {
    let inside = format!(
        "<Dial><Number statusCallback=\"/child\" statusCallbackEvent=\"answered completed\">{ANNA}</Number></Dial>"
    );
    let (product, sim) = dial(&inside).await;
    sim.phone(ANNA).answers_after(3).talks_for(30);
    let mut call = sim.dial(CALLER, LINE).await;
    call.ends().await;
    let child = product.seen("/child");
    assert_eq!(child.len(), 2);
    assert_ne!(child[0].get("CallSid"), call.sid());
    assert_eq!(child[0].get("ParentCallSid"), call.sid());
    assert_eq!(child[0].get("Direction"), "outbound-dial");
    assert_eq!((child[0].get("From"), child[0].get("To")), (CALLER, ANNA));
    sim.assert_clean();
}

#[tokio::test]
async fn answered_is_in_progress() {
    let inside =
        format!("<Dial><Number statusCallback=\"/child\" statusCallbackEvent=\"answered\">{ANNA}</Number></Dial>");
    let (product, sim) = dial(&inside).await;
    sim.phone(ANNA).answers_after(3).talks_for(30);
    sim.dial(CALLER, LINE).await.ends().await;
    assert_eq!(product.seen("/child")[0].get("CallStatus"), "in-progress");
    assert_eq!(product.seen("/child")[0].get("SequenceNumber"), "0");
    assert_eq!(product.seen("/child")[0].get("Timestamp"), "Fri, 20 Nov 2026 03:00:03 +0000");
}

#[tokio::test]
async fn a_mailbox_that_answers_is_completed() {
    let (product, sim) = dial(&format!("<Dial action=\"/dialled\">{ANNA}</Dial>")).await;
    sim.phone(ANNA).voicemail_after(12);
    sim.dial(CALLER, LINE).await.ends().await;
    let dialled = &product.seen("/dialled")[0];
    assert_eq!(dialled.get("DialCallStatus"), "completed");
    assert_eq!(dialled.get("DialBridged"), "true");
    assert_eq!(dialled.get("DialCallDuration"), "30");
    sim.assert_clean();
}

async fn check_refusal(set: impl FnOnce(twilio_sim::Phone) -> twilio_sim::Phone, status: &str) {
    let (product, sim) = dial(&format!("<Dial action=\"/dialled\">{ANNA}</Dial>")).await;
    set(sim.phone(ANNA));
    sim.dial(CALLER, LINE).await.ends().await;
    let dialled = &product.seen("/dialled")[0];
    assert_eq!(dialled.get("DialCallStatus"), status);
    assert!(dialled.get("DialCallSid").starts_with("CA"));
    assert!(!dialled.form.contains_key("DialCallDuration"));
    sim.assert_clean();
}

#[tokio::test]
async fn phones_refuse_in_four_ways() {
    check_refusal(|phone| phone.is_busy(), "busy").await;
    check_refusal(|phone| phone.declines_after(3), "busy").await;
    check_refusal(|phone| phone.is_unreachable(), "failed").await;
    check_refusal(|phone| phone.does_not_answer(), "no-answer").await;
}

#[tokio::test]
async fn a_phone_follows_its_script_call_by_call() {
    let again = format!("<Dial action=\"/dialled\" timeout=\"5\">{ANNA}</Dial>");
    let (product, sim) = dial(&again).await;
    sim.phone(ANNA).does_not_answer().then().answers_after(2).talks_for(5);
    for status in ["no-answer", "completed"] {
        sim.dial(CALLER, LINE).await.ends().await;
        assert_eq!(product.seen("/dialled").last().unwrap().get("DialCallStatus"), status);
    }
    assert_eq!(sim.phone(ANNA).rang(), 2);
}

#[tokio::test]
async fn a_phone_in_a_call_is_busy() {
    let (product, sim) = dial(&format!("<Dial action=\"/dialled\">{ANNA}</Dial>")).await;
    sim.phone(ANNA).answers_after(2).talks_for(60);
    let mut first = sim.dial(CALLER, LINE).await;
    first.is_connected_to(ANNA).await;
    sim.dial("+4790000008", LINE).await.ends().await;
    assert_eq!(product.seen("/dialled")[0].get("DialCallStatus"), "busy");
    first.ends().await;
    sim.assert_clean();
}

#[tokio::test]
async fn screening_that_hangs_up_has_both_outcomes() {
    for (screened_out, status) in [(ScreenedOut::Completed, "completed"), (ScreenedOut::NoAnswer, "no-answer")] {
        let variants = Variants { screened_out, ..Variants::default() };
        let (product, sim) = set_up(Options { variants, ..Options::default() }).await;
        let inside = format!("<Dial action=\"/dialled\"><Number url=\"/no\">{ANNA}</Number></Dial>");
        product.twiml("/in", &inside).twiml("/dialled", "").twiml("/no", "<Say>No</Say><Hangup/>");
        sim.phone(ANNA).answers_after(3);
        sim.dial(CALLER, LINE).await.ends().await;
        let dialled = &product.seen("/dialled")[0];
        assert_eq!(dialled.get("DialCallStatus"), status);
        assert_eq!(dialled.get("DialBridged"), "false");
        let screening = &product.seen("/no")[0];
        assert_eq!(screening.get("CallStatus"), "in-progress");
        assert_eq!(screening.get("CallSid"), dialled.get("DialCallSid"));
        sim.assert_clean();
    }
}

#[tokio::test]
async fn others_stop_ringing_at_pickup_or_after_screening() {
    for (others_cancelled, berit_rings) in [(OthersCancelled::AtPickup, 3), (OthersCancelled::AfterScreening, 6)] {
        let variants = Variants { others_cancelled, ..Variants::default() };
        let (product, sim) = set_up(Options { variants, ..Options::default() }).await;
        let inside = format!(
            "<Dial><Number url=\"/yes\">{ANNA}</Number><Number statusCallback=\"/child\">{BERIT}</Number></Dial>"
        );
        product.twiml("/in", &inside).page("/child", 204, "", "");
        product.twiml("/yes", "<Pause length=\"3\"/>");
        sim.phone(ANNA).answers_after(3).talks_for(20);
        let mut call = sim.dial(CALLER, LINE).await;
        call.is_connected_to(ANNA).await.ends().await;
        assert_eq!(second_of(&sim, "/child"), berit_rings);
        assert_eq!(product.seen("/child")[0].get("CallStatus"), "canceled");
        sim.assert_clean();
    }
}

#[tokio::test]
async fn the_bridge_waits_for_the_screening_document() {
    let inside = format!("<Dial><Number url=\"/yes\">{ANNA}</Number></Dial>");
    let (_product, sim) = dial(&inside).await;
    sim.phone(ANNA).answers_after(3).talks_for(20);
    let mut call = sim.dial(CALLER, LINE).await;
    sim.phone(ANNA).hears("go ahead").await;
    assert_eq!(call.connected_to(), None);
    call.is_connected_to(ANNA).await.ends().await;
    assert_eq!(call.heard(), [""; 0]);
}

#[tokio::test]
async fn dialling_from_a_screening_document_is_13201() {
    let (product, sim) = dial(&format!("<Dial><Number url=\"/bad\">{ANNA}</Number></Dial>")).await;
    product.twiml("/bad", &format!("<Dial>{BERIT}</Dial>"));
    sim.phone(ANNA).answers_after(3);
    sim.expect_alert(13201);
    sim.dial(CALLER, LINE).await.ends().await;
    assert_eq!(sim.phone(BERIT).rang(), 0);
    sim.assert_clean();
}

#[tokio::test]
async fn caller_id_must_be_ours_or_the_callers() {
    for (caller_id, shown) in [(LINE, Some(LINE)), (CALLER, Some(CALLER)), (BERIT, None)] {
        let inside = format!("<Dial action=\"/dialled\" callerId=\"{caller_id}\">{ANNA}</Dial>");
        let (product, sim) = dial(&inside).await;
        sim.phone(ANNA).is_unreachable();
        if shown.is_none() {
            sim.expect_alert(13214);
        }
        sim.dial(CALLER, LINE).await.ends().await;
        let dialled = &product.seen("/dialled")[0];
        assert_eq!(dialled.get("DialCallStatus"), "failed");
        assert_eq!(dialled.form.contains_key("DialCallSid"), shown.is_some());
        sim.assert_clean();
    }
}

#[tokio::test]
async fn a_bad_number_fails_the_dial_and_the_call_goes_on() {
    let (product, sim) = dial("<Dial action=\"/dialled\">call 1234</Dial>").await;
    sim.expect_alert(13223);
    sim.dial(CALLER, LINE).await.ends().await;
    assert_eq!(product.seen("/dialled")[0].get("DialCallStatus"), "failed");
    sim.assert_clean();
}

#[tokio::test]
async fn sequential_nouns_ring_one_after_the_other() {
    let inside =
        format!("<Dial sequential=\"true\" timeout=\"5\"><Number>{ANNA}</Number><Number>{BERIT}</Number></Dial>");
    let (_product, sim) = dial(&inside).await;
    sim.phone(BERIT).answers_after(2).talks_for(9);
    let mut call = sim.dial(CALLER, LINE).await;
    call.rings(ANNA).await.rings(BERIT).await.is_connected_to(BERIT).await.ends().await;
    sim.assert_clean();
}

#[tokio::test]
async fn the_time_limit_ends_the_conversation() {
    let inside = format!("<Dial timeLimit=\"60\" action=\"/dialled\">{ANNA}</Dial>");
    let (product, sim) = dial(&inside).await;
    sim.phone(ANNA).answers_after(2);
    sim.dial(CALLER, LINE).await.ends().await;
    assert_eq!(product.seen("/dialled")[0].get("DialCallDuration"), "60");
    sim.assert_clean();
}

#[tokio::test]
async fn a_withheld_caller_is_passed_on_as_such() {
    let (product, sim) = dial(&format!("<Dial>{ANNA}</Dial>")).await;
    sim.own(Number::new("+4721000001").voice_url(format!("{}/in", product.base)));
    sim.phone(ANNA).is_busy();
    sim.dial("anonymous", LINE).await.ends().await;
    assert_eq!(product.seen("/in")[0].get("From"), "anonymous");
    assert_eq!(product.seen("/in")[0].get("Caller"), "anonymous");
    sim.assert_clean();
}
