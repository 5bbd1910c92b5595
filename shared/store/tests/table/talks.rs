//! Where recordings are kept stands beside the call.

use oncall::{CallId, LegEnd};
use store::{Saved, TalkRecording};

use crate::{
    organisation::{at, call, ring},
    table::Table,
};

const SID: &str = "CA0123456789abcdef0123456789abcdef";

fn recording(sid: &str, seconds: Option<u32>) -> TalkRecording {
    TalkRecording { sid: sid.to_owned(), account: "AC1".to_owned(), seconds }
}

#[tokio::test]
async fn the_recording_of_a_call_is_that_of_the_attempt_which_connected_it() {
    let table = Table::new().await;
    let id = CallId::new(SID);
    let mut call = call(SID, "2026-10-25T00:30:00Z");
    ring(&mut call, 7, "2026-10-25T00:30:05Z");
    call.leg_over(1, LegEnd::Completed { bridged: Some(false) }, at("2026-10-25T00:30:09Z"));
    ring(&mut call, 8, "2026-10-25T00:30:10Z");
    let mut call = table.saved(call).await;
    table.wire.forget();
    let (mailbox, talk) = (recording("RE1", Some(4)), recording("RE2", Some(61)));
    table.store.record_talk(&id, 1, &mailbox).await.unwrap();
    assert_eq!(table.wire.counts(), [("UpdateItem".to_owned(), 1)].into());
    assert_eq!(table.store.call(&id).await.unwrap().unwrap().recording(), None, "nobody has taken the call");

    call.accept(2, at("2026-10-25T00:30:15Z"));
    assert_eq!(table.store.save_call(&call).await.unwrap(), Saved::Yes { version: 2 });
    table.store.record_talk(&id, 2, &talk).await.unwrap();
    table.store.record_talk(&id, 2, &recording("RE3", None)).await.unwrap();
    let logged = table.store.call(&id).await.unwrap().unwrap();
    assert_eq!(logged.recording(), Some(&talk), "the first record stays");
    assert_eq!(logged.talks, [(1, mailbox), (2, talk)].into());
}

#[tokio::test]
async fn a_recording_of_no_call_leaves_no_trace() {
    let table = Table::new().await;
    table.store.record_talk(&CallId::new(SID), 1, &recording("RE1", None)).await.unwrap();
    assert_eq!(table.item(&format!("call#{SID}"), "call").await, None);
}
