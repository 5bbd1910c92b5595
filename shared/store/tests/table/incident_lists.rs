//! Incidents in lists: the open ones, and those of a service.

use jiff::SignedDuration;
use oncall::{IncidentId, ServiceId, incident::Wish};
use store::{IncidentPage, IncidentsOf, Opened};

use crate::{
    fixtures::item,
    incidents::{incident, noon, payments, wish},
    table::Table,
};

fn ids(page: &IncidentPage) -> Vec<&str> {
    page.incidents.iter().map(|stored| stored.incident.id.as_str()).collect()
}

#[tokio::test]
async fn the_latest_first_in_pages() {
    let table = Table::patient().await;
    let mut opened = Vec::new();
    for place in 0..5_i64 {
        let new = incident(&format!("in_{place}"), noon() + SignedDuration::from_mins(place));
        opened.push(table.opened(&format!("disk {place}"), &new).await);
    }
    let nobodys = table.store.known_key(None, "come and see", noon()).await.unwrap();
    let Opened::Yes(direct) = table.store.open_incident(&nobodys, &incident("in_9", noon())).await.unwrap() else {
        panic!("a race")
    };
    assert_eq!((direct.service.as_ref(), direct.key.as_str()), (None, "come and see"));
    table.carried(&opened[3], &wish("c", Wish::Resolve), noon()).await;

    table.wire.forget();
    let open = table.store.listed_incidents(IncidentsOf::Open, 50, None).await.unwrap();
    assert_eq!((ids(&open), &open.next), (vec!["in_4", "in_2", "in_1", "in_9", "in_0"], &None));
    assert_eq!(table.wire.counts(), [("BatchGetItem".to_owned(), 1), ("Query".to_owned(), 1)].into());
    assert_eq!(open.incidents[1].incident, opened[2]);

    let payments = payments();
    let (mut seen, mut before) = (Vec::new(), None);
    loop {
        let of = IncidentsOf::Service(&payments);
        let page = table.store.listed_incidents(of, 2, before.as_deref()).await.unwrap();
        seen.extend(ids(&page).into_iter().map(str::to_owned));
        assert!(page.incidents.len() <= 2);
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["in_4", "in_3", "in_2", "in_1", "in_0"], "over or not");
    let other = ServiceId::new("network");
    let none = table.store.listed_incidents(IncidentsOf::Service(&other), 2, None).await.unwrap();
    assert_eq!(none, IncidentPage::default());
}

#[tokio::test]
async fn one_that_cannot_be_read_is_told_and_the_others_are_listed() {
    let table = Table::patient().await;
    for place in 0..3_i64 {
        let new = incident(&format!("in_{place}"), noon() + SignedDuration::from_mins(place));
        table.opened(&format!("disk {place}"), &new).await;
    }
    table.put(item("incident#in_1", "incident", "{}")).await;
    let open = table.store.listed_incidents(IncidentsOf::Open, 50, None).await.unwrap();
    assert_eq!((ids(&open), &open.unreadable), (vec!["in_2", "in_0"], &vec![IncidentId::new("in_1")]));
    let asked = ["in_0", "in_7", "in_2"].map(IncidentId::new);
    let found = table.store.incidents(&asked).await.unwrap();
    let found: Vec<_> = found.incidents.iter().map(|stored| stored.incident.id.as_str()).collect();
    assert_eq!(found, ["in_0", "in_2"], "in the order of the question");
}
