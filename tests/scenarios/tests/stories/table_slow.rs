use std::time::Duration;

use scenarios::{ADA, LINE, Setting, Stage};
use wire::{ANY, Fault};

#[tokio::test]
async fn the_caller_is_asked_for_a_moment_and_then_goes_on() {
    let deadline = Duration::from_millis(400);
    let stage = Stage::set(Setting { deadline, ..Setting::default() }).await;
    stage.sim.phone(ADA).answers_after(4).presses("1").talks_for(60);
    stage.table.next(ANY, Fault::Delay(Duration::from_secs(2)));
    let mut caller = stage.dials(LINE).await;
    caller.hears("One moment, please").await;
    caller.hears("press 1").await;
    stage.table.next(ANY, Fault::Delay(Duration::from_secs(2)));
    caller.presses("1").await;
    caller.hears("One moment, please").await;
    // the key is not asked for again
    caller.hears("Connecting you to payments").await;
    caller.is_connected_to(ADA).await;
    caller.ends().await;
    assert_eq!(stage.attempts(&caller).await, ["ada Accepted"]);
    stage.closes(&["call.accepted", "call.ended"]).await;
}
