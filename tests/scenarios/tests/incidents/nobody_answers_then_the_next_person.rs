//! Nobody answers the first one's text and call: after five minutes the next one is paged.

use scenarios::{ADA, BO, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim.phone(ADA).does_not_answer();
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(290).await;
    assert_eq!((duty.got(ADA), duty.got(BO)), ((1, 1), (0, 0)));
    duty.passes(20).await;
    assert_eq!(duty.got(BO).0, 1);
    duty.texts(BO, "a", "is yours").await;
    duty.passes(3600).await;
    assert_eq!((duty.got(ADA), duty.got(BO)), ((1, 1), (2, 0)));
    duty.closes();
}
