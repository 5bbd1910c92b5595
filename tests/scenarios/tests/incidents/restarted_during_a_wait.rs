//! The pager's process ends during a wait: the next one goes on where it was.

use scenarios::{ADA, BO, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim.phone(ADA).does_not_answer();
    duty.alert("disk", "Disk full on db1").await;
    for _ in 0..7 {
        duty.passes(50).await;
        duty.restarts().await;
    }
    assert_eq!((duty.got(ADA), duty.got(BO).0), ((1, 1), 1));
    duty.closes();
}
