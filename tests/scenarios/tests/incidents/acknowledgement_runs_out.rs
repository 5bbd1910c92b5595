//! Whoever has it says nothing more: after the service's time people are paged again.

use scenarios::{ADA, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::with(|plan| plan.services[0].acknowledged_minutes = Some(30)).await;
    duty.alert("disk", "Disk full on db1").await;
    duty.reads(ADA, "Alert 10").await;
    duty.texts(ADA, "a", "is yours").await;
    duty.passes(1700).await;
    assert_eq!(duty.got(ADA), (2, 0));
    duty.passes(200).await;
    assert!(duty.incident().await.is_triggered());
    assert_eq!(duty.got(ADA).0, 3);
}
