use jiff::Timestamp;
use store::{EXPIRES_AT, Room};

use crate::table::{Table, number};

fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

#[tokio::test]
async fn a_minute_has_room_for_so_many_and_the_next_one_again() {
    let table = Table::new().await;
    let count = async |key: &str, events, instant| table.store.count_events(key, events, 5, at(instant)).await.unwrap();
    assert_eq!(count("a", 1, "2026-11-20T10:00:00Z").await, Room::Yes);
    assert_eq!(count("a", 3, "2026-11-20T10:00:30.5Z").await, Room::Yes);
    assert_eq!(count("a", 3, "2026-11-20T10:00:31Z").await, Room::Yes, "four are counted: the last ones may go beyond");
    assert_eq!(count("a", 1, "2026-11-20T10:00:31Z").await, Room::Full { seconds: 29 });
    assert_eq!(count("a", 1, "2026-11-20T10:00:59.999Z").await, Room::Full { seconds: 1 });
    assert_eq!(count("b", 1, "2026-11-20T10:00:31Z").await, Room::Yes);
    assert_eq!(count("a", 1, "2026-11-20T10:01:00Z").await, Room::Yes);
}

#[tokio::test]
async fn what_is_refused_is_not_counted_and_counts_expire() {
    let table = Table::new().await;
    for _ in 0..3 {
        table.store.count_events("a", 2, 2, at("2026-11-20T10:00:31Z")).await.unwrap();
    }
    let item = table.item("event_rate#a", "2026-11-20T10:00:00Z").await.unwrap();
    assert_eq!(item["events"], number(2));
    assert_eq!(item[EXPIRES_AT], number(1_795_172_400));
}

#[tokio::test]
async fn counting_is_one_request() {
    let table = Table::new().await;
    table.wire.forget();
    table.store.count_events("a", 1, 1, at("2026-11-20T10:00:00Z")).await.unwrap();
    table.store.count_events("a", 1, 1, at("2026-11-20T10:00:00Z")).await.unwrap();
    assert_eq!(table.wire.counts(), [("UpdateItem".to_owned(), 2)].into());
}
