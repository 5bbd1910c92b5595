use scenarios::{ADA, LINE, Setting, Stage, under_all_variants};
use twilio_sim::Item;

/// Nothing was recorded, and no document asked for it.
fn nothing_was_recorded(stage: &Stage) {
    assert!(stage.sim.ledger().iter().all(|charge| charge.item != Item::RecordingMinutes));
    assert!(stage.sim.journal().iter().all(|exchange| !exchange.body.contains(" record=")));
}

#[tokio::test]
async fn a_line_that_does_not_record_says_nothing_of_it() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.phone(ADA).answers_after(4).presses("1").talks_for(20);
        let mut caller = stage.dials(LINE).await;
        caller.hears("press 1").await.presses("1").await;
        caller.is_connected_to(ADA).await;
        caller.ends().await;
        let documents = stage.sim.journal().iter().map(|exchange| exchange.body.clone()).collect::<String>();
        assert!(!documents.contains("recorded"), "{documents}");
        nothing_was_recorded(&stage);
        assert_eq!(stage.logged(&caller).await.recording(), None);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}

#[tokio::test]
async fn a_line_that_begins_to_record_while_a_phone_rings_does_not_record_who_was_not_told() {
    let stage = Stage::open().await;
    stage.sim.phone(scenarios::BO).answers_after(4).presses("1").talks_for(20);
    let mut caller = stage.dials(LINE).await;
    caller.hears("press 1").await.presses("1").await;
    caller.rings(ADA).await;
    stage.changes_plan(|plan| plan.line.recording = true).await;
    caller.is_connected_to(scenarios::BO).await;
    caller.ends().await;
    nothing_was_recorded(&stage);
    stage.closes(&["call.accepted", "call.ended"]).await;
}

#[tokio::test]
async fn a_line_that_records_no_longer_does_not_record_the_next_phone() {
    let stage = Stage::set(Setting::with_plan(|plan| plan.line.recording = true)).await;
    stage.sim.phone(scenarios::BO).answers_after(4).presses("1").talks_for(20);
    let mut caller = stage.dials(LINE).await;
    caller.hears("press 1").await.presses("1").await;
    caller.rings(ADA).await;
    stage.changes_plan(|plan| plan.line.recording = false).await;
    caller.is_connected_to(scenarios::BO).await;
    caller.ends().await;
    assert!(stage.sim.ledger().iter().all(|charge| charge.item != Item::RecordingMinutes));
    stage.closes(&["call.accepted", "call.ended"]).await;
}

#[tokio::test]
async fn a_static_document_does_not_record() {
    let stage = Stage::with_fallback(Setting::with_plan(|plan| plan.line.recording = true)).await;
    stage.loses_the_function("/voice/");
    stage.sim.phone(ADA).answers_after(4).presses("5").talks_for(20);
    let mut caller = stage.dials(LINE).await;
    caller.is_connected_to(ADA).await;
    caller.hears("please hang up now").await.hangs_up().await;
    caller.ends().await;
    nothing_was_recorded(&stage);
    stage.closes(&[]).await;
}
