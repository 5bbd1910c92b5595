//! Who is on call, was and will be.

use serde_json::{Value, json};

use crate::{
    house::House,
    organisation::{schedule, settle},
};

#[tokio::test]
async fn who_is_on_call_and_why() {
    let house = House::open().await;
    settle(&house).await;
    let now = house.get("/schedules/primary/on-call").await.body;
    assert_eq!(now["at"], "2026-11-20T10:00:00+01:00");
    assert_eq!(now["people"], json!([{"id": "bo", "name": "bo", "reason": "layer Days, group 2"}]));
    let tomorrow = house.get("/schedules/primary/on-call?at=2026-11-21T10:00:00+01:00").await.body;
    assert_eq!(tomorrow["people"][0]["id"], "ada");
    // nobody was on call by a schedule that did not exist
    let before = house.get("/schedules/primary/on-call?at=2026-11-19T10:00:00Z").await.body;
    assert_eq!(before["people"], json!([]));
    house.get("/schedules/primary/on-call?at=tomorrow").await.refuses(422, "refused", &["at"]);
    house.get("/schedules/none/on-call").await.refuses(404, "not-found", &[]);
}

#[tokio::test]
async fn editing_changes_the_future_alone() {
    let house = House::open().await;
    settle(&house).await;
    house.at("2026-11-25T09:00:00Z");
    let mut changed = schedule("primary");
    changed["layers"][0]["users"] = json!([["bo"], ["ada"]]);
    let saved = house.ask("PUT", "/schedules/primary").header("if-match", "*").json(&changed).send().await;
    assert_eq!(saved.status, 200, "{saved:?}");
    let timeline = house.get("/schedules/primary/timeline?from=2026-11-20T00:00Z&to=2026-11-27T00:00Z").await.body;
    let shifts: Vec<String> = timeline["shifts"].as_array().unwrap().iter().map(shown).collect();
    assert_eq!(
        shifts,
        [
            "2026-11-20T01:00:00+01:00 gap", // before it was first saved
            "2026-11-20T10:00:00+01:00 bo",
            "2026-11-21T08:00:00+01:00 ada",
            "2026-11-22T08:00:00+01:00 bo",
            "2026-11-23T08:00:00+01:00 ada",
            "2026-11-24T08:00:00+01:00 bo",
            "2026-11-25T08:00:00+01:00 ada", // until it was edited
            "2026-11-25T10:00:00+01:00 bo",
            "2026-11-26T08:00:00+01:00 ada",
        ]
    );
    let past = house.get("/schedules/primary/on-call?at=2026-11-25T08:59:59Z").await.body;
    assert_eq!(past["people"][0]["id"], "ada");
}

fn shown(shift: &Value) -> String {
    let people: Vec<_> = shift["people"].as_array().unwrap().iter().map(|person| person.as_str().unwrap()).collect();
    assert_eq!(shift["gap"], people.is_empty());
    format!(
        "{} {}",
        shift["start"].as_str().unwrap(),
        if people.is_empty() { "gap".to_owned() } else { people.join(" ") }
    )
}

#[tokio::test]
async fn a_timeline_tells_the_hour_that_comes_twice_apart() {
    let house = House::open().await;
    house.at("2026-10-01T00:00:00Z");
    settle(&house).await;
    let mut hourly = schedule("hourly");
    hourly["layers"][0]["frequency"] = json!("hourly");
    hourly["layers"][0]["start"] = json!("2026-10-24T00:00");
    house.make("/schedules", hourly).await;
    let timeline = house.get("/schedules/hourly/timeline?from=2026-10-25T00:00Z&to=2026-10-25T03:00Z").await.body;
    let starts: Vec<_> =
        timeline["shifts"].as_array().unwrap().iter().map(|shift| shift["start"].as_str().unwrap()).collect();
    assert_eq!(starts, ["2026-10-25T02:00:00+02:00", "2026-10-25T03:00:00+01:00"]);
    assert_eq!(timeline["to"], "2026-10-25T04:00:00+01:00");
    let window = |query: &str| format!("/schedules/hourly/timeline?{query}");
    house.get(&window("from=2026-10-25T00:00Z&to=2026-10-25T00:00Z")).await.refuses(422, "refused", &["to"]);
    house.get(&window("from=2026-01-01T00:00Z&to=2026-10-25T00:00Z")).await.refuses(422, "refused", &["to"]);
    assert_eq!(house.get(&window("")).await.body["from"], "2026-08-02T02:00:00+02:00");
}
