use oncall::Outcome;
use scenarios::{ADA, BO, CALLER, LINE, Setting, Stage, under_all_variants};
use twilio_sim::{CallStatus, Event};

#[tokio::test]
async fn the_phone_stops_and_the_call_is_missed() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.phone(ADA).does_not_answer();
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.rings(ADA).await.waits(6).await.hangs_up().await;
        caller.ends().await;

        let lines = caller.lines();
        let at = |who: &str, event: Event| lines.iter().find(|line| line.who == who && line.event == event).unwrap().at;
        assert_eq!(at(ADA, Event::Status(CallStatus::Canceled)), at(CALLER, Event::HangsUp));
        assert_eq!(stage.attempts(&caller).await, ["ada CallerLeft"]);
        assert_eq!(stage.logged(&caller).await.call.outcome(), Outcome::Missed);
        assert_eq!(stage.sim.phone(ADA).rang(), 1);
        assert_eq!(stage.sim.phone(BO).rang(), 0);
        stage.closes(&["call.missed"]).await;
    })
    .await;
}
