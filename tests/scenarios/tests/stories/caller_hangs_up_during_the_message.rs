use oncall::{Outcome, Transcript};
use scenarios::{ADA, BO, LINE, Setting, Stage, under_all_variants};

const WORDS: &str = "The payments page has been down since midnight, please call me back on this number";

#[tokio::test]
async fn what_was_said_until_then_is_kept_and_passed_on() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.phone(ADA).is_busy();
        stage.sim.phone(BO).is_busy();
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.hears("nobody could be reached").await.hears("leave a message").await;
        caller.says(WORDS).await.waits(4).await.hangs_up().await;
        caller.ends().await;
        // Twilio transcribes at leisure
        caller.waits(60).await;
        let call = stage.logged(&caller).await.call;
        assert_eq!(call.outcome(), Outcome::Message);
        let message = call.message.unwrap();
        assert!(message.recording.is_some());
        assert_eq!(message.seconds, Some(4));
        assert_eq!(message.transcript, Transcript::Text(WORDS.to_owned()));
        assert_eq!(stage.attempts(&caller).await, ["ada Busy", "bo Busy"]);
        stage.closes(&["call.message", "call.transcribed"]).await;
    })
    .await;
}
