use oncall::CallId;
use scenarios::{LINE, Setting, Stage};
use twilio_sim::CallStatus;

#[tokio::test]
async fn a_number_that_no_line_has_says_so_and_leaves_no_trace() {
    let stage = Stage::set(Setting { plan: None, ..Setting::default() }).await;
    let mut caller = stage.dials(LINE).await;
    assert_eq!(caller.ends().await, CallStatus::Completed);
    assert_eq!(caller.heard(), ["This number is not in service. Goodbye."]);
    assert!(stage.store.call(&CallId::new(caller.sid())).await.unwrap().is_none());
    stage.closes(&[]).await;
}
