//! No delayed message ever comes: the sweep alone carries everything, at most a minute late.

use scenarios::{ADA, BO, Duty};

#[tokio::test]
async fn story() {
    let mut duty = Duty::open().await;
    duty.wakes = false;
    duty.sim.phone(ADA).does_not_answer();
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(10).await;
    assert_eq!(duty.got(ADA), (1, 0));
    duty.passes(180).await;
    assert_eq!(duty.got(ADA), (1, 1));
    duty.passes(190).await;
    assert_eq!(duty.got(BO).0, 1);
    duty.closes();
}
