use oncall::{Outcome, Transcript};
use scenarios::{ADA, BO, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn the_recording_is_passed_on_and_the_team_learns_that_there_is_no_text() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.transcriptions_fail(true);
        stage.sim.phone(ADA).is_busy();
        stage.sim.phone(BO).is_busy();
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.hears("nobody could be reached").await.hears("leave a message").await;
        caller.says("The payments page is down").await.waits(3).await.presses("#").await;
        caller.hears("has been passed on to the team").await;
        caller.ends().await;
        // Twilio transcribes at leisure
        caller.waits(60).await;
        let call = stage.logged(&caller).await.call;
        assert_eq!(call.outcome(), Outcome::Message);
        let message = call.message.unwrap();
        assert!(message.recording.is_some());
        assert_eq!(message.transcript, Transcript::Failed);
        let told = stage.told().await;
        let kinds: Vec<_> = told.iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["call.message", "call.transcribed"]);
        assert_eq!(told[1]["message"]["transcription"], "failed");
        assert_eq!(told[1]["message"]["recording"], message.recording.unwrap());
        assert!(told[1]["message"].get("text").is_none(), "{}", told[1]);
        stage.closes(&[]).await;
    })
    .await;
}
