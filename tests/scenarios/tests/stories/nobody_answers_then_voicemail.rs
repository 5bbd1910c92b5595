use scenarios::{ADA, BO, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn a_caller_whom_nobody_answers_leaves_a_message() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.phone(ADA).does_not_answer();
        stage.sim.phone(BO).is_busy();
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.hears("nobody could be reached").await.hears("leave a message").await;
        caller.says("The payments page is down").await.presses("#").await;
        caller.hears("has been passed on to the team").await;
        caller.ends().await;
        assert_eq!(stage.attempts(&caller).await, ["ada NoAnswer", "bo Busy"]);
        stage.closes(&["call.message", "call.transcribed"]).await;
    })
    .await;
}
