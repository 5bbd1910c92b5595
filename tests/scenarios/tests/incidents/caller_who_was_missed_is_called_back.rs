//! Nobody took the call; whoever is paged for it calls the caller back, and neither learns the other's number.

use scenarios::{ADA, BO, CALLER, Duty, LINE, one_destination};

#[tokio::test]
async fn story() {
    let duty = Duty::with(one_destination).await;
    duty.sim.phone(ADA).declines_after(2).then().answers_after(4).presses_after(3, "1").hangs_up_after(60);
    duty.sim.phone(BO).declines_after(2);
    let mut caller = duty.sim.dial(CALLER, LINE).await;
    caller.hears("leave a message").await.hangs_up().await;
    duty.reads(ADA, "Alert 10").await;
    duty.sim.phone(CALLER).answers_after(3).talks_for(15);
    duty.texts(ADA, "10cb", "You will be called and connected").await;
    duty.passes(60).await;
    let heard = duty.sim.phone(CALLER).transcript();
    assert!(heard.contains(&format!("rings (from {LINE})")), "{heard}");
}
