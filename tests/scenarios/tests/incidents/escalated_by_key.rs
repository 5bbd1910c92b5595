//! Five passes it on at once.

use scenarios::{ADA, BO, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim.phone(ADA).answers_after(5).presses_after(4, "5").hangs_up_after(60);
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(160).await;
    assert_eq!((duty.got(ADA), duty.got(BO)), ((1, 1), (1, 0)));
    duty.closes();
}
