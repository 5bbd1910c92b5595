//! The night on which the clock is set back: five minutes are five minutes.

use scenarios::{ADA, BO, Duty};

#[tokio::test]
async fn story() {
    // in Oslo it is 02:58 for the first time
    let duty = Duty::at("2026-10-25T00:58:00Z", |_| {}).await;
    duty.sim.phone(ADA).does_not_answer();
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(295).await;
    assert_eq!(duty.got(BO), (0, 0));
    duty.passes(20).await;
    assert_eq!(duty.got(BO).0, 1);
    duty.closes();
}
