//! A phone has had as many pages as it may have: the next rule comes at once, and the log says why.

use oncall::Step;
use scenarios::{ADA, Duty, policy_of};

#[tokio::test]
async fn story() {
    let duty = Duty::with(|plan| {
        let policy = policy_of(plan, "payments");
        policy.steps.truncate(1);
        policy.steps.extend([Step::Wait { minutes: 2 }, Step::Repeat { times: 5 }]);
    })
    .await;
    duty.sim.phone(ADA).does_not_answer();
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(1200).await;
    let (texts, _) = duty.got(ADA);
    assert!((2..=6).contains(&texts), "{texts}");
    let log = format!("{:?}", duty.incident().await.log);
    assert!(log.contains("Capped"), "{log}");
}
