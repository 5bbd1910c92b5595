//! Twilio says 429: the text leaves later, once.

use scenarios::{ADA, Duty};
use twilio_sim::Fault;

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim.fault(Fault::rest_answers("POST /Messages.json", 429).times(3));
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(100).await;
    assert_eq!(duty.got(ADA), (1, 0));
}
