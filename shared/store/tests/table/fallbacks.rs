//! What is known of a line's fallback document.

use jiff::Timestamp;
use oncall::LineId;
use store::{Address, Error, Fallback, ListedLine, NotAnAddress, Written};
use wire::Fault;

use crate::{
    organisation::{LINE_ID, plan},
    table::{Table, text},
};

const NOON: &str = "2026-11-20T12:00:00Z";
const EVENING: &str = "2026-11-20T18:00:00Z";

fn written(version: u64, until: &str) -> Written {
    Written { version, until: until.parse::<Timestamp>().unwrap() }
}

fn line() -> LineId {
    LineId::new(LINE_ID)
}

/// A table with one line, whose fallback has an address.
async fn addressed() -> (Table, Address) {
    let table = Table::new().await;
    table.store.save_plan(&plan(1)).await.unwrap();
    let address = table.store.address_fallback(&line(), Address::from([7; 16])).await.unwrap();
    table.wire.forget();
    (table, address)
}

async fn listed(table: &Table) -> ListedLine {
    table.store.lines().await.unwrap().remove(0)
}

async fn check(table: &Table, now: Option<Written>) {
    assert_eq!(listed(table).await.fallback.unwrap().written, now);
}

#[tokio::test]
async fn the_first_address_stays() {
    let (table, address) = addressed().await;
    assert_eq!(address.path(), "07070707070707070707070707070707/call.xml");
    let again = table.store.address_fallback(&line(), Address::from([8; 16])).await.unwrap();
    assert_eq!(again, address);
    assert_eq!(table.wire.counts(), [("UpdateItem".to_owned(), 1)].into());
    assert_eq!(listed(&table).await.fallback, Some(Fallback { address, written: None }));
}

#[tokio::test]
async fn a_line_that_is_not_there_gets_no_address() {
    let table = Table::new().await;
    let refused = table.store.address_fallback(&line(), Address::from([7; 16])).await;
    assert!(matches!(refused, Err(Error::Unreadable { .. })), "{refused:?}");
    assert_eq!(table.item("lines", LINE_ID).await, None);
}

#[tokio::test]
async fn what_is_written_is_listed_and_outlives_a_save_of_the_plan() {
    let (table, address) = addressed().await;
    assert!(table.store.record_fallback(&line(), written(1, NOON), None).await.unwrap());
    table.store.save_plan(&plan(2)).await.unwrap();
    let listed = listed(&table).await;
    assert_eq!((listed.version, listed.fallback.as_ref().unwrap().written), (2, Some(written(1, NOON))));
    assert_eq!(listed.fallback.unwrap().address, address);
    assert!(table.store.record_fallback(&line(), written(2, EVENING), Some(written(1, NOON))).await.unwrap());
    check(&table, Some(written(2, EVENING))).await;
}

#[tokio::test]
async fn of_two_writers_at_once_neither_counts() {
    let (table, _) = addressed().await;
    assert!(table.store.record_fallback(&line(), written(1, NOON), None).await.unwrap());
    for seen in [None, Some(written(1, EVENING))] {
        assert!(!table.store.record_fallback(&line(), written(1, EVENING), seen).await.unwrap());
        check(&table, None).await;
        assert!(table.store.record_fallback(&line(), written(1, NOON), None).await.unwrap());
    }
}

#[tokio::test]
async fn a_plan_saved_while_its_document_was_written_makes_it_old() {
    let (table, _) = addressed().await;
    table.store.save_plan(&plan(2)).await.unwrap();
    assert!(!table.store.record_fallback(&line(), written(1, NOON), None).await.unwrap());
    check(&table, None).await;
}

#[tokio::test]
async fn a_record_whose_answer_was_lost_is_made_again_at_worst() {
    let (table, _) = addressed().await;
    table.wire.next("UpdateItem", Fault::CutAfter);
    let counts = table.store.record_fallback(&line(), written(1, NOON), None).await.unwrap();
    check(&table, counts.then(|| written(1, NOON))).await;
}

#[tokio::test]
async fn a_damaged_record_is_no_record() {
    let (table, _) = addressed().await;
    assert!(table.store.record_fallback(&line(), written(1, NOON), None).await.unwrap());
    let mut item = table.item("lines", LINE_ID).await.unwrap();
    item.insert("fallback_until".to_owned(), text("soon"));
    table.put(item).await;
    check(&table, None).await;
    assert!(!table.store.record_fallback(&line(), written(1, EVENING), None).await.unwrap());
    assert!(table.store.record_fallback(&line(), written(1, EVENING), None).await.unwrap());
    check(&table, Some(written(1, EVENING))).await;
}

#[test]
fn an_address_is_as_long_as_a_key_and_not_shown() {
    let address: Address = "0123456789abcdef0123456789abcdef".parse().unwrap();
    assert_eq!(format!("{address:?}"), "Address(…)");
    for text in ["", "0123456789abcdef", "0123456789ABCDEF0123456789ABCDEF", "../../../../../../../../../../../"] {
        assert_eq!(text.parse::<Address>(), Err(NotAnAddress), "{text}");
    }
}
