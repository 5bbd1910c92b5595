//! A responder closes it, and what is said again afterwards opens it again.

use scenarios::{ADA, BO, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.alert("disk", "Disk full on db1").await;
    duty.reads(ADA, "Alert 10").await;
    duty.texts(ADA, "10c", "Alert 10 is closed").await;
    duty.passes(1200).await;
    assert_eq!((duty.got(ADA), duty.got(BO)), ((2, 0), (0, 0)));
    assert!(duty.incident().await.is_resolved());
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(30).await;
    assert!(duty.incident().await.is_triggered());
    assert_eq!(duty.got(ADA).0, 3);
    duty.closes();
}
