//! Nobody accepts a call and the caller goes: that is an incident, and pages.

use scenarios::{ADA, BO, Duty, one_destination};

#[tokio::test]
async fn story() {
    let duty = Duty::with(one_destination).await;
    duty.sim.phone(ADA).declines_after(2);
    duty.sim.phone(BO).declines_after(2);
    let mut caller = duty.sim.dial(scenarios::CALLER, scenarios::LINE).await;
    caller.hears("leave a message").await.hangs_up().await;
    duty.passes(30).await;
    assert!(duty.incident().await.is_triggered());
    assert_eq!(duty.got(ADA).0, 1);
}
