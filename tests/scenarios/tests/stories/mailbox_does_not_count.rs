use scenarios::{ADA, BO, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn a_mailbox_that_picks_up_presses_nothing_and_the_next_person_is_rung() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.phone(ADA).voicemail_after(12);
        stage.sim.phone(BO).answers_after(3).presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.is_connected_to(BO).await;
        caller.ends().await;
        assert_eq!(stage.attempts(&caller).await, ["ada NotConfirmed", "bo Accepted"]);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
