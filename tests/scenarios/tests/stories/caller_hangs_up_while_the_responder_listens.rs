use scenarios::{ADA, BO, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn the_call_is_missed_and_nobody_else_is_rung() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.phone(ADA).answers_after(4).hangs_up_after(60);
        let mut caller = stage.dials(LINE).await;
        caller.hears("press 1").await.presses("1").await;
        stage.sim.phone(ADA).hears("Press 1 to accept").await;
        caller.hangs_up().await;
        stage.sim.wait(120).await;
        assert_eq!(stage.sim.phone(BO).rang(), 0);
        let late = stage.answers(&caller, 1, ADA, "1").await;
        assert!(late.contains("no longer waiting") && late.contains("<Hangup/>"), "{late}");
        stage.closes(&["call.missed"]).await;
    })
    .await;
}
