use scenarios::{ADA, CY, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn as_often_as_the_caller_likes() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.phone(CY).answers_after(4).presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;
        caller.hears("Welcome to Example support").await;
        for _ in 0..5 {
            caller.hears("For network, press 2").await.hears("To hear this again, press star").await;
            caller.presses("*").await;
        }
        caller.hears("For network, press 2").await.presses("2").await;
        caller.hears("Connecting you to network").await;
        caller.is_connected_to(CY).await;
        caller.ends().await;
        let heard = caller.heard();
        assert_eq!(heard.iter().filter(|words| words.starts_with("Welcome")).count(), 1, "{heard:?}");
        assert!(!heard.iter().any(|words| words.starts_with("Sorry")), "{heard:?}");
        assert_eq!(stage.attempts(&caller).await, ["cy Accepted"]);
        assert_eq!(stage.sim.phone(ADA).rang(), 0);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
