use scenarios::{ADA, BO, LINE, Setting, Stage, notify, on_schedule, policy_of, under_all_variants, weekly};

#[tokio::test]
async fn steps_that_reach_nobody_are_passed_over_without_a_word() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| {
            plan.directory.schedules.push(weekly("primary", "2027-01-04T09:00", &["ada"]));
            policy_of(plan, "payments").steps = vec![notify(&[]), on_schedule("primary"), notify(&["bo"])];
        });
        let stage = Stage::set(setting.under(variants)).await;
        stage.sim.phone(BO).answers_after(4).presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.hears("Connecting you to payments").await;
        caller.is_connected_to(BO).await;
        caller.ends().await;
        let heard = caller.heard();
        assert!(!heard.iter().any(|words| words.contains("still trying")), "{heard:?}");
        assert_eq!(stage.attempts(&caller).await, ["bo Accepted"]);
        assert_eq!(stage.logged(&caller).await.call.attempts[0].step, Some(2));
        assert_eq!(stage.sim.phone(ADA).rang(), 0);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
