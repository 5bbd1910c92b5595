use scenarios::{ADA, BO, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn the_next_person_is_rung() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.phone(ADA).answers_after(4).hangs_up_after(3);
        stage.sim.phone(BO).answers_after(4).presses("1").talks_for(20);
        let mut caller = stage.dials(LINE).await;
        caller.hears("press 1").await.presses("1").await;
        caller.is_connected_to(BO).await;
        caller.ends().await;
        assert_eq!(stage.attempts(&caller).await, ["ada NotConfirmed", "bo Accepted"]);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
