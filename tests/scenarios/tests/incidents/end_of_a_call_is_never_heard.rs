//! The table is away when a caller who reached nobody hangs up, and Twilio does not say it again: once the call cannot still
//! be going on it is over, missed, and pages.

use scenarios::{ADA, BO, Duty, one_destination};

#[tokio::test]
async fn story() {
    let duty = Duty::with(one_destination).await;
    duty.sim.phone(ADA).does_not_answer();
    duty.sim.phone(BO).does_not_answer();
    let mut caller = duty.sim.dial(scenarios::CALLER, scenarios::LINE).await;
    caller.rings(ADA).await;
    duty.table.every(wire::ANY, wire::Fault::Refuse);
    caller.hangs_up().await;
    duty.sim.wait(5).await;
    duty.table.mend();
    duty.passes(240).await;
    assert!(duty.incidents().await.is_empty());
    duty.passes(120).await;
    assert!(duty.incident().await.is_triggered());
    assert_eq!(duty.got(ADA).0, 1);
}
