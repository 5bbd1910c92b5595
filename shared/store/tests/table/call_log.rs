//! The log of a line.

use oncall::LineId;
use store::{CallPage, Cursor};

use crate::{
    organisation::{LINE_ID, call},
    table::{NAME, Table, number, text},
};

fn line() -> LineId {
    LineId::new(LINE_ID)
}

fn ids(page: &CallPage) -> Vec<&str> {
    page.calls.iter().map(|logged| logged.call.id.as_str()).collect()
}

/// Five calls, two of them at the same instant, and one of another line.
async fn log() -> Table {
    let table = Table::new().await;
    for (id, at) in [
        ("CA3", "2026-10-25T00:30:00.5Z"),
        ("CA1", "2026-10-25T00:29:59.999999999Z"),
        ("CA2", "2026-10-25T00:30:00Z"),
        ("CA5", "2026-10-25T01:30:00Z"),
        ("CA4", "2026-10-25T00:30:00.5Z"),
    ] {
        table.saved(call(id, at)).await;
    }
    let mut elsewhere = call("CA6", "2026-10-25T00:30:00Z");
    elsewhere.line = LineId::new("ln_other");
    table.saved(elsewhere).await;
    table.wire.forget();
    table
}

#[tokio::test]
async fn newest_first_in_two_requests() {
    let table = log().await;
    let page = table.store.calls(&line(), 100, None).await.unwrap();
    assert_eq!(ids(&page), ["CA5", "CA4", "CA3", "CA2", "CA1"]);
    assert_eq!((page.unreadable, page.next), (vec![], None));
    assert_eq!(table.wire.counts(), [("BatchGetItem".to_owned(), 1), ("Query".to_owned(), 1)].into());
}

#[tokio::test]
async fn pages_neither_skip_nor_repeat() {
    let table = log().await;
    let (mut seen, mut pages, mut next) = (Vec::new(), 0, None);
    loop {
        let page = table.store.calls(&line(), 2, next.as_ref()).await.unwrap();
        seen.extend(ids(&page).into_iter().map(str::to_owned));
        pages += 1;
        let Some(cursor) = page.next else { break };
        next = Some(Cursor::new(cursor.as_str()));
    }
    assert_eq!(seen, ["CA5", "CA4", "CA3", "CA2", "CA1"]);
    assert_eq!(pages, 3);
}

#[tokio::test]
async fn a_line_without_calls_has_an_empty_log() {
    let table = log().await;
    let page = table.store.calls(&LineId::new("ln_none"), 10, None).await.unwrap();
    assert_eq!(page, CallPage::default());
    assert_eq!(table.wire.counts(), [("Query".to_owned(), 1)].into());
}

#[tokio::test]
async fn a_call_that_cannot_be_read_does_not_hide_the_others() {
    let table = log().await;
    let mut damaged = table.item("call#CA4", "call").await.unwrap();
    damaged.insert("doc".to_owned(), text("{"));
    table.put(damaged).await;
    let mut newer = table.item("call#CA2", "call").await.unwrap();
    newer.insert("format".to_owned(), number(2));
    table.put(newer).await;
    let page = table.store.calls(&line(), 100, None).await.unwrap();
    assert_eq!(ids(&page), ["CA5", "CA3", "CA1"]);
    assert_eq!(page.unreadable.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["CA4", "CA2"]);
}

#[tokio::test]
async fn a_call_that_has_expired_between_index_and_table_is_left_out() {
    let table = log().await;
    let gone = table.direct.delete_item().table_name(NAME).key("pk", text("call#CA5")).key("sk", text("call"));
    gone.send().await.unwrap();
    let page = table.store.calls(&line(), 1, None).await.unwrap();
    assert_eq!(ids(&page), ["CA4"]);
}

#[tokio::test]
async fn the_logs_of_several_lines_are_one() {
    let table = log().await;
    let lines = [LineId::new("ln_none"), LineId::new("ln_other"), line()];
    let (mut seen, mut next) = (Vec::new(), None);
    loop {
        table.wire.forget();
        let page = table.store.calls_of_lines(&lines, 4, next.as_ref()).await.unwrap();
        assert_eq!(table.wire.counts(), [("BatchGetItem".to_owned(), 1), ("Query".to_owned(), 3)].into());
        seen.extend(ids(&page).into_iter().map(str::to_owned));
        let Some(cursor) = page.next else { break };
        next = Some(cursor);
    }
    // CA6 of the other line came at the instant of CA2
    assert_eq!(seen, ["CA5", "CA4", "CA3", "CA6", "CA2", "CA1"]);
    let nothing = table.store.calls_of_lines(&[], 2, None).await.unwrap();
    assert_eq!((nothing.calls, nothing.next), (vec![], None));
}
