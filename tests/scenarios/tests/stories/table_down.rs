use std::time::Duration;

use scenarios::{ADA, LINE, Setting, Stage};
use wire::{ANY, Fault};

fn impatient() -> Setting {
    Setting { deadline: Duration::from_millis(400), ..Setting::default() }
}

#[tokio::test]
async fn a_caller_may_leave_a_message_which_is_kept_once_the_table_is_back() {
    let stage = Stage::set(impatient()).await;
    stage.table.every(ANY, Fault::Refuse);
    let mut caller = stage.dials(LINE).await;
    for _ in 0..3 {
        caller.hears("One moment, please").await;
    }
    caller.hears("nobody could be reached").await.hears("leave a message").await;
    stage.table.mend();
    caller.says("The payments page is down").await.waits(5).await.presses("#").await;
    caller.hears("has been passed on to the team").await;
    caller.ends().await;
    let logged = stage.logged(&caller).await;
    assert!(logged.call.message.is_some());
    stage.sim.wait(120).await;
    let told = stage.told().await;
    assert_eq!(told[0]["kind"], "call.message");
    stage.closes(&[]).await;
}

#[tokio::test]
async fn a_responder_who_accepts_is_connected_all_the_same() {
    let stage = Stage::set(impatient()).await;
    stage.sim.phone(ADA).answers_after(4).presses("1").talks_for(60);
    let mut caller = stage.dials(LINE).await;
    caller.hears("press 1").await.presses("1").await;
    caller.rings(ADA).await;
    stage.table.every(ANY, Fault::Refuse);
    stage.sim.expect_alert(15003); // that Ada's leg is dialled cannot be recorded
    // whether the line records is not known then
    stage.sim.phone(ADA).hears("Call from your hotline").await.hears("The call may be recorded.").await;
    caller.is_connected_to(ADA).await;
    stage.table.mend();
    caller.hangs_up().await;
    stage.sim.wait(120).await;
    let told = stage.told().await;
    assert_eq!(told.len(), 1, "{told:?}");
    stage.closes(&[]).await;
}

#[tokio::test]
async fn a_talk_whose_acceptance_could_not_be_saved_is_a_talk() {
    let stage = Stage::set(impatient()).await;
    stage.sim.phone(ADA).answers_after(4).presses("1").talks_for(60);
    let mut caller = stage.dials(LINE).await;
    caller.hears("press 1").await.presses("1").await;
    caller.rings(ADA).await;
    stage.sim.phone(ADA).hears("Call for").await;
    stage.table.every(ANY, Fault::Refuse);
    caller.is_connected_to(ADA).await;
    stage.table.mend();
    caller.hears("The call has ended").await.ends().await;
    assert_eq!(stage.attempts(&caller).await, ["ada Accepted"]);
    stage.sim.wait(120).await;
    let told: Vec<_> = stage.told().await.into_iter().map(|event| event["kind"].clone()).collect();
    assert_eq!(told, ["call.ended"]);
    stage.closes(&[]).await;
}
