use scenarios::{ADA, LINE, Setting, Stage, under_all_variants};
use twilio_sim::Fault;

#[tokio::test]
async fn a_legs_end_may_be_told_after_the_calls() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.fault(Fault::late("/voice/leg", 90).always());
        stage.sim.phone(ADA).answers_after(3).presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;
        caller.hears("press 1").await.presses("1").await;
        caller.is_connected_to(ADA).await;
        caller.ends().await;
        stage.sim.wait(200).await;
        let logged = stage.logged(&caller).await;
        let seconds = logged.legs[&1].seconds.unwrap();
        assert!(seconds > 30, "the talk and the whisper before it: {seconds}");
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}

#[tokio::test]
async fn the_end_of_a_call_may_be_told_before_its_message_is_stored() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.fault(Fault::late("/voice/recording", 60).always());
        let mut caller = stage.dials(LINE).await;
        caller.hears("press 1").await.presses("1").await;
        caller.hears("leave a message").await;
        caller.says("The payments page is down").await.hangs_up().await;
        stage.sim.wait(200).await;
        let logged = stage.logged(&caller).await;
        assert!(logged.call.message.unwrap().recording.is_some());
        let told = stage.told().await;
        let messages = told.iter().filter(|event| event["kind"] == "call.message").count();
        assert_eq!(messages, 1, "{told:?}");
        stage.closes(&[]).await;
    })
    .await;
}
