//! One call from end to end.

use crate::product::{ANNA, CALLER, LINE, set_up};
use twilio_sim::{CallStatus, Item, Options};

const MENU: &str = r#"<Gather numDigits="1" action="/menu"><Say>Press 1 for payments, 2 for anything else</Say></Gather><Redirect>/in</Redirect>"#;
const RING: &str = r#"<Say>Calling Anna</Say><Dial action="/dialled" timeout="20" callerId="+4721000000"><Number url="/whisper" statusCallback="/child" statusCallbackEvent="initiated ringing answered completed">+4791000001</Number></Dial>"#;
const WHISPER: &str =
    r#"<Gather numDigits="1" action="/accept"><Say>A call about payments. Press 1 to accept.</Say></Gather><Hangup/>"#;

#[tokio::test]
async fn a_caller_presses_1_and_talks_with_anna() {
    let (product, sim) = set_up(Options::at("2026-11-20T03:00:00Z")).await;
    product.twiml("/in", MENU).twiml("/menu", RING).twiml("/whisper", WHISPER);
    product.twiml("/accept", "").twiml("/dialled", "<Hangup/>").page("/child", 204, "", "");
    sim.phone(ANNA).answers_after(4).presses("1").talks_for(60);

    let mut call = sim.dial(CALLER, LINE).await;
    call.hears("press 1 for payments").await.hears("2 for anything").await;
    call.presses("1").await.hears("Calling Anna").await.rings(ANNA).await;
    sim.phone(ANNA).hears("press 1 to accept").await;
    call.is_connected_to(ANNA).await;
    assert_eq!(call.connected_to().as_deref(), Some(ANNA));
    assert_eq!(call.ends().await, CallStatus::Completed);
    sim.assert_clean();

    let menu = &product.seen("/menu")[0];
    assert_eq!((menu.get("Digits"), menu.get("CallStatus")), ("1", "in-progress"));
    assert_eq!(product.seen("/in")[0].get("CallStatus"), "ringing");
    let dialled = &product.seen("/dialled")[0];
    assert_eq!(dialled.get("DialCallStatus"), "completed");
    assert_eq!(dialled.get("DialBridged"), "true");
    assert_eq!(dialled.get("DialCallDuration"), "63");
    let status = product.seen("/status");
    assert_eq!(status.len(), 1);
    assert_eq!(status[0].get("CallStatus"), "completed");
    let child: Vec<_> = product
        .seen("/child")
        .iter()
        .map(|seen| format!("{} {}", seen.get("SequenceNumber"), seen.get("CallStatus")))
        .collect();
    assert_eq!(child, ["0 initiated", "1 ringing", "2 in-progress", "3 completed"]);
    let bill: Vec<_> = sim.ledger().iter().map(|charge| (charge.item, charge.minutes)).collect();
    assert_eq!(bill, [(Item::OutboundMinutes, 2), (Item::InboundMinutes, 2)]);
}
