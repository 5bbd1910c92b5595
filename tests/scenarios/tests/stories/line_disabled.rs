use oncall::Outcome;
use scenarios::{ADA, BO, CY, LINE, Setting, Stage};

#[tokio::test]
async fn a_line_that_is_switched_off_says_so_and_rings_nobody() {
    let stage = Stage::set(Setting::with_plan(|plan| plan.line.enabled = false)).await;
    let mut caller = stage.dials(LINE).await;
    caller.ends().await;
    assert_eq!(caller.heard(), ["Example support is not taking calls at the moment. Goodbye."]);
    assert_eq!(stage.logged(&caller).await.call.outcome(), Outcome::TurnedAway);
    assert!(stage.attempts(&caller).await.is_empty());
    assert_eq!([ADA, BO, CY].map(|phone| stage.sim.phone(phone).rang()), [0, 0, 0]);
    stage.closes(&[]).await;
}
