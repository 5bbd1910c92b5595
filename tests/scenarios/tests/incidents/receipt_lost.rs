//! The receipt of the text never comes: the call comes at its time.

use scenarios::{ADA, Duty};
use twilio_sim::Fault;

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim.fault(Fault::lost("/sms/receipt").always());
    duty.sim.phone(ADA).does_not_answer();
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(110).await;
    assert_eq!(duty.got(ADA), (1, 0));
    duty.passes(20).await;
    assert_eq!(duty.got(ADA), (1, 1));
}
