use oncall::Outcome;
use scenarios::{ADA, BO, CALLER, LINE, Setting, Stage, under_all_variants};
use twilio_sim::CallStatus;

#[tokio::test]
async fn a_blocked_caller_is_rejected_unheard_and_unbilled() {
    let stage = Stage::set(Setting::with_plan(|plan| plan.line.blocked = vec!["+4790*".parse().unwrap()])).await;
    let mut caller = stage.dials(LINE).await;
    assert_eq!(caller.ends().await, CallStatus::Busy);
    assert!(caller.heard().is_empty());
    assert!(stage.sim.ledger().is_empty(), "{:?}", stage.sim.ledger());
    assert_eq!(stage.logged(&caller).await.call.outcome(), Outcome::TurnedAway);
    assert!(stage.attempts(&caller).await.is_empty());
    assert_eq!([ADA, BO].map(|phone| stage.sim.phone(phone).rang()), [0, 0]);
    stage.closes(&[]).await;
}

#[tokio::test]
async fn the_allow_list_lets_a_caller_through() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| {
            plan.line.blocked = vec!["+47*".parse().unwrap()];
            plan.line.allowed = vec![CALLER.parse().unwrap()];
        });
        let stage = Stage::set(setting.under(variants)).await;
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
