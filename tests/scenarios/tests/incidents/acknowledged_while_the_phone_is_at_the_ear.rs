//! It was acknowledged before the one who picks up has heard of it: the call ends with a word.

use oncall::incident::Wish;
use scenarios::{ADA, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim.phone(ADA).answers_after(15).hangs_up_after(120);
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(125).await;
    duty.acts(Wish::Acknowledge).await;
    duty.passes(60).await;
    assert_eq!(duty.got(ADA), (1, 1));
    duty.passes(3600).await;
    assert_eq!(duty.got(ADA), (1, 1));
}
