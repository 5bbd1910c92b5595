use scenarios::{ADA, BO, LINE, Setting, Stage, under_all_variants};

/// Each webhook costs one BatchGetItem and at most one conditional UpdateItem; a leg's report costs its one
/// UpdateItem alone.
#[tokio::test]
async fn a_call_costs_one_read_and_at_most_one_write_a_webhook() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.phone(BO).answers_after(3).presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;

        caller.hears("press 1").await;
        stage.costs("/voice/incoming", 1, 1);
        caller.presses("9").await;
        caller.hears("not one of the choices").await;
        stage.costs("/voice/menu", 1, 0);
        caller.hears("press 1").await.presses("1").await;
        caller.rings(ADA).await.waits(1).await;
        stage.costs("/voice/menu, and Ada's leg dialled", 1, 2);
        caller.hears("still trying").await;
        stage.costs("/voice/dialled, and Ada's leg over", 1, 2);
        caller.is_connected_to(BO).await;
        stage.costs("/voice/screen and /voice/answered, and Bo's leg dialled", 2, 3);
        caller.ends().await;
        stage.sim.wait(60).await;
        assert_eq!(stage.webhooks("/voice/leg"), 4);
        stage.costs("/voice/dialled and /voice/ended, and Bo's leg over", 2, 2);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
