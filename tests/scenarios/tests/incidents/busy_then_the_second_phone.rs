//! The first phone is busy: the same call goes to the second one at once.

use oncall::Phone;
use scenarios::{ADA, ADA_SECOND, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::with(|plan| {
        let second = Phone { number: ADA_SECOND.parse().unwrap(), verified: true };
        plan.directory.people[0].phones.push(second);
    })
    .await;
    duty.sim.phone(ADA).is_busy();
    duty.sim.phone(ADA_SECOND).answers_after(3).presses_after(4, "4").hangs_up_after(60);
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(180).await;
    assert_eq!((duty.got(ADA), duty.got(ADA_SECOND).1), ((1, 0), 1));
    assert!(duty.incident().await.acknowledged_by().is_some());
}
