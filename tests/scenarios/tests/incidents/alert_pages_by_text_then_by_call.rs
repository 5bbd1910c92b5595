//! An alert pages whoever is first on the policy: by text, and by call if they say nothing.

use scenarios::{ADA, BO, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim.phone(ADA).answers_after(5).presses_after_hearing("to acknowledge", "4").hangs_up_after(60);
    duty.alert("disk", "Disk full on db1").await;
    duty.reads(ADA, "Alert 10: Disk full on db1. Reply 10a to ack, 10e to escalate, 10c to close.").await;
    assert_eq!(duty.got(ADA), (1, 0));
    duty.passes(180).await;
    assert_eq!(duty.got(ADA), (1, 1));
    assert!(duty.sim.phone(ADA).transcript().contains("Disk full on db1"));
    assert!(duty.incident().await.acknowledged_by().is_some());
    duty.passes(3600).await;
    assert_eq!((duty.got(ADA), duty.got(BO)), ((1, 1), (0, 0)));
    duty.closes();
}
