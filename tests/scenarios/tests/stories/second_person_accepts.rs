use scenarios::{ADA, BO, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn the_next_person_is_rung_when_the_first_does_not_answer() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.phone(ADA).does_not_answer();
        stage.sim.phone(BO).answers_after(3).presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.rings(ADA).await;
        caller.hears("still trying").await.hears("To leave a message instead, press 1").await;
        caller.is_connected_to(BO).await;
        caller.ends().await;
        assert_eq!(stage.attempts(&caller).await, ["ada NoAnswer", "bo Accepted"]);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
