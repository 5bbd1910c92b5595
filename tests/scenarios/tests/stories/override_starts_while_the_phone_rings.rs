use oncall::{PersonId, schedule::OverrideDefinition};
use scenarios::{
    ADA, BO, CY, LINE, Setting, Stage, on_schedule, one_destination, policy_of, under_all_variants, weekly,
};

#[tokio::test]
async fn the_person_of_the_override_is_rung_next() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| {
            one_destination(plan);
            let mut primary = weekly("primary", "2026-11-16T09:00", &["ada", "bo"]);
            primary.definition.overrides.push(OverrideDefinition {
                start: "2026-11-20T03:00:20Z".to_owned(),
                end: "2026-11-20T08:00:00Z".to_owned(),
                users: vec![PersonId::new("cy")],
            });
            plan.directory.schedules.push(primary);
            policy_of(plan, "payments").steps = vec![on_schedule("primary")];
        });
        let stage = Stage::set(setting.under(variants)).await;
        stage.sim.phone(CY).answers_after(2).presses("1").talks_for(20);
        let mut caller = stage.dials(LINE).await;
        caller.rings(ADA).await;
        caller.is_connected_to(CY).await;
        caller.ends().await;
        assert_eq!(stage.attempts(&caller).await, ["ada NoAnswer", "cy Accepted"]);
        assert_eq!(stage.sim.phone(BO).rang(), 0);
        let why = &stage.logged(&caller).await.call.attempts[1].why;
        assert!(why.contains("override"), "{why}");
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
