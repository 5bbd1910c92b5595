//! A responder asks by text to speak with whoever reported it: they are rung, press 1, and are connected as the line.

use scenarios::{ADA, CALLER, Duty, LINE, one_destination};

#[tokio::test]
async fn story() {
    let duty = Duty::with(one_destination).await;
    duty.sim.phone(CALLER).texts_to(LINE, "The card terminal is dead").await;
    duty.reads(ADA, "Alert 10").await;
    duty.sim.phone(ADA).answers_after(4).presses_after(3, "1").hangs_up_after(60);
    duty.sim.phone(CALLER).answers_after(3).talks_for(15);
    duty.texts(ADA, "10cb", "You will be called and connected").await;
    duty.passes(60).await;
    let heard = duty.sim.phone(CALLER).transcript();
    assert!(heard.contains(&format!("rings (from {LINE})")), "{heard}");
    assert_eq!((duty.got(ADA).1, duty.got(CALLER).1), (1, 1));
}

#[tokio::test]
async fn a_mailbox_is_connected_with_nobody() {
    let duty = Duty::with(one_destination).await;
    duty.sim.phone(CALLER).texts_to(LINE, "The card terminal is dead").await;
    duty.reads(ADA, "Alert 10").await;
    duty.sim.phone(ADA).voicemail_after(4);
    duty.texts(ADA, "10cb", "You will be called and connected").await;
    duty.passes(110).await;
    assert_eq!(duty.got(CALLER).1, 0);
}
