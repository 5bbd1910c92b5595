use scenarios::{ADA, BO, LINE, Stage};

#[tokio::test]
async fn the_new_token_is_fetched_when_the_old_one_does_not_fit() {
    let stage = Stage::open().await;
    stage.sim.phone(BO).answers_after(3).presses("1").talks_for(30);
    let mut caller = stage.dials(LINE).await;
    caller.hears("press 1").await.presses("1").await;
    caller.rings(ADA).await;
    let old = stage.sim.auth_token();
    let new = stage.sim.create_secondary_token();
    stage.stores_tokens(&[old, new]).await;
    stage.sim.promote_secondary_token();
    caller.is_connected_to(BO).await;
    caller.ends().await;
    assert_eq!(stage.attempts(&caller).await, ["ada NoAnswer", "bo Accepted"]);
    stage.closes(&["call.accepted", "call.ended"]).await;
}
