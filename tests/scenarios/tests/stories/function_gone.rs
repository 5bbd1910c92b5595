use scenarios::{ADA, BO, CY, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn a_static_document_connects_the_caller_to_whoever_is_responsible() {
    under_all_variants(|variants| async move {
        let stage = Stage::with_fallback(Setting::default().under(variants)).await;
        stage.loses_the_function("/voice/");
        stage.sim.phone(ADA).answers_after(4).presses("5").talks_for(60);
        let mut caller = stage.dials(LINE).await;
        caller.hears("Welcome to Example support").await.hears("Connecting you to payments").await;
        caller.rings(ADA).await;
        stage.sim.phone(ADA).hears("Call for payments on Example support. Press any key to accept").await;
        caller.is_connected_to(ADA).await;
        // Ada hangs up first
        caller.hears("If you have spoken with someone, please hang up now").await;
        caller.hangs_up().await;
        caller.ends().await;
        assert_eq!([BO, CY].map(|phone| stage.sim.phone(phone).rang()), [0, 0]);
        stage.closes(&[]).await;
    })
    .await;
}
