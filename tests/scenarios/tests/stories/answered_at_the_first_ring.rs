use scenarios::{ADA, BO, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn the_first_person_accepts_and_the_caller_speaks_with_them() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.phone(ADA).answers_after(4).presses("1").talks_for(60);
        let mut caller = stage.dials(LINE).await;
        caller.hears("Welcome to Example support").await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.hears("Connecting you to payments").await;
        caller.rings(ADA).await;
        stage.sim.phone(ADA).hears("Call for payments on Example support, from").await;
        caller.is_connected_to(ADA).await;
        caller.ends().await;
        assert_eq!(stage.sim.phone(BO).rang(), 0);
        let logged = stage.logged(&caller).await;
        assert_eq!(logged.call.attempts.len(), 1);
        assert_eq!(logged.ring_seconds(1), Some(4));
        assert!(logged.call.attempts[0].talk_seconds().unwrap() >= 60);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
