use scenarios::{ADA, BO, LINE, Setting, Stage, on_schedule, one_destination, policy_of, under_all_variants, weekly};

#[tokio::test]
async fn the_document_is_written_anew_and_rings_whoever_has_come_on_call() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| {
            one_destination(plan);
            plan.directory.schedules.push(weekly("primary", "2026-11-13T04:00", &["ada", "bo"]));
            policy_of(plan, "payments").steps = vec![on_schedule("primary")];
        });
        // Ada's week ends at 04:00 in Oslo, 03:00 UTC
        let stage = Stage::with_fallback(setting.at("2026-11-20T02:55:00Z").under(variants)).await;
        stage.loses_the_function("/voice/");
        stage.sim.phone(BO).answers_after(2).presses("1").talks_for(20);
        let mut early = stage.dials(LINE).await;
        early.rings(ADA).await.hangs_up().await;
        early.ends().await;
        for _ in 0..6 {
            stage.a_minute_passes().await;
        }
        let mut late = stage.dials(LINE).await;
        late.is_connected_to(BO).await.hangs_up().await;
        late.ends().await;
        assert_eq!([ADA, BO].map(|phone| stage.sim.phone(phone).rang()), [1, 1]);
        stage.closes(&[]).await;
    })
    .await;
}
