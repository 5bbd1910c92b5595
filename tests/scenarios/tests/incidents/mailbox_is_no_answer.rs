//! A mailbox that picks up presses nothing: the next one is paged.

use scenarios::{ADA, BO, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim.phone(ADA).voicemail_after(10);
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(400).await;
    assert!(duty.incident().await.is_triggered());
    assert_eq!((duty.got(ADA), duty.got(BO).0), ((1, 1), 1));
    duty.closes();
}
