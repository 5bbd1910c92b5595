use oncall::Outcome;
use scenarios::{ADA, BO, CY, LINE, Stage};

#[tokio::test]
async fn the_call_is_abandoned_and_nobody_is_told() {
    let stage = Stage::open().await;
    let mut caller = stage.dials(LINE).await;
    caller.hears("Welcome to Example support").await.hears("For payments").await.hangs_up().await;
    caller.ends().await;
    let logged = stage.logged(&caller).await;
    assert_eq!(logged.call.outcome(), Outcome::Abandoned);
    assert!(logged.call.ended_at.is_some());
    assert!(stage.attempts(&caller).await.is_empty());
    assert_eq!([ADA, BO, CY].map(|phone| stage.sim.phone(phone).rang()), [0, 0, 0]);
    stage.closes(&[]).await;
}
