//! What is spent is counted once and no further than the cap; settings are not overwritten; receipts find their pages.

use std::sync::Arc;

use jiff::civil::date;
use oncall::{IncidentId, LineId, sending::DailySpend};
use store::{AuditQuery, Author, Expected, SendingSettings, SentPage, StoredSendingSettings};
use tokio::sync::Barrier;
use wire::Fault;

use crate::{
    configuration::{create, save},
    incidents::noon,
    organisation::{LINE_ID, at, plan},
    table::Table,
};

#[tokio::test]
async fn what_is_spent_is_counted_once_for_its_day() {
    let table = Table::patient().await;
    assert_eq!(table.store.daily_spend(noon()).await.unwrap(), DailySpend { day: date(2026, 11, 20), spent: 0 });
    for (cap, expected) in [(Some(100), true), (Some(100), true), (Some(100), false), (None, true), (Some(0), false)] {
        table.wire.next("TransactWriteItems", Fault::CutAfter);
        assert_eq!(table.store.spend(60, cap, noon()).await.unwrap(), expected, "{cap:?}");
        table.wire.mend();
    }
    assert_eq!(table.store.daily_spend(noon()).await.unwrap().spent, 180);
    let next = at("2026-11-21T00:00:00Z");
    assert!(table.store.spend(60, Some(100), next).await.unwrap(), "another day");
    assert_eq!(table.store.daily_spend(next).await.unwrap().spent, 60);
    let item = table.item("spend", "2026-11-20").await.unwrap();
    assert_eq!(item["expires_at"].as_n().unwrap(), &at("2027-02-18T12:00:00Z").as_second().to_string());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_who_spend_at_once_none_is_lost_and_the_cap_holds() {
    let table = Table::patient().await;
    let start = Arc::new(Barrier::new(8));
    let racers = (1..=8).map(|_| {
        let (store, start) = (table.store.clone(), Arc::clone(&start));
        tokio::spawn(async move {
            start.wait().await;
            store.spend(10, Some(50), noon()).await.unwrap()
        })
    });
    let mut allowed = 0;
    for racer in racers.collect::<Vec<_>>() {
        allowed += u64::from(racer.await.unwrap());
    }
    assert_eq!((allowed, table.store.daily_spend(noon()).await.unwrap().spent), (5, 50));
}

#[tokio::test]
async fn of_two_who_edit_the_settings_one_is_told_to_read_again() {
    let table = Table::patient().await;
    let nothing = table.store.sending_settings().await.unwrap();
    assert_eq!(nothing, StoredSendingSettings::default());
    let settings = SendingSettings {
        default_line: Some(LineId::new(LINE_ID)),
        allowed: vec!["+46*".parse().unwrap()],
        refused: vec!["+47829*".parse().unwrap()],
        daily_cap: Some(20_000_000),
    };
    let by = Author::of("k1");
    let edited = StoredSendingSettings { settings: settings.clone(), version: 0 };
    table.wire.next("TransactWriteItems", Fault::CutAfter);
    assert!(table.store.save_sending_settings(&edited, &by, noon()).await.unwrap(), "although its answer was lost");
    assert!(!table.store.save_sending_settings(&nothing, &by, noon()).await.unwrap());
    let found = table.store.sending_settings().await.unwrap();
    assert_eq!(found, StoredSendingSettings { settings, version: 1 });
    let log = table.store.audit(&AuditQuery { limit: 10, ..AuditQuery::default() }).await.unwrap().items;
    let told: Vec<_> = log.iter().map(|entry| (entry.kind.as_str(), entry.by.as_str())).collect();
    assert_eq!(told, [("sending_settings", "k1")]);

    create(&table, &plan(0)).await;
    let mut second = plan(0).line;
    second.id = LineId::new("ln_second");
    second.number = "+4722000000".parse().unwrap();
    save(&table, &second, Expected::Absent).await.unwrap();
    table.wire.forget();
    let (exits, cap) = table.store.exits().await.unwrap();
    let lines: Vec<_> = exits.lines.iter().map(|line| line.id.as_str()).collect();
    assert_eq!((lines, cap), (vec![LINE_ID, "ln_second"], Some(20_000_000)));
    assert_eq!((exits.default, exits.allowed.len(), exits.refused.len()), (Some(LineId::new(LINE_ID)), 1, 1));
    assert_eq!(table.wire.counts(), [("GetItem".to_owned(), 1), ("Query".to_owned(), 1)].into());
}

#[tokio::test]
async fn a_receipt_finds_its_pages_with_one_read() {
    let table = Table::patient().await;
    let page = |incident: &str, page| SentPage { incident: IncidentId::new(incident), page };
    let bundle = [page("in_1", 3), page("in_2", 1)];
    for _ in 0..2 {
        table.store.record_sent("SM1", &bundle, noon()).await.unwrap();
    }
    table.wire.forget();
    assert_eq!(table.store.sent_pages("SM1").await.unwrap(), bundle);
    assert_eq!(table.wire.counts(), [("GetItem".to_owned(), 1)].into());
    assert_eq!(table.store.sent_pages("SM2").await.unwrap(), []);
    let item = table.item("page#SM1", "page").await.unwrap();
    assert_eq!(item["expires_at"].as_n().unwrap(), &at("2026-11-27T12:00:00Z").as_second().to_string());
}
