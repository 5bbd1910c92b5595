use oncall::PersonId;
use scenarios::{ADA, BO, CY, LINE, Setting, Stage, on_schedule, policy_of, under_all_variants, weekly};

#[tokio::test]
async fn a_gap_in_the_schedule_leads_straight_to_a_message() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| {
            plan.directory.schedules.push(weekly("primary", "2027-01-04T09:00", &["ada", "bo"]));
            policy_of(plan, "payments").steps = vec![on_schedule("primary")];
        });
        let stage = Stage::set(setting.under(variants)).await;
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.hears("nobody could be reached").await.hears("leave a message").await;
        caller.says("The payments page is down").await.waits(3).await.presses("#").await;
        caller.hears("has been passed on to the team").await;
        caller.ends().await;
        let heard = caller.heard();
        assert!(!heard.iter().any(|words| words.contains("Connecting")), "{heard:?}");
        assert!(stage.attempts(&caller).await.is_empty());
        assert_eq!([ADA, BO, CY].map(|phone| stage.sim.phone(phone).rang()), [0, 0, 0]);
        stage.closes(&["call.message", "call.transcribed"]).await;
    })
    .await;
}

#[tokio::test]
async fn the_policys_fallback_person_is_rung_in_a_gap() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| {
            plan.directory.schedules.push(weekly("primary", "2027-01-04T09:00", &["ada", "bo"]));
            let policy = policy_of(plan, "payments");
            policy.steps = vec![on_schedule("primary")];
            policy.fallback = Some(PersonId::new("cy"));
        });
        let stage = Stage::set(setting.under(variants)).await;
        stage.sim.phone(CY).answers_after(4).presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.hears("Connecting you to payments").await;
        caller.is_connected_to(CY).await;
        caller.ends().await;
        assert_eq!(stage.attempts(&caller).await, ["cy Accepted"]);
        let attempt = &stage.logged(&caller).await.call.attempts[0];
        assert_eq!((attempt.step, attempt.why.as_str()), (None, "fallback of the policy"));
        assert_eq!([ADA, BO].map(|phone| stage.sim.phone(phone).rang()), [0, 0]);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
