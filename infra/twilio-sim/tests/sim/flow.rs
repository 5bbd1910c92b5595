//! Gather, Redirect, Reject, and where URLs lead.
use twilio_sim::Options;

use crate::product::{CALLER, LINE, set_up};

#[tokio::test]
async fn silence_falls_through_a_gather() {
    let (product, sim) = set_up(Options::default()).await;
    product
        .twiml("/in", "<Gather action=\"/menu\" timeout=\"5\"><Say>Press 1</Say></Gather><Say>Nothing pressed</Say>");
    let mut call = sim.dial(CALLER, LINE).await;
    call.hears("Nothing pressed").await.ends().await;
    assert!(product.seen("/menu").is_empty());
    sim.assert_clean();
}

#[tokio::test]
async fn silence_is_reported_on_request() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Gather action=\"/menu\" actionOnEmptyResult=\"true\"/>");
    product.twiml("/menu", "<Hangup/>");
    sim.dial(CALLER, LINE).await.ends().await;
    assert_eq!(product.seen("/menu")[0].form["Digits"], "");
    sim.assert_clean();
}

#[tokio::test]
async fn the_first_key_cuts_the_whole_prompt() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml(
        "/in",
        "<Gather numDigits=\"1\" action=\"/menu\"><Say>One two three four five six seven eight</Say><Say>Nine</Say></Gather>",
    );
    product.twiml("/menu", "<Say>Thanks</Say>");
    let mut call = sim.dial(CALLER, LINE).await;
    call.waits(1).await.presses("3").await.hears("Thanks").await.ends().await;
    assert_eq!(call.heard(), ["One two three f", "Thanks"]);
    assert_eq!(product.seen("/menu")[0].get("Digits"), "3");
    sim.assert_clean();
}

#[tokio::test]
async fn keys_end_by_number_by_finish_key_or_by_silence() {
    for (attributes, keys, digits, finished_on) in [
        ("numDigits=\"2\"", "123", "12", ""),
        ("", "45#", "45", "#"),
        ("finishOnKey=\"*\"", "4#5*", "4#5", "*"),
        ("", "67", "67", ""),
        ("finishOnKey=\"\"", "8#", "8#", ""),
    ] {
        let (product, sim) = set_up(Options::default()).await;
        product.twiml("/in", &format!("<Gather {attributes} action=\"/menu\"/>"));
        product.twiml("/menu", "<Hangup/>");
        let mut call = sim.dial(CALLER, LINE).await;
        call.waits(1).await.presses(keys).await.ends().await;
        let menu = &product.seen("/menu")[0];
        assert_eq!((menu.get("Digits"), menu.get("FinishedOnKey")), (digits, finished_on));
        sim.assert_clean();
    }
}

#[tokio::test]
async fn the_finish_key_alone_is_no_input() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Gather action=\"/menu\"/><Say>Nothing</Say>");
    let mut call = sim.dial(CALLER, LINE).await;
    call.waits(1).await.presses("#").await.hears("Nothing").await.ends().await;
    assert!(product.seen("/menu").is_empty());
}

#[tokio::test]
async fn without_an_action_a_gather_asks_its_own_document() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Gather numDigits=\"1\"/>").twiml("/in", "<Say>Again</Say>");
    let mut call = sim.dial(CALLER, LINE).await;
    call.waits(1).await.presses("9").await.hears("Again").await.ends().await;
    assert_eq!(product.seen("/in")[1].get("Digits"), "9");
    sim.assert_clean();
}

#[tokio::test]
async fn a_relative_action_is_resolved_after_redirects() {
    let (product, sim) = set_up(Options::default()).await;
    product.redirect("/in", 307, "/deep/document");
    product.twiml("/deep/document", "<Redirect>next</Redirect>").twiml("/deep/next", "<Hangup/>");
    sim.dial(CALLER, LINE).await.ends().await;
    assert_eq!(product.paths(), ["/in", "/deep/document", "/deep/next", "/status"]);
    assert_eq!(product.seen("/deep/document")[0].get("From"), CALLER);
    sim.assert_clean();
}

#[tokio::test]
async fn a_302_loses_the_parameters() {
    let (product, sim) = set_up(Options::default()).await;
    product.redirect("/in", 302, "/moved").twiml("/moved", "<Hangup/>");
    sim.dial(CALLER, LINE).await.ends().await;
    let moved = &product.seen("/moved")[0];
    assert_eq!((moved.method.as_str(), moved.raw.as_str()), ("GET", ""));
    sim.assert_clean();
}

#[tokio::test]
async fn the_first_webhook_rings_and_carries_the_usual_parameters() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Hangup/>");
    let call = sim.dial(CALLER, LINE).await;
    let sid = call.sid().to_owned();
    { call }.ends().await;
    let first = &product.seen("/in")[0];
    for (name, value) in [
        ("CallSid", sid.as_str()),
        ("AccountSid", &sim.account_sid()),
        ("From", CALLER),
        ("Caller", CALLER),
        ("To", LINE),
        ("Called", LINE),
        ("CallStatus", "ringing"),
        ("Direction", "inbound"),
        ("ApiVersion", "2010-04-01"),
        ("FromCountry", "NO"),
        ("FromCity", ""),
        ("UnheardOfParameter", ""),
    ] {
        assert_eq!(first.form.get(name).map(String::as_str), Some(value), "{name}");
    }
    assert_eq!(first.headers["user-agent"], "TwilioProxy/1.1");
    assert!(first.headers.contains_key("x-twilio-signature"));
}

#[tokio::test]
async fn the_numbers_status_callback_comes_once_at_the_end() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Pause length=\"61\"/><Say>a</Say><Pause length=\"61\"/>");
    sim.dial(CALLER, LINE).await.ends().await;
    assert_eq!(product.paths(), ["/in", "/status"]);
    let status = &product.seen("/status")[0];
    assert_eq!(status.get("CallStatus"), "completed");
    assert_eq!((status.get("CallDuration"), status.get("Duration")), ("62", "2"));
}

#[tokio::test]
async fn reject_refuses_unbilled() {
    for (inside, status) in [("<Reject/>", "no-answer"), ("<Reject reason=\"busy\"/>", "busy")] {
        let (product, sim) = set_up(Options::default()).await;
        product.twiml("/in", inside);
        let ended = sim.dial(CALLER, LINE).await.ends().await;
        assert_eq!(ended.as_str(), status);
        assert!(sim.ledger().is_empty());
        sim.assert_clean();
    }
}

#[tokio::test]
async fn reject_behind_another_verb_only_hangs_up() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Say>Hello</Say><Reject/>");
    sim.expect_alert(12200);
    assert_eq!(sim.dial(CALLER, LINE).await.ends().await.as_str(), "completed");
    assert_eq!(sim.ledger().len(), 1);
    sim.assert_clean();
}

#[tokio::test]
async fn text_that_is_no_twiml_is_read_aloud() {
    let (product, sim) = set_up(Options::default()).await;
    product.page("/in", 200, "text/plain", "Fish & chips < 3");
    let mut call = sim.dial(CALLER, LINE).await;
    call.hears("fish & chips < 3").await.ends().await;
    sim.assert_clean();
}
