//! A text that does not arrive is followed by the call at once.

use scenarios::{ADA, Duty};
use twilio_sim::Texting;

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim.phone(ADA).does_not_answer().texting(Texting::Undelivered(30003));
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(45).await;
    assert_eq!(duty.got(ADA), (0, 1));
    let log = duty.log().await;
    assert!(log.contains(&"Failed".to_owned()), "{log:?}");
    duty.closes();
}
