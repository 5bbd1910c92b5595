use scenarios::{ADA, LINE, Setting, Stage, under_all_variants};
use twilio_sim::Fault;

async fn talk(stage: &Stage) -> twilio_sim::Call {
    stage.sim.phone(ADA).answers_after(4).presses("1").talks_for(60);
    let mut caller = stage.dials(LINE).await;
    caller.hears("press 1").await.presses("1").await;
    caller.is_connected_to(ADA).await;
    caller
}

#[tokio::test]
async fn the_log_has_one_recording_however_often_it_is_told_and_when() {
    for fault in
        [Fault::duplicated("/voice/talk"), Fault::duplicated_at_once("/voice/talk"), Fault::late("/voice/talk", 90)]
    {
        let stage = Stage::set(Setting::with_plan(|plan| plan.line.recording = true)).await;
        stage.sim.fault(fault.always());
        let mut caller = talk(&stage).await;
        caller.ends().await;
        stage.sim.wait(120).await;
        let logged = stage.logged(&caller).await;
        assert_eq!((logged.talks.len(), logged.recording().is_some()), (1, true));
        stage.closes(&["call.accepted", "call.ended"]).await;
    }
}

#[tokio::test]
async fn a_recording_of_which_nothing_was_told_is_missing_and_nothing_else() {
    let stage = Stage::set(Setting::with_plan(|plan| plan.line.recording = true)).await;
    stage.sim.fault(Fault::lost("/voice/talk").always());
    let mut caller = talk(&stage).await;
    caller.ends().await;
    stage.sim.wait(120).await;
    assert_eq!(stage.logged(&caller).await.recording(), None);
    stage.closes(&["call.accepted", "call.ended"]).await;
}

#[tokio::test]
async fn what_was_said_until_the_caller_hung_up_is_kept() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::with_plan(|plan| plan.line.recording = true).under(variants)).await;
        let mut caller = talk(&stage).await;
        caller.waits(20).await.hangs_up().await;
        caller.ends().await;
        stage.sim.wait(10).await;
        let logged = stage.logged(&caller).await;
        assert!(logged.recording().unwrap().seconds.is_some_and(|seconds| (20..50).contains(&seconds)));
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
