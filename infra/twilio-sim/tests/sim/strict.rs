//! What Twilio only warns of fails a scenario.
use twilio_sim::Options;

use crate::product::{CALLER, LINE, set_up};

async fn check(inside: &str, code: u32, heard: &[&str]) {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", inside);
    let mut call = sim.dial(CALLER, LINE).await;
    call.ends().await;
    let codes: Vec<_> = sim.alerts().iter().map(|alert| alert.code).collect();
    assert_eq!(codes, [code], "{inside}");
    assert_eq!(call.heard(), heard, "{inside}");
    assert_eq!(sim.leftovers().len(), 1);
}

#[tokio::test]
async fn mistakes_are_ignored_by_twilio_and_reported_here() {
    check("<Shout>Hey</Shout><Say>On it goes</Say>", 12200, &["On it goes"]).await;
    check("<say>lower</say>", 12200, &[]).await;
    check("<Say volume=\"11\">Loud</Say>", 12200, &["Loud"]).await;
    check("<Gather timeout=\"soon\"><Say>Press</Say></Gather>", 13313, &["Press"]).await;
    check("<Gather timeout=\"1\"><Hangup/></Gather>", 13320, &[]).await;
    check("<Enqueue>support</Enqueue>", 0, &[]).await;
}

#[tokio::test]
#[should_panic(expected = "violation: 12200")]
async fn assert_clean_fails_on_a_violation() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Shout/>");
    sim.dial(CALLER, LINE).await.ends().await;
    sim.assert_clean();
}

#[tokio::test]
#[should_panic(expected = "live call")]
async fn assert_clean_fails_on_a_live_call() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Say>a</Say><Pause length=\"60\"/>");
    sim.dial(CALLER, LINE).await.hears("a").await;
    sim.assert_clean();
}

#[tokio::test]
#[should_panic(expected = "expected alert 11200 never came")]
async fn assert_clean_fails_on_an_alert_that_never_came() {
    let (_product, sim) = set_up(Options::default()).await;
    sim.expect_alert(11200);
    sim.assert_clean();
}

#[tokio::test]
#[should_panic(expected = "the call ended before \"goodbye\" was heard")]
async fn hearing_fails_when_the_call_ends() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Say>Hello</Say>");
    sim.dial(CALLER, LINE).await.hears("goodbye").await;
}

#[tokio::test]
#[should_panic(expected = "never rang")]
async fn ringing_fails_when_nobody_rings() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Say>Hello</Say>");
    sim.dial(CALLER, LINE).await.rings("+4791000001").await;
}

#[tokio::test]
async fn a_tolerant_simulator_lets_it_pass() {
    let (product, sim) = set_up(Options { strict: false, ..Options::default() }).await;
    product.twiml("/in", "<Shout/>");
    sim.dial(CALLER, LINE).await.ends().await;
    assert_eq!(sim.alerts().len(), 1);
    sim.assert_clean();
}

#[tokio::test]
async fn documents_without_end_are_stopped() {
    let (product, sim) = set_up(Options::default()).await;
    product.twiml("/in", "<Redirect>/in</Redirect>");
    sim.expect_alert(0);
    sim.dial(CALLER, LINE).await.ends().await;
    assert!(product.seen("/in").len() < 200);
    sim.assert_clean();
}
