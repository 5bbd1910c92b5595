//! The caller hangs up, at every verb.
use twilio_sim::{ActionAfterHangup, Options, Variants};

use crate::product::{ANNA, CALLER, LINE, set_up};

/// The caller hangs up after so many seconds; the paths that were requested.
async fn check(inside: &str, seconds: u64, paths: &[&str]) {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", inside).twiml("/dialled", "").twiml("/whisper", "<Pause length=\"9\"/>");
    product.twiml("/recorded", "").page("/child", 204, "", "");
    sim.phone(ANNA).answers_after(4);
    let mut call = sim.dial(CALLER, LINE).await;
    call.waits(seconds).await.hangs_up().await;
    assert_eq!(call.ends().await.as_str(), "completed", "{inside}");
    assert_eq!(product.paths(), paths, "{inside}");
    let status = &product.seen("/status")[0];
    assert_eq!(status.get("CallStatus"), "completed");
    sim.assert_clean();
}

#[tokio::test]
async fn during_each_verb() {
    check("<Say>A very long sentence that takes quite some time</Say>", 1, &["/in", "/status"]).await;
    check("<Say>a</Say><Play>/a.mp3</Play><Redirect>/x</Redirect>", 1, &["/in", "/status"]).await;
    check("<Say>a</Say><Pause length=\"9\"/>", 3, &["/in", "/status"]).await;
    check("<Gather action=\"/g\"><Say>a</Say></Gather>", 2, &["/in", "/status"]).await;
    let dial = "<Dial action=\"/dialled\"><Number url=\"/whisper\">+4791000001</Number></Dial>";
    check(dial, 2, &["/in", "/dialled", "/status"]).await;
    check(dial, 6, &["/in", "/whisper", "/dialled", "/status"]).await;
    check(dial, 30, &["/in", "/whisper", "/dialled", "/status"]).await;
    check("<Record action=\"/recorded\"/>", 2, &["/in", "/recorded", "/status"]).await;
}

#[tokio::test]
async fn the_dials_action_comes_or_does_not() {
    for (action_after_hangup, requests) in [(ActionAfterHangup::Requested, 1), (ActionAfterHangup::Omitted, 0)] {
        let variants = Variants { action_after_hangup, ..Variants::default() };
        let (product, sim) = set_up(Options { variants, ..Options::default() }).await;
        let inside = format!("<Dial action=\"/dialled\"><Number statusCallback=\"/child\">{ANNA}</Number></Dial>");
        product.twiml("/in", &inside).page("/child", 204, "", "");
        product.twiml("/dialled", "<Say>Nobody hears this</Say>");
        let mut call = sim.dial(CALLER, LINE).await;
        call.rings(ANNA).await.hangs_up().await.ends().await;
        let dialled = product.seen("/dialled");
        assert_eq!(dialled.len(), requests);
        for request in &dialled {
            assert_eq!(request.get("CallStatus"), "completed");
            assert_eq!(request.get("DialCallStatus"), "canceled");
        }
        assert_eq!(product.seen("/child")[0].get("CallStatus"), "canceled");
        assert_eq!(product.seen("/status").len(), 1);
        assert!(call.heard().is_empty());
        sim.assert_clean();
    }
}

#[tokio::test]
async fn before_anything_answered_the_call_is_canceled() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Pause length=\"5\"/><Say>Hello</Say>");
    let mut call = sim.dial(CALLER, LINE).await;
    call.waits(2).await.hangs_up().await;
    assert_eq!(call.ends().await.as_str(), "canceled");
    assert!(sim.ledger().is_empty());
    sim.assert_clean();
}

#[tokio::test]
async fn a_fetch_on_its_way_is_abandoned() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Say>Hello</Say><Redirect>/slow</Redirect>");
    product.twiml("/slow", "<Say>Too late</Say>");
    sim.fault(twilio_sim::Fault::slow("/slow", 10));
    let mut call = sim.dial(CALLER, LINE).await;
    call.hears("Hello").await.waits(3).await.hangs_up().await.ends().await;
    assert_eq!(product.seen("/slow").len(), 1);
    assert_eq!(call.heard(), ["Hello"]);
    sim.assert_clean();
}

#[tokio::test]
async fn the_responder_hangs_up_first_and_the_caller_goes_on() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", &format!("<Dial>{ANNA}</Dial><Say>Goodbye then</Say>"));
    sim.phone(ANNA).answers_after(1).talks_for(10);
    let mut call = sim.dial(CALLER, LINE).await;
    call.is_connected_to(ANNA).await.hears("Goodbye then").await.ends().await;
    sim.assert_clean();
}
