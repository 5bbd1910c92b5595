use scenarios::{ADA, BO, LINE, Stage};

#[tokio::test]
async fn one_is_connected_and_the_other_is_told_so() {
    let stage = Stage::open().await;
    stage.sim.phone(ADA).does_not_answer();
    stage.sim.phone(BO).answers_after(2).hangs_up_after(40);
    let mut caller = stage.dials(LINE).await;
    caller.hears("press 1").await.presses("1").await;
    caller.rings(BO).await;
    stage.sim.phone(BO).hears("Press 1 to accept").await;

    // Ada's leg, answered in its last second, and Bo's press 1 at the same instant
    let (ada, bo) = tokio::join!(stage.answers(&caller, 1, ADA, "1"), stage.answers(&caller, 2, BO, "1"));
    assert!(bo.contains("You are connected."), "{bo}");
    assert!(ada.contains("already been taken") || ada.contains("no longer waiting"), "{ada}");
    assert!(ada.contains("<Hangup/>"), "{ada}");
    let again = stage.answers(&caller, 1, ADA, "1").await;
    assert!(again.contains("already been taken"), "{again}");

    let told = stage.told().await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["kind"], "call.accepted");
    assert_eq!(told[0]["accepted_by"], "bo");
    caller.hangs_up().await;
    stage.closes(&["call.ended"]).await;
}

#[tokio::test]
async fn a_key_that_arrives_twice_at_once_accepts_once() {
    let stage = Stage::open().await;
    stage.sim.fault(twilio_sim::Fault::duplicated_at_once("/voice/answered"));
    stage.sim.phone(ADA).answers_after(2).presses("1").talks_for(20);
    let mut caller = stage.dials(LINE).await;
    caller.hears("press 1").await.presses("1").await;
    caller.is_connected_to(ADA).await;
    caller.ends().await;
    assert_eq!(stage.attempts(&caller).await, ["ada Accepted"]);
    stage.closes(&["call.accepted", "call.ended"]).await;
}
