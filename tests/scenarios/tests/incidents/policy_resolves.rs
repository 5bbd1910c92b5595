//! What nobody takes for an hour is closed, if the policy says so.

use oncall::Step;
use scenarios::{ADA, BO, Duty, policy_of};

#[tokio::test]
async fn story() {
    let duty = Duty::with(|plan| {
        let policy = policy_of(plan, "payments");
        policy.steps.truncate(1);
        policy.steps.extend([Step::Wait { minutes: 60 }, Step::Resolve]);
    })
    .await;
    duty.sim.phone(ADA).does_not_answer();
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(3700).await;
    assert!(duty.incident().await.is_resolved());
    assert_eq!(duty.got(BO), (0, 0));
    duty.closes();
}
