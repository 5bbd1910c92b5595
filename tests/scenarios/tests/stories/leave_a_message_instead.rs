use oncall::Outcome;
use scenarios::{ADA, BO, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn a_caller_who_will_not_wait_on_presses_1_between_two_attempts() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.phone(ADA).does_not_answer();
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.rings(ADA).await;
        caller.hears("To leave a message instead, press 1").await.presses("1").await;
        caller.hears("leave a message after the tone").await;
        caller.says("The payments page is down").await.waits(3).await.presses("#").await;
        caller.hears("has been passed on to the team").await;
        caller.ends().await;
        let heard = caller.heard();
        assert!(!heard.iter().any(|words| words.contains("nobody could be reached")), "{heard:?}");
        assert_eq!(stage.attempts(&caller).await, ["ada NoAnswer"]);
        assert_eq!(stage.logged(&caller).await.call.outcome(), Outcome::Message);
        assert_eq!(stage.sim.phone(BO).rang(), 0);
        stage.closes(&["call.message", "call.transcribed"]).await;
    })
    .await;
}
