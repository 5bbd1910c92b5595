//! The tool says that it is over while the responder's phone rings: it stops ringing.

use scenarios::{ADA, BO, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim.phone(ADA).does_not_answer();
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(128).await;
    assert_eq!(duty.got(ADA), (1, 1));
    duty.over("disk").await;
    duty.passes(10).await;
    assert!(duty.incident().await.is_resolved());
    assert!(duty.sim.phone(ADA).transcript().contains("canceled"), "{}", duty.sim.phone(ADA).transcript());
    duty.passes(3600).await;
    assert_eq!((duty.got(ADA), duty.got(BO)), ((1, 1), (0, 0)));
    duty.closes();
}
