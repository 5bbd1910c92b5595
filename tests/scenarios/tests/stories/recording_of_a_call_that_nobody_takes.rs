use oncall::Outcome;
use scenarios::{ADA, BO, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn what_a_mailbox_said_is_no_recording_of_the_call() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::with_plan(|plan| plan.line.recording = true).under(variants)).await;
        stage.sim.phone(ADA).voicemail_after(12);
        stage.sim.phone(BO).answers_after(3).presses("2");
        let mut caller = stage.dials(LINE).await;
        caller.hears("press 1").await.presses("1").await;
        caller.hears("nobody could be reached").await.hears("leave a message").await;
        caller.says("The payments page is down").await.waits(3).await.presses("#").await;
        caller.hears("has been passed on to the team").await;
        caller.ends().await;
        stage.sim.wait(10).await;
        let logged = stage.logged(&caller).await;
        assert_eq!((logged.call.outcome(), logged.recording()), (Outcome::Message, None));
        // the message is one, and none of a responder's phone is mistaken for it
        let message = logged.call.message.as_ref().unwrap().recording.as_ref().unwrap();
        assert!(logged.talks.values().all(|talk| talk.sid != *message));
        stage.closes(&["call.message", "call.transcribed"]).await;
    })
    .await;
}

#[tokio::test]
async fn a_caller_who_hangs_up_while_the_responder_listens_is_not_recorded() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::with_plan(|plan| plan.line.recording = true).under(variants)).await;
        stage.sim.phone(ADA).answers_after(3);
        let mut caller = stage.dials(LINE).await;
        caller.hears("press 1").await.presses("1").await;
        stage.sim.phone(ADA).hears("Press 1 to accept").await;
        caller.hangs_up().await;
        caller.ends().await;
        stage.sim.wait(10).await;
        let logged = stage.logged(&caller).await;
        assert_eq!((logged.call.outcome(), logged.recording()), (Outcome::Missed, None));
        stage.closes(&["call.missed"]).await;
    })
    .await;
}
