//! Somebody texts the line: it is an incident, the responder's answer comes from the line, and both numbers stay hidden.

use scenarios::{ADA, CALLER, Duty, one_destination};

#[tokio::test]
async fn story() {
    let duty = Duty::with(one_destination).await;
    duty.sim.phone(CALLER).texts_to(scenarios::LINE, "The card terminal is dead").await;
    duty.passes(20).await;
    assert_eq!(duty.texts_of(CALLER).len(), 1, "{:?}", duty.texts_of(CALLER));
    duty.reads(ADA, "The card terminal is dead").await;
    duty.texts(ADA, "10 we are on it", "Sent to the reporter").await;
    duty.reads(CALLER, "we are on it").await;
    for text in duty.texts_of(CALLER).iter().chain(&duty.texts_of(ADA)) {
        assert!(!text.contains("+47"), "{text}");
    }
    duty.texts(ADA, "10c", "Alert 10 is closed").await;
    assert!(duty.incident().await.is_resolved());
}
