//! What a save and a webhook cost does not depend on how large the organisation is.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::{PutRequest, WriteRequest};
use oncall::{CallId, NamedSchedule, Person, Service};
use store::{Configured, Expected, PlanKey};

use crate::{
    configuration::{create, save},
    organisation::{NUMBER, plan},
    table::{NAME, Table, number, text},
};

/// Objects that no line reaches, beside those that are there.
pub(crate) async fn fill(table: &Table, partition: &str, id: &str, document: &str, many: usize) {
    let writes: Vec<_> = (0..many)
        .map(|place| {
            let own = format!("{id}_{place:05}");
            let document = document.replacen(id, &own, 1);
            let put = PutRequest::builder()
                .item("pk", text(partition))
                .item("sk", text(&own))
                .item("doc", text(&document))
                .item("format", number(1))
                .item("version", number(1));
            WriteRequest::builder().put_request(put.build().unwrap()).build()
        })
        .collect();
    for some in writes.chunks(25) {
        table.direct.batch_write_item().request_items(NAME, some.to_vec()).send().await.unwrap();
    }
}

pub(crate) async fn document<T: Configured>(table: &Table, partition: &str, id: &str) -> String {
    assert!(table.store.find::<T>(id).await.unwrap().is_some());
    table.item(partition, id).await.unwrap()["doc"].as_s().unwrap().clone()
}

/// Requests and bytes of a save of a person, and of a webhook's read.
async fn cost(services: usize, schedules: usize) -> (BTreeMap<String, usize>, BTreeMap<String, usize>, usize) {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let service = document::<Service>(&table, "services", "network").await;
    fill(&table, "services", "network", &service, services).await;
    let schedule = document::<NamedSchedule>(&table, "schedules", "sch_network").await;
    fill(&table, "schedules", "sch_network", &schedule, schedules).await;

    let mut person = table.store.find::<Person>("per_07").await.unwrap().unwrap().value;
    person.name = "Grace".to_owned();
    table.wire.forget();
    save(&table, &person, Expected::Version(1)).await.unwrap();
    let save = table.wire.counts();
    table.wire.forget();
    let dialled = NUMBER.parse().unwrap();
    table.store.facts(PlanKey::Number(&dialled), &CallId::new("CA1")).await.unwrap();
    let bytes = table.wire.passed().iter().filter_map(|passed| passed.answered).sum();
    (save, table.wire.counts(), bytes)
}

#[tokio::test]
async fn a_large_organisation_costs_what_a_small_one_does() {
    let small = cost(10, 10).await;
    for (services, schedules) in [(10, 10), (1_000, 10), (10, 10_000), (1_000, 10_000)] {
        let (save, webhook, bytes) = cost(services, schedules).await;
        println!("{services} services, {schedules} schedules: a save {save:?}, a webhook {webhook:?} of {bytes} bytes");
        assert_eq!((save, webhook, bytes), small);
    }
    let counts = |counts: &[(&str, usize)]| counts.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect();
    let save: BTreeMap<_, _> = counts(&[("BatchGetItem", 2), ("GetItem", 1), ("Query", 1), ("TransactWriteItems", 1)]);
    assert_eq!(small.0, save);
    assert_eq!(small.1, counts(&[("BatchGetItem", 1)]));
    assert!(small.2 > 5_000, "a plan has passed: {} bytes", small.2);
}
