//! Twilio has sent the text, and its answer is lost: it is asked, and nothing is sent twice.

use scenarios::{ADA, Duty};
use twilio_sim::{Fault, Mishap};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim.fault(Fault::rest("POST /Messages.json", Mishap::ResetAfter));
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(110).await;
    assert_eq!(duty.got(ADA), (1, 0));
    let log = duty.log().await;
    assert!(log.contains(&"Sent".to_owned()) || log.contains(&"Delivered".to_owned()), "{log:?}");
}
