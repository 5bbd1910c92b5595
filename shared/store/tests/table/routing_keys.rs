//! A routing key is found by its hash as long as it stands, and goes with its service.

use oncall::{EscalationPolicy, PolicyId, Service, ServiceId};
use store::{Action, AuditQuery, Author, Expected, SaveContext, StoredRoutingKey};

use crate::{organisation::at, table::Table};

fn key(id: &str, service: &str) -> StoredRoutingKey {
    StoredRoutingKey {
        id: id.to_owned(),
        service: service.to_owned(),
        name: "alertmanager".to_owned(),
        hash: format!("hash of {id}"),
        last4: "x4qd".to_owned(),
        created_at: at("2026-11-20T09:00:00Z"),
        created_by: "k1".to_owned(),
    }
}

async fn with_service(table: &Table, by: &Author) -> ServiceId {
    let context = SaveContext { by, at: at("2026-11-20T08:00:00Z"), prompts: &[] };
    let policy = PolicyId::new("usual");
    let usual = EscalationPolicy { id: policy.clone(), name: "Usual".to_owned(), steps: vec![], fallback: None };
    table.store.save(&usual, Expected::Any, &context).await.unwrap();
    let id = ServiceId::new("payments");
    let service = Service {
        id: id.clone(),
        name: "Payments".to_owned(),
        policy,
        mode: oncall::Mode::Normal,
        acknowledged_minutes: None,
    };
    table.store.save(&service, Expected::Absent, &context).await.unwrap();
    id
}

#[tokio::test]
async fn a_key_counts_until_it_is_removed() {
    let table = Table::new().await;
    let by = Author::of("k2");
    let payments = with_service(&table, &by).await;
    assert!(table.store.add_routing_key(&key("b", "payments"), &Author::of("k1")).await.unwrap());
    assert!(table.store.add_routing_key(&key("a", "payments"), &Author::of("k1")).await.unwrap());
    assert!(!table.store.add_routing_key(&key("c", "nothing"), &Author::of("k1")).await.unwrap());

    let found = async |id: &str| table.store.service_of_routing_key(&format!("hash of {id}")).await.unwrap();
    assert_eq!((found("a").await, found("c").await), (Some(payments.clone()), None));
    let listed = table.store.routing_keys(&payments, None, 1).await.unwrap();
    assert_eq!(listed.items, [key("a", "payments")]);
    let listed = table.store.routing_keys(&payments, listed.next.as_deref(), 1).await.unwrap();
    assert_eq!(listed.items, [key("b", "payments")]);

    let now = at("2026-11-20T10:00:00Z");
    assert!(table.store.remove_routing_key(&payments, "a", &by, now).await.unwrap());
    assert!(!table.store.remove_routing_key(&payments, "a", &by, now).await.unwrap());
    assert_eq!((found("a").await, found("b").await), (None, Some(payments)));
    let log = table.store.audit(&AuditQuery { limit: 1, ..AuditQuery::default() }).await.unwrap();
    assert_eq!((log.items[0].action, log.items[0].id.as_str()), (Action::Deleted, "payments/a"));
}

#[tokio::test]
async fn looking_a_key_up_is_one_request() {
    let table = Table::new().await;
    let by = Author::of("k2");
    with_service(&table, &by).await;
    table.store.add_routing_key(&key("a", "payments"), &Author::of("k1")).await.unwrap();
    table.wire.forget();
    table.store.service_of_routing_key("hash of a").await.unwrap();
    assert_eq!(table.wire.counts(), [("GetItem".to_owned(), 1)].into());
}

#[tokio::test]
async fn keys_go_with_their_service() {
    let table = Table::new().await;
    let by = Author::of("k2");
    let payments = with_service(&table, &by).await;
    table.store.add_routing_key(&key("a", "payments"), &Author::of("k1")).await.unwrap();
    let context = SaveContext { by: &by, at: at("2026-11-20T11:00:00Z"), prompts: &[] };
    table.store.delete::<Service>("payments", Expected::Any, &context).await.unwrap();
    with_service(&table, &by).await;
    assert_eq!(table.store.service_of_routing_key("hash of a").await.unwrap(), None);
    assert_eq!(table.store.routing_keys(&payments, None, 10).await.unwrap().items, []);
}
