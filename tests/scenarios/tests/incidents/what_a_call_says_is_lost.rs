//! The queue loses what the voice function tells of a call: the sweep finds that it is owed, and tells it again. What has
//! arrived is not told twice for that.

use scenarios::{ADA, BO, Duty, one_destination};

async fn missed_call(duty: &Duty) {
    duty.sim.phone(ADA).declines_after(2);
    duty.sim.phone(BO).declines_after(2);
    let mut caller = duty.sim.dial(scenarios::CALLER, scenarios::LINE).await;
    caller.hears("leave a message").await.hangs_up().await;
}

#[tokio::test]
async fn story() {
    let duty = Duty::with(one_destination).await;
    missed_call(&duty).await;
    assert_eq!(duty.loses_messages().await, 1);
    duty.passes(60).await;
    assert!(duty.incidents().await.is_empty());
    duty.passes(150).await;
    assert!(duty.incident().await.is_triggered());
    assert_eq!(duty.got(ADA).0, 1);
    duty.closes();
}

#[tokio::test]
async fn told_again_it_is_the_same() {
    let duty = Duty::with(one_destination).await;
    missed_call(&duty).await;
    duty.passes(30).await;
    duty.texts(ADA, "10a", "is yours").await;
    let log = duty.log().await;
    duty.passes(300).await;
    assert_eq!((duty.log().await, duty.got(BO)), (log, (0, 0)));
    assert!(duty.store.due(duty.now(), 10).await.unwrap().is_empty(), "nothing is owed any more");
    duty.closes();
}
