use scenarios::{ADA, BO, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn the_next_person_is_rung_when_the_first_is_on_the_phone() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.phone(ADA).is_busy();
        stage.sim.phone(BO).answers_after(3).presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.hears("Connecting you to payments").await.hears("still trying").await;
        caller.is_connected_to(BO).await;
        caller.ends().await;
        assert_eq!(stage.attempts(&caller).await, ["ada Busy", "bo Accepted"]);
        let logged = stage.logged(&caller).await;
        let legs: Vec<_> = logged.legs.iter().map(|(attempt, leg)| (*attempt, leg.status.as_str())).collect();
        assert_eq!(legs, [(1, "busy"), (2, "completed")]);
        assert_eq!(stage.sim.phone(ADA).rang(), 0);
        assert_eq!(stage.sim.phone(BO).rang(), 1);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
