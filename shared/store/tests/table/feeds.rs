//! Feeds are kept under ids of their own, and gone when revoked.

use oncall::{PersonId, ScheduleId};
use store::{Action, AuditQuery, Author, FeedOf, StoredFeed};

use crate::{organisation::at, table::Table};

fn feed(id: &str, of: FeedOf) -> StoredFeed {
    StoredFeed {
        id: id.to_owned(),
        of,
        hash: "00".repeat(32),
        created_at: at("2026-11-20T09:00:00Z"),
        created_by: "k1".to_owned(),
    }
}

#[tokio::test]
async fn a_feed_is_found_until_it_is_revoked() {
    let table = Table::new().await;
    let nights = feed("f2", FeedOf::Schedule(ScheduleId::new("nights")));
    let ada = feed("f1", FeedOf::Person(PersonId::new("ada")));
    assert!(
        table.store.add_feed(&nights, &Author::of("k1")).await.unwrap()
            && table.store.add_feed(&ada, &Author::of("k1")).await.unwrap()
    );
    assert!(!table.store.add_feed(&feed("f1", FeedOf::Person(PersonId::new("bo"))), &Author::of("k1")).await.unwrap());
    assert_eq!(table.store.feed("f1").await.unwrap(), Some(ada.clone()));
    assert_eq!(table.store.feed("f2").await.unwrap(), Some(nights.clone()));
    assert_eq!(table.store.feeds(None, 10).await.unwrap().items, [ada, nights]);

    let (by, now) = (Author::of("k2"), at("2026-11-20T10:00:00Z"));
    assert!(table.store.revoke_feed("f1", &by, now).await.unwrap());
    assert!(!table.store.revoke_feed("f1", &by, now).await.unwrap());
    assert_eq!(table.store.feed("f1").await.unwrap(), None);
    let log = table.store.audit(&AuditQuery { limit: 1, ..AuditQuery::default() }).await.unwrap();
    assert_eq!((log.items[0].action, log.items[0].kind.as_str()), (Action::Deleted, "feed"));
}
