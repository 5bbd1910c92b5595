use oncall::Key;
use scenarios::{ADA, CY, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn the_third_leads_to_the_default_destination() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| plan.line.default_destination = Key::from_char('2'));
        let stage = Stage::set(setting.under(variants)).await;
        stage.sim.phone(CY).answers_after(4).presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("9").await;
        caller.hears("not one of the choices").await.hears("For payments, press 1").await.presses("0").await;
        caller.hears("not one of the choices").await.hears("For payments, press 1").await.presses("#").await;
        caller.hears("not one of the choices").await.hears("Connecting you to network").await;
        caller.is_connected_to(CY).await;
        caller.ends().await;
        assert_eq!(stage.webhooks("/voice/menu"), 3);
        assert_eq!(stage.attempts(&caller).await, ["cy Accepted"]);
        assert_eq!(stage.sim.phone(ADA).rang(), 0);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
