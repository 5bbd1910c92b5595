//! One open incident for each key, whoever comes at the same time and in whatever order.

use std::{collections::BTreeSet, sync::Arc};

use jiff::Timestamp;
use oncall::{
    IncidentId, Mode,
    incident::{Cause, Destination, Early, Incident, Signal, Wish, destination},
};
use store::{Error, IncidentSaved, Opened};
use tokio::sync::Barrier;
use wire::{ANY, Fault};

use crate::{
    fixtures::item,
    incidents::{begun, event, incident, noon, payments, stepped, wish},
    organisation::at,
    table::Table,
};

fn one() -> Timestamp {
    at("2026-11-20T13:00:00Z")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_at_once_one_opens_it_and_the_others_join() {
    let table = Table::patient().await;
    let start = Arc::new(Barrier::new(8));
    let racers = (1..=8).map(|racer| {
        let (store, start) = (table.store.clone(), Arc::clone(&start));
        let event = event(&format!("said by {racer}"), noon(), Signal::Trigger);
        tokio::spawn(async move {
            let mut known = store.known_key(Some(&payments()), "disk", noon()).await.unwrap();
            let number = store.next_incident_number().await.unwrap();
            start.wait().await;
            loop {
                let Some(found) = known.incident.take() else {
                    let new = incident(&format!("in_{racer}"), noon());
                    let new = Incident { number, ..new };
                    match store.open_incident(&known, &new).await.unwrap() {
                        Opened::Yes(opened) => return (number, opened.id),
                        Opened::Lost(now) => known = *now,
                    }
                    continue;
                };
                let mut found = found.incident;
                loop {
                    let after = stepped(&found, &Cause::Event(event.clone()), noon());
                    match store.save_incident(&found, &after).await.unwrap() {
                        IncidentSaved::Yes(saved) => return (number, saved.id),
                        IncidentSaved::Lost(winner) => found = winner.incident,
                        IncidentSaved::Overtaken => panic!("nothing is over"),
                    }
                }
            }
        })
    });
    let (mut numbers, mut ids) = (BTreeSet::new(), BTreeSet::new());
    for racer in racers.collect::<Vec<_>>() {
        let (number, id) = racer.await.unwrap();
        numbers.insert(number);
        ids.insert(id);
    }
    assert_eq!((numbers, ids.len()), ((1..=8).collect(), 1), "each number once, one incident");
    let joined = table.incident(ids.first().unwrap()).await.unwrap();
    assert_eq!(joined.events.count, 8, "nothing that was said is lost");
}

#[tokio::test]
async fn a_look_an_opening_and_a_look_at_it_are_few_requests() {
    let table = Table::patient().await;
    table.opened("disk", &incident("in_1", noon())).await;
    let counts = |counts: &[(&str, usize)]| counts.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect();
    assert_eq!(table.wire.counts(), counts(&[("BatchGetItem", 1), ("TransactWriteItems", 1)]));
    table.wire.forget();
    assert_eq!(table.known("disk", noon()).await.incident.unwrap().incident.id, IncidentId::new("in_1"));
    assert_eq!(table.wire.counts(), counts(&[("BatchGetItem", 1), ("GetItem", 1)]));
    let elsewhere = table.store.known_key(None, "disk", noon()).await.unwrap();
    assert_eq!(elsewhere.incident, None, "the same key of another service is another one");
}

#[tokio::test]
async fn what_is_long_over_gives_its_key_to_the_next_and_cannot_come_back() {
    let table = Table::patient().await;
    let first = table.opened("disk", &incident("in_1", noon())).await;
    let open = table.known("disk", noon()).await;
    let over = table.carried(&first, &wish("c", Wish::Resolve), noon()).await;

    // who decided while it was open learns that it is over
    let Opened::Lost(known) = table.store.open_incident(&open, &incident("in_2", noon())).await.unwrap() else {
        panic!("two of one key")
    };
    assert_eq!(known.incident.unwrap().incident, over);

    let known = table.known("disk", one()).await;
    let again = event("e9", one(), Signal::Trigger);
    let latest = known.incident.as_ref().map(|stored| &stored.incident);
    assert_eq!(destination(latest, &again, Mode::Normal, one()), Destination::New);
    let Opened::Yes(second) = table.store.open_incident(&known, &incident("in_2", one())).await.unwrap() else {
        panic!("the key is free")
    };
    assert_eq!(table.known("disk", one()).await.incident.unwrap().incident, *second);

    let back = stepped(&over, &Cause::Event(again), one());
    assert!(!back.is_resolved());
    assert_eq!(table.store.save_incident(&over, &back).await.unwrap(), IncidentSaved::Overtaken);
    let noted = stepped(&over, &Cause::Event(event("e10", noon(), Signal::Note)), one());
    let saved = table.store.save_incident(&over, &noted).await.unwrap();
    assert!(matches!(saved, IncidentSaved::Yes(_)), "late news of it are kept");
    assert_eq!(
        table.known("disk", one()).await.incident.unwrap().incident,
        *second,
        "and the key stays with the second"
    );
}

#[tokio::test]
async fn whoever_brings_the_old_one_back_prevents_the_new_one() {
    let table = Table::patient().await;
    let first = table.opened("disk", &incident("in_1", noon())).await;
    let over = table.carried(&first, &wish("c", Wish::Resolve), noon()).await;
    let known = table.known("disk", one()).await;
    let back = table.carried(&over, &Cause::Event(event("e2", one(), Signal::Trigger)), one()).await;
    assert!(!back.is_resolved());
    let Opened::Lost(now) = table.store.open_incident(&known, &incident("in_2", one())).await.unwrap() else {
        panic!("two open incidents of one key")
    };
    assert_eq!(now.incident.unwrap().incident, back);
    assert_eq!(table.incident(&IncidentId::new("in_2")).await, None);
}

#[tokio::test]
async fn a_resolution_that_overtakes_its_trigger_is_remembered_for_an_hour_and_used_once() {
    let table = Table::patient().await;
    let known = table.known("disk", noon()).await;
    let resolved = event("e2", at("2026-11-20T12:00:05Z"), Signal::Resolve);
    table.wire.next("TransactWriteItems", Fault::CutAfter);
    assert_eq!(table.store.remember_early(&known, &resolved).await.unwrap(), None);
    let item = table.item("incident_key#disk", "early#payments").await.unwrap();
    assert_eq!(item["expires_at"].as_n().unwrap(), &one().as_second().to_string());
    assert_eq!(table.known("disk", one()).await.early, Early::default(), "although it has not been removed yet");

    // who looked before it was said opens nothing
    let Opened::Lost(now) = table.store.open_incident(&known, &incident("in_1", noon())).await.unwrap() else {
        panic!("what was said early is lost")
    };
    assert_eq!(now.early.resolved_at, Some(resolved.at));
    let opening = begun("in_1", noon(), now.early);
    assert!(opening.is_resolved());
    let Opened::Yes(opened) = table.store.open_incident(&now, &opening).await.unwrap() else { panic!("a race") };
    assert_eq!(table.item("incident_key#disk", "early#payments").await, None, "used up");
    assert!(table.item("incident#in_1", "incident").await.unwrap().contains_key("expires_at"));

    // and who looked before it was opened is told
    let told = table.store.remember_early(&now, &resolved).await.unwrap().unwrap();
    assert_eq!(told.incident.unwrap().incident, *opened);
}

#[tokio::test]
async fn what_seemed_early_is_told_to_the_incident_that_was_opened_meanwhile() {
    let table = Table::patient().await;
    let nothing = table.known("disk", noon()).await;
    let opened = table.opened("disk", &incident("in_1", noon())).await;
    let resolved = event("e2", one(), Signal::Resolve);
    let told = table.store.remember_early(&nothing, &resolved).await.unwrap().unwrap();
    assert_eq!(told.incident.unwrap().incident, opened);
    assert_eq!(table.item("incident_key#disk", "early#payments").await, None);

    // and to one that was brought back meanwhile
    let over = table.carried(&opened, &wish("c", Wish::Resolve), noon()).await;
    let long_over = table.known("disk", one()).await;
    let back = table.carried(&over, &Cause::Event(event("e3", one(), Signal::Trigger)), one()).await;
    let told = table.store.remember_early(&long_over, &resolved).await.unwrap().unwrap();
    assert_eq!(told.incident.unwrap().incident, back);
}

#[tokio::test]
async fn a_key_whose_incident_cannot_be_read_gets_another_one() {
    let table = Table::patient().await;
    table.opened("disk", &incident("in_1", noon())).await;
    table.put(item("incident#in_1", "incident", "{}")).await;
    let known = table.known("disk", noon()).await;
    assert_eq!((known.incident.as_ref(), &known.damaged), (None, &Some(IncidentId::new("in_1"))));
    let second = table.opened("disk", &incident("in_2", noon())).await;
    assert_eq!(table.known("disk", noon()).await.incident.unwrap().incident, second);
}

#[tokio::test]
async fn whoever_dies_while_opening_leaves_nothing_or_all_of_it() {
    let table = Table::new().await;
    let known = table.known("disk", noon()).await;
    table.wire.every("TransactWriteItems", Fault::Refuse);
    let failed = table.store.open_incident(&known, &incident("in_1", noon())).await;
    assert!(matches!(failed, Err(Error::Unavailable(_))), "{failed:?}");
    table.wire.mend();
    assert_eq!(table.known("disk", noon()).await, known);
    assert_eq!(table.store.due(at("2027-01-01T00:00:00Z"), 10).await.unwrap(), []);

    table.wire.every("TransactWriteItems", Fault::CutAfter);
    let failed = table.store.open_incident(&known, &incident("in_1", noon())).await;
    assert!(matches!(failed, Err(Error::Unavailable(_))), "{failed:?}");
    table.wire.mend();
    let found = table.known("disk", noon()).await.incident.unwrap().incident;
    assert_eq!((found.version, found.pages.len()), (1, 1));
    assert_eq!(table.store.due(at("2027-01-01T00:00:00Z"), 10).await.unwrap().len(), 1, "the sweep finds its page");
    table.wire.every(ANY, Fault::Refuse);
    let away = table.store.known_key(None, "disk", noon()).await;
    assert!(matches!(away, Err(Error::Unavailable(_))), "{away:?}");
}
