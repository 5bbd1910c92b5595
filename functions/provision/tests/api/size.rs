//! What a whole request costs does not depend on how large the organisation is, but on how many lines reach what it saves.

use std::collections::BTreeMap;

use oncall::{Destination, Key, ServiceId};
use serde_json::json;

use crate::{
    house::House,
    organisation::{keep, line, policy, settle, verify},
};

/// How large an organisation is.
#[derive(Clone, Copy, Debug)]
struct Size {
    /// Services and schedules that no line reaches.
    services: usize,
    schedules: usize,
    /// Lines that reach whoever is saved, and over how many services each.
    lines: usize,
    destinations: u8,
}

/// Requests to the table of one `PUT /people/ada`, the token's and the answer's included.
async fn cost(size: Size) -> BTreeMap<String, usize> {
    let (house, wire) = House::wired().await;
    settle(&house).await;
    verify(&house).await;
    let own = |place: u8| if place == 0 { "payments".to_owned() } else { format!("payments_{place}") };
    for place in 1..size.destinations {
        house.make("/escalation-policies", policy(&own(place))).await;
        let service = json!({"id": own(place), "name": own(place), "policy": own(place)});
        house.make("/services", service).await;
    }
    for place in 0..size.lines {
        let destination = |place: u8| Destination {
            key: Key::from_char(char::from(b'0' + place)).unwrap(),
            service: ServiceId::new(own(place)),
            label: own(place),
        };
        let destinations = (0..size.destinations).map(destination).collect();
        let line = line(&format!("ln_{place:05}"), &format!("+47210{place:05}"));
        keep(&house, &oncall::Line { destinations, ..line }).await;
    }
    let document = house.table.document("services", "payments").await;
    house.table.fill("services", "payments", &document, size.services).await;
    let document = house.table.document("schedules", "primary").await;
    house.table.fill("schedules", "primary", &document, size.schedules).await;

    let mut person = house.get("/people/ada").await.body;
    person["name"] = json!("Ada Lovelace");
    wire.forget();
    let answer = house.ask("PUT", "/people/ada").header("if-match", "*").json(&person).send().await;
    assert_eq!((answer.status, &answer.body["rebuilding"]), (200, &json!([])), "{answer:?}");
    wire.counts()
}

const SMALL: Size = Size { services: 10, schedules: 10, lines: 1, destinations: 1 };

#[tokio::test]
async fn a_request_in_a_large_organisation_costs_what_it_does_in_a_small_one() {
    let small = cost(SMALL).await;
    let larger = [
        SMALL,
        Size { services: 1_000, ..SMALL },
        Size { services: 1_000, schedules: 10_000, ..SMALL },
        // services that do reach whoever is saved: what a line can reach is bounded by its ten keys
        Size { destinations: 10, ..SMALL },
        Size { lines: 10, destinations: 10, ..SMALL },
    ];
    for size in larger {
        let counts = cost(size).await;
        println!("{size:?}: {} requests, {counts:?}", counts.values().sum::<usize>());
        assert_eq!(counts, small, "{size:?}");
    }
}
