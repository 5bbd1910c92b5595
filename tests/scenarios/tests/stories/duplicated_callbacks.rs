use scenarios::{ADA, BO, LINE, Setting, Stage, under_all_variants};
use twilio_sim::Fault;

#[tokio::test]
async fn every_webhook_may_come_twice() {
    under_all_variants(|variants| async move {
        for fault in [Fault::duplicated("/voice/"), Fault::duplicated_at_once("/voice/")] {
            let stage = Stage::set(Setting::default().under(variants)).await;
            stage.sim.fault(fault.always());
            stage.sim.phone(BO).answers_after(3).presses("1").talks_for(30);
            let mut caller = stage.dials(LINE).await;
            caller.hears("press 1").await.presses("1").await;
            caller.rings(ADA).await;
            caller.is_connected_to(BO).await;
            caller.ends().await;
            assert_eq!(stage.attempts(&caller).await, ["ada NoAnswer", "bo Accepted"]);
            assert_eq!((stage.sim.phone(ADA).rang(), stage.sim.phone(BO).rang()), (1, 1));
            stage.closes(&["call.accepted", "call.ended"]).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_webhook_whose_answer_was_lost_is_answered_the_same_again() {
    let stage = Stage::open().await;
    stage.sim.fault(Fault::retried("/voice/").always());
    stage.sim.phone(BO).answers_after(3).presses("1").talks_for(30);
    let mut caller = stage.dials(LINE).await;
    caller.hears("press 1").await.presses("1").await;
    caller.rings(ADA).await;
    caller.is_connected_to(BO).await;
    caller.ends().await;
    assert_eq!(stage.attempts(&caller).await, ["ada NoAnswer", "bo Accepted"]);
    stage.closes(&["call.accepted", "call.ended"]).await;
}
