//! Two answer in the same second, one by text and one by key: one of them has it, and the other is told.

use scenarios::{ADA, BO, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim.phone(ADA).does_not_answer();
    duty.sim.phone(BO).answers_after(5).presses_after(3, "4").hangs_up_after(40);
    duty.alert("disk", "Disk full on db1").await;
    // Bo's text after five minutes, his call two minutes later
    duty.passes(429).await;
    duty.sim.phone(ADA).texts_to(scenarios::LINE, "10a").await;
    duty.passes(60).await;
    let incident = duty.incident().await;
    let acknowledged = duty.log().await.into_iter().filter(|word| word == "Acknowledged").count();
    assert_eq!(acknowledged, 1, "{:?}", incident.log);
    let rang = (duty.got(ADA).1, duty.got(BO).1);
    duty.passes(3600).await;
    assert_eq!((duty.got(ADA).1, duty.got(BO).1), rang);
}
