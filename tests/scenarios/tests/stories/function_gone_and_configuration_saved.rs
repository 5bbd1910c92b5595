use scenarios::{CY, LINE, Setting, Stage, notify, policy_of};

#[tokio::test]
async fn the_document_is_written_anew_at_the_same_address() {
    let stage = Stage::with_fallback(Setting::default()).await;
    stage.loses_the_function("/voice/");
    stage.changes_plan(|plan| policy_of(plan, "payments").steps = vec![notify(&["cy"])]).await;
    stage.a_minute_passes().await;
    stage.sim.phone(CY).answers_after(2).presses("1").talks_for(20);
    let mut caller = stage.dials(LINE).await;
    caller.is_connected_to(CY).await.hangs_up().await;
    caller.ends().await;
    stage.closes(&[]).await;
}

#[tokio::test]
async fn a_line_that_is_switched_off_says_so_there_too() {
    let stage = Stage::with_fallback(Setting::default()).await;
    stage.loses_the_function("/voice/");
    stage.changes_plan(|plan| plan.line.enabled = false).await;
    stage.a_minute_passes().await;
    let mut caller = stage.dials(LINE).await;
    caller.hears("Example support is not taking calls at the moment").await;
    caller.ends().await;
    stage.closes(&[]).await;
}
