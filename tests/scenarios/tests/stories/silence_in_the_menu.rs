use scenarios::{ADA, CY, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn a_caller_without_keys_is_taken_to_the_first_destination() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.phone(ADA).answers_after(4).presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;
        caller.hears("Welcome to Example support").await;
        for _ in 0..3 {
            caller.hears("For payments, press 1").await.hears("I did not hear a key").await;
        }
        caller.hears("Connecting you to payments").await;
        caller.is_connected_to(ADA).await;
        caller.ends().await;
        assert_eq!(stage.webhooks("/voice/menu"), 3);
        assert_eq!(stage.attempts(&caller).await, ["ada Accepted"]);
        assert_eq!(stage.sim.phone(CY).rang(), 0);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
