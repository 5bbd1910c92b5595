use oncall::Mode;
use scenarios::{ADA, BO, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn during_maintenance_nobody_is_rung_and_a_message_is_taken() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| plan.services[0].mode = Mode::Maintenance { until: None });
        let stage = Stage::set(setting.under(variants)).await;
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.hears("planned maintenance on payments").await.hears("leave a message").await;
        caller.says("The payments page is down").await.waits(3).await.presses("#").await;
        caller.hears("has been passed on to the team").await;
        caller.ends().await;
        assert!(stage.attempts(&caller).await.is_empty());
        assert_eq!([ADA, BO].map(|phone| stage.sim.phone(phone).rang()), [0, 0]);
        stage.closes(&["call.message", "call.transcribed"]).await;
    })
    .await;
}

#[tokio::test]
async fn a_service_that_is_tried_out_rings_nobody_and_says_so() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| plan.services[0].mode = Mode::Debug { until: None });
        let stage = Stage::set(setting.under(variants)).await;
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.hears("payments is being tested at the moment, nobody will be called").await;
        caller.hears("leave a message").await;
        caller.says("This is only a test").await.waits(3).await.presses("#").await;
        caller.hears("has been passed on to the team").await;
        caller.ends().await;
        assert!(stage.attempts(&caller).await.is_empty());
        assert_eq!([ADA, BO].map(|phone| stage.sim.phone(phone).rang()), [0, 0]);
        stage.closes(&["call.message", "call.transcribed"]).await;
    })
    .await;
}

#[tokio::test]
async fn maintenance_that_has_run_out_keeps_nobody_from_being_rung() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| {
            plan.services[0].mode = Mode::Maintenance { until: Some("2026-11-20T03:00:00Z".parse().unwrap()) };
        });
        let stage = Stage::set(setting.at("2026-11-20T03:00:00Z").under(variants)).await;
        stage.sim.phone(ADA).answers_after(4).presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.is_connected_to(ADA).await;
        caller.ends().await;
        assert_eq!(stage.attempts(&caller).await, ["ada Accepted"]);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
