use scenarios::{ADA, LINE, Setting, Stage, one_destination, under_all_variants};

#[tokio::test]
async fn a_line_with_one_destination_asks_nothing() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::with_plan(one_destination).under(variants)).await;
        stage.sim.phone(ADA).answers_after(4).presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;
        caller.rings(ADA).await;
        caller.is_connected_to(ADA).await;
        caller.ends().await;
        assert_eq!(
            caller.heard(),
            ["Welcome to Example support.", "Connecting you to payments. Please hold.", "The call has ended. Goodbye."]
        );
        assert_eq!(stage.webhooks("/voice/menu"), 0);
        assert_eq!(stage.attempts(&caller).await, ["ada Accepted"]);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
