//! The sweep finds what is due, all of it and nothing else.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use oncall::{
    IncidentId,
    incident::{Cause, Incident, Wish},
};
use store::{Due, DueItem};

use crate::{
    incidents::{incident, noon, sent, stepped, wish},
    organisation::at,
    table::Table,
};

async fn due(table: &Table, until: Timestamp) -> Vec<DueItem> {
    table.store.due(until, 1_000).await.unwrap()
}

fn of(incident: &Incident) -> DueItem {
    DueItem { what: Due::Incident(incident.id.clone()), at: incident.due().unwrap() }
}

#[tokio::test]
async fn an_incident_is_due_when_it_says_so_and_never_after_its_end() {
    let table = Table::patient().await;
    let mut incident = table.opened("disk", &incident("in_1", noon())).await;
    let causes = [
        (sent(1), "2026-11-20T12:00:01Z"),
        (Cause::Time, "2026-11-20T12:05:00.5Z"),
        (wish("a", Wish::Acknowledge), "2026-11-20T12:06:00Z"),
        (wish("s", Wish::Silence { until: at("2026-11-20T14:00:00Z") }), "2026-11-20T12:07:00Z"),
        (wish("c", Wish::Resolve), "2026-11-20T12:08:00Z"),
    ];
    let mut moments = 0;
    for (cause, instant) in causes {
        if let Some(moment) = incident.due() {
            moments += 1;
            assert_eq!(due(&table, moment).await, [of(&incident)], "{cause:?}");
            let before = moment - SignedDuration::from_nanos(1);
            assert_eq!(due(&table, before).await, [], "before {cause:?}");
        }
        incident = table.carried(&incident, &cause, at(instant)).await;
    }
    assert_eq!((moments, due(&table, Timestamp::MAX).await), (4, vec![]));
}

#[tokio::test]
async fn of_many_exactly_those_that_are_due_and_the_longest_first() {
    let table = Table::patient().await;
    let mut expected = Vec::new();
    for place in 0..40_i64 {
        let opened_at = noon() + SignedDuration::from_mins(place);
        let new = incident(&format!("in_{place}"), opened_at);
        let opened = table.opened(&format!("disk {place}"), &new).await;
        expected.push(of(&opened));
    }
    let shards: BTreeSet<String> = {
        let scan = table.direct.scan().table_name(crate::table::NAME).send().await.unwrap();
        scan.items().iter().filter_map(|item| Some(item.get("due_in")?.as_s().unwrap().clone())).collect()
    };
    assert_eq!(shards.len(), 4, "all shards are in use");
    table.wire.forget();
    let until = expected[29].at;
    assert_eq!(due(&table, until).await, expected[..30]);
    assert_eq!(table.wire.counts(), [("Query".to_owned(), 4)].into());
    assert_eq!(table.store.due(until, 7).await.unwrap(), expected[..7], "a bounded sweep takes the oldest");
}

#[tokio::test]
async fn an_incident_whose_carrier_died_is_found_with_its_page_ordered() {
    let table = Table::patient().await;
    let opened = table.opened("disk", &incident("in_1", noon())).await;
    // saved, and nobody sends it
    let found = due(&table, at("2026-11-20T12:01:00Z")).await;
    let [DueItem { what: Due::Incident(id), .. }] = &found[..] else { panic!("{found:?}") };
    let found = table.incident(id).await.unwrap();
    assert_eq!(found, opened);
    let looked = stepped(&found, &Cause::Time, at("2026-11-20T12:01:00Z"));
    assert_ne!(looked.pages, found.pages, "Twilio is asked about it");
    assert_eq!(id, &IncidentId::new("in_1"));
}
