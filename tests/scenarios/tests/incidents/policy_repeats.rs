//! The policy is climbed again, as often as it says, and then it is over.

use oncall::Step;
use scenarios::{ADA, Duty, policy_of};

#[tokio::test]
async fn story() {
    let duty = Duty::with(|plan| {
        let policy = policy_of(plan, "payments");
        policy.steps.truncate(1);
        policy.steps.extend([Step::Wait { minutes: 20 }, Step::Repeat { times: 2 }]);
    })
    .await;
    duty.sim.phone(ADA).does_not_answer().then().does_not_answer().then().does_not_answer();
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(7200).await;
    assert_eq!(duty.got(ADA), (3, 3));
    assert!(duty.incident().await.due().is_none());
    duty.closes();
}
