use scenarios::{ADA, BO, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn a_caller_in_the_menu_is_taken_on_by_the_static_document() {
    under_all_variants(|variants| async move {
        let stage = Stage::with_fallback(Setting::default().under(variants)).await;
        stage.sim.phone(ADA).is_busy();
        stage.sim.phone(BO).answers_after(3).presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await;
        stage.loses_the_function("/voice/");
        caller.presses("1").await;
        caller.hears("Connecting you to payments").await;
        caller.is_connected_to(BO).await.hangs_up().await;
        caller.ends().await;
        stage.closes(&[]).await;
    })
    .await;
}
