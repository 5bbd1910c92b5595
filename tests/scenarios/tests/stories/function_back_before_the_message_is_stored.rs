use scenarios::{CALLER, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn the_team_is_told_of_a_message_left_in_the_meantime() {
    under_all_variants(|variants| async move {
        let stage = Stage::with_fallback(Setting::default().under(variants)).await;
        // gone for the call, and back for what comes after it
        stage.loses_the_function("/voice/incoming");
        let mut caller = stage.dials(LINE).await;
        caller.hears("leave a message").await;
        caller.says("The payments page is down").await.waits(5).await.presses("#").await;
        caller.hears("Your message has been recorded").await;
        caller.ends().await;
        stage.sim.wait(120).await;
        let told = stage.told().await;
        let kinds: Vec<_> = told.iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["call.message", "call.transcribed"]);
        assert_eq!((&told[0]["call"], &told[0]["service"]), (&caller.sid().into(), &"payments".into()));
        assert!(told[0]["message"]["recording"].is_string());
        // the recording's own form does not say who called
        assert_eq!(told[1]["caller"], CALLER);
        assert_eq!(told[1]["message"]["text"], "The payments page is down");
        stage.closes(&[]).await;
    })
    .await;
}
