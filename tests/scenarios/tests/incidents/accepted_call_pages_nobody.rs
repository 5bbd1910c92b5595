//! A call that a human takes is an incident that is acknowledged, and over when they have spoken.

use scenarios::{ADA, BO, Duty, one_destination};

#[tokio::test]
async fn story() {
    let duty = Duty::with(one_destination).await;
    duty.sim.phone(ADA).answers_after(2).presses("1").talks_for(30);
    let mut caller = duty.sim.dial(scenarios::CALLER, scenarios::LINE).await;
    caller.is_connected_to(ADA).await;
    duty.passes(5).await;
    assert!(duty.incident().await.acknowledged_by().is_some());
    caller.ends().await;
    duty.passes(600).await;
    assert!(duty.incident().await.is_resolved());
    assert_eq!((duty.got(ADA).0, duty.got(BO)), (0, (0, 0)));
}
