//! Tokens are kept under ids of their own, listed a page at a time, and gone when revoked.

use store::{Action, AuditQuery, Author, StoredToken};

use crate::{organisation::at, table::Table};

pub(crate) fn token(id: &str) -> StoredToken {
    StoredToken {
        id: id.to_owned(),
        name: "backup".to_owned(),
        role: "reader".to_owned(),
        hash: "00".repeat(32),
        last4: "x4Qd".to_owned(),
        created_at: at("2026-11-20T09:00:00Z"),
        created_by: "bootstrap".to_owned(),
        expires_at: None,
    }
}

#[tokio::test]
async fn an_id_is_given_once() {
    let table = Table::new().await;
    assert_eq!(table.store.token("k1").await.unwrap(), None);
    assert!(table.store.add_token(&token("k1"), &Author::of("bootstrap")).await.unwrap());
    let other = StoredToken { name: "other".to_owned(), ..token("k1") };
    assert!(!table.store.add_token(&other, &Author::of("bootstrap")).await.unwrap());
    assert_eq!(table.store.token("k1").await.unwrap(), Some(token("k1")));
    let (by, now) = (Author::of("k2"), at("2026-11-20T10:00:00Z"));
    assert!(table.store.revoke_token("k1", &by, now).await.unwrap());
    assert!(!table.store.revoke_token("k1", &by, now).await.unwrap());
    assert_eq!(table.store.token("k1").await.unwrap(), None);
    let log = table.store.audit(&AuditQuery { limit: 10, ..AuditQuery::default() }).await.unwrap();
    let told: Vec<_> = log.items.iter().map(|entry| (entry.action, entry.id.as_str(), entry.by.as_str())).collect();
    assert_eq!(told, [(Action::Deleted, "k1", "k2"), (Action::Created, "k1", "bootstrap")]);
}

#[tokio::test]
async fn pages_follow_each_other_by_id() {
    let table = Table::new().await;
    for id in ["k3", "k1", "k2"] {
        table.store.add_token(&token(id), &Author::of("k1")).await.unwrap();
    }
    let first = table.store.tokens(None, 2).await.unwrap();
    let rest = table.store.tokens(first.next.as_deref(), 2).await.unwrap();
    let ids: Vec<_> = first.items.iter().chain(&rest.items).map(|token| token.id.as_str()).collect();
    assert_eq!((ids, rest.next), (vec!["k1", "k2", "k3"], None));
}

#[tokio::test]
async fn the_table_forgets_a_token_a_month_after_its_end() {
    let table = Table::new().await;
    let expires_at = Some(at("2026-12-01T00:00:00Z"));
    table.store.add_token(&StoredToken { expires_at, ..token("k1") }, &Author::of("k1")).await.unwrap();
    let item = table.item("tokens", "k1").await.unwrap();
    assert_eq!(item["expires_at"].as_n().unwrap(), &at("2026-12-31T00:00:00Z").as_second().to_string());
    assert_eq!(table.store.token("k1").await.unwrap().unwrap().expires_at, expires_at);
}
