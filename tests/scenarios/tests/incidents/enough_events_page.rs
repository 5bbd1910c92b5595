//! A step that wants three events within ten minutes pages with the third.

use oncall::Step;
use scenarios::{BO, Duty, policy_of};

#[tokio::test]
async fn story() {
    let duty = Duty::with(|plan| {
        let policy = policy_of(plan, "payments");
        let Step::Notify(notify) = policy.steps.remove(2) else { panic!("Bo's step") };
        policy.steps = vec![Step::NotifyIfEvents { events: 3, minutes: 10, notify }];
    })
    .await;
    for expected in [0, 0, 1] {
        duty.alert("disk", "Disk full on db1").await;
        duty.passes(60).await;
        assert_eq!(duty.got(BO).0, expected);
    }
    duty.closes();
}
