use scenarios::{ADA, BO, LINE, Stage};

#[tokio::test]
async fn the_second_caller_goes_on_to_the_next_person() {
    let stage = Stage::open().await;
    stage.sim.phone(ADA).answers_after(4).presses("1").talks_for(300);
    stage.sim.phone(BO).answers_after(4).presses("1").talks_for(30);
    let mut first = stage.dials(LINE).await;
    first.hears("press 1").await.presses("1").await;
    first.is_connected_to(ADA).await;
    let mut second = stage.sim.dial("+4790000010", LINE).await;
    second.hears("press 1").await.presses("1").await;
    second.is_connected_to(BO).await;
    second.ends().await;
    first.ends().await;
    assert_eq!(stage.attempts(&first).await, ["ada Accepted"]);
    assert_eq!(stage.attempts(&second).await, ["ada Busy", "bo Accepted"]);
    stage.closes(&["call.accepted", "call.accepted", "call.ended", "call.ended"]).await;
}
