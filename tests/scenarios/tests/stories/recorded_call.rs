use scenarios::{ADA, BO, LINE, Setting, Stage, one_destination, under_all_variants};
use twilio_sim::Item;

const NOTICE: &str = "Once somebody takes your call, it may be recorded.";

fn recording_line() -> Setting {
    Setting::with_plan(|plan| {
        one_destination(plan);
        plan.line.recording = true;
    })
}

#[tokio::test]
async fn both_are_told_before_they_talk_and_the_log_says_where_the_recording_is() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(recording_line().under(variants)).await;
        stage.sim.phone(ADA).does_not_answer();
        stage.sim.phone(BO).answers_after(4).presses("1").talks_for(60);
        let mut caller = stage.dials(LINE).await;
        caller.hears(NOTICE).await.hears("Connecting you to payments").await;
        stage.sim.phone(BO).hears("Call for payments").await.hears("The call may be recorded.").await;
        stage.sim.phone(BO).hears("Press 1 to accept").await;
        caller.is_connected_to(BO).await;
        caller.ends().await;
        assert_eq!(caller.heard().iter().filter(|words| words.starts_with(NOTICE)).count(), 1);
        stage.sim.wait(10).await;
        let logged = stage.logged(&caller).await;
        let recording = logged.recording().expect("it is in the log");
        assert!(recording.sid.starts_with("RE") && recording.account == stage.sim.account_sid());
        assert!(recording.seconds.is_some_and(|seconds| (60..90).contains(&seconds)), "{recording:?}");
        let billed = stage.sim.ledger().iter().filter(|charge| charge.item == Item::RecordingMinutes).count();
        assert_eq!(billed, 1);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}

#[tokio::test]
async fn the_notice_is_in_the_lines_own_words() {
    let setting = Setting::with_plan(|plan| {
        one_destination(plan);
        plan.line.recording = true;
        plan.line.prompts.insert("recording_notice".to_owned(), "{line} keeps recordings for a month.".to_owned());
    });
    let stage = Stage::set(setting).await;
    stage.sim.phone(ADA).answers_after(4).presses("1").talks_for(10);
    let mut caller = stage.dials(LINE).await;
    caller.hears("Example support keeps recordings for a month.").await;
    caller.is_connected_to(ADA).await;
    caller.ends().await;
    stage.closes(&["call.accepted", "call.ended"]).await;
}

#[tokio::test]
async fn whoever_is_served_again_since_the_answer_was_lost_is_told_again() {
    let stage = Stage::set(recording_line()).await;
    stage.sim.fault(twilio_sim::Fault::retried("/voice/incoming"));
    stage.sim.phone(ADA).answers_after(4).presses("1").talks_for(10);
    let mut caller = stage.dials(LINE).await;
    caller.hears(NOTICE).await;
    caller.is_connected_to(ADA).await;
    caller.ends().await;
    stage.closes(&["call.accepted", "call.ended"]).await;
}
