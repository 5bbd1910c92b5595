use scenarios::{ADA, BO, LINE, Setting, Stage, on_schedule, one_destination, policy_of, under_all_variants, weekly};

#[tokio::test]
async fn whoever_is_on_call_now_is_rung() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| {
            one_destination(plan);
            plan.directory.schedules.push(weekly("primary", "2026-11-13T04:00", &["ada", "bo"]));
            policy_of(plan, "payments").steps = vec![on_schedule("primary")];
        });
        // Ada's week ends at 04:00 in Oslo, 03:00 UTC
        let stage = Stage::set(setting.at("2026-11-20T02:59:40Z").under(variants)).await;
        stage.sim.phone(BO).answers_after(2).presses("1").talks_for(20);
        let mut caller = stage.dials(LINE).await;
        caller.rings(ADA).await;
        caller.is_connected_to(BO).await;
        caller.ends().await;
        assert_eq!(stage.attempts(&caller).await, ["ada NoAnswer", "bo Accepted"]);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
