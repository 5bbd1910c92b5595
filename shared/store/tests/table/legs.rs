//! Legs are measured beside the call.

use std::collections::BTreeMap;

use oncall::CallId;
use store::{Leg, LoggedCall, Saved};
use wire::Fault;

use crate::{
    organisation::{at, call, ring},
    table::Table,
};

const SID: &str = "CA0123456789abcdef0123456789abcdef";

fn leg(status: &str, seconds: Option<u32>, sip_response: Option<u16>) -> Leg {
    Leg { status: status.to_owned(), seconds, sip_response }
}

#[tokio::test]
async fn the_first_record_stays_and_a_save_in_between_loses_nothing() {
    let table = Table::new().await;
    let id = CallId::new(SID);
    let mut call = call(SID, "2026-10-25T00:30:00Z");
    ring(&mut call, 7, "2026-10-25T00:30:05Z");
    let mut call = table.saved(call).await;
    let (busy, answered) = (leg("busy", None, Some(486)), leg("completed", Some(62), Some(200)));
    table.wire.forget();
    table.store.record_leg(&id, 1, &busy).await.unwrap();
    assert_eq!(table.wire.counts(), [("UpdateItem".to_owned(), 1)].into());
    table.store.record_leg(&id, 1, &answered).await.unwrap();

    // the version has not moved, and the save wipes nothing
    call.accept(1, at("2026-10-25T00:30:10Z"));
    assert_eq!(table.store.save_call(&call).await.unwrap(), Saved::Yes { version: 2 });
    table.store.record_leg(&id, 12, &answered).await.unwrap();
    call.version = 2;
    let legs = BTreeMap::from([(1, busy), (12, answered)]);
    assert_eq!(
        table.store.call(&id).await.unwrap(),
        Some(LoggedCall { call, legs, dialled: BTreeMap::new(), talks: BTreeMap::new() })
    );
}

#[tokio::test]
async fn ringing_is_counted_from_when_twilio_began_to_dial() {
    let table = Table::new().await;
    let id = CallId::new(SID);
    let mut call = call(SID, "2026-10-25T00:30:00Z");
    ring(&mut call, 7, "2026-10-25T00:30:05Z");
    call.answer(1, at("2026-10-25T00:30:15Z"));
    table.saved(call).await;
    assert_eq!(table.store.call(&id).await.unwrap().unwrap().ring_seconds(1), Some(10), "the words before it included");
    for told in ["2026-10-25T00:30:09Z", "2026-10-25T00:30:12Z"] {
        table.store.record_dialling(&id, 1, at(told)).await.unwrap();
    }
    let logged = table.store.call(&id).await.unwrap().unwrap();
    assert_eq!(logged.ring_seconds(1), Some(6), "the first record stays");
    assert_eq!(logged.ring_seconds(2), None, "there is no second attempt");
}

#[tokio::test]
async fn a_leg_of_no_call_leaves_no_trace() {
    let table = Table::new().await;
    table.store.record_leg(&CallId::new(SID), 1, &leg("completed", Some(1), None)).await.unwrap();
    assert_eq!(table.item(&format!("call#{SID}"), "call").await, None);
}

#[tokio::test]
async fn a_record_whose_answer_was_lost_is_made_once() {
    let table = Table::new().await;
    let call = table.saved(call(SID, "2026-10-25T00:30:00Z")).await;
    table.wire.next("UpdateItem", Fault::CutAfter);
    let leg = leg("no-answer", Some(0), Some(487));
    table.store.record_leg(&call.id, 1, &leg).await.unwrap();
    assert_eq!(table.store.call(&call.id).await.unwrap().unwrap().legs, BTreeMap::from([(1, leg)]));
}
