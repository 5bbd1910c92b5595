//! Twilio answers 500 and has sent nothing: it is asked, and then the text leaves.

use scenarios::{ADA, Duty};
use twilio_sim::Fault;

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim.fault(Fault::rest_answers("POST /Messages.json", 500));
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(110).await;
    assert_eq!(duty.got(ADA), (1, 0));
}
