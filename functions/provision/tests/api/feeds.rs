//! Calendars are read by whoever has their address, as long as the feed is not revoked.

use serde_json::{Value, json};

use crate::{
    house::{Answer, House},
    organisation::{person, schedule, settle},
};

/// What `.ci/check-calendars` reads with somebody else's parser.
const FIXTURE: &str = include_str!("../../fixtures/primary.ics");

async fn feed(house: &House, of: Value) -> (String, String) {
    let made = house.make("/feeds", of).await.body;
    (made["feed"]["id"].as_str().unwrap().to_owned(), made["path"].as_str().unwrap().to_owned())
}

async fn read(house: &House, path: &str) -> Answer {
    house.ask_anything("GET", path).send().await
}

/// The lines of the calendar that begin with one of these names, long ones put together again.
fn lines(answer: &Answer, names: &[&str]) -> Vec<String> {
    let text = answer.body.as_str().unwrap().replace("\r\n ", "");
    let named = |line: &&str| names.iter().any(|name| line.starts_with(&format!("{name}:")));
    text.split("\r\n").filter(named).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_calendar_is_what_others_can_read() {
    let house = House::open().await;
    settle(&house).await;
    house.make("/people", json!({"id": "gh", "name": "Grace, «Amazing»; 日本 Hopper\\Murray 🙂 of the Navy, who is on call as well as anybody else"})).await;
    let layer = json!({
        "name": "Weeks", "users": [["ada", "gh"], ["bo"]], "frequency": "weekly", "start": "2026-10-05T08:00",
        "until": "2026-12-24T00:00",
    });
    let schedule = json!({"id": "weeks", "name": "Weeks; day, night", "timezone": "Europe/Oslo", "layers": [layer]});
    house.make("/schedules", schedule).await;
    let (_, path) = feed(&house, json!({"schedule": "weeks"})).await;
    let calendar = read(&house, &path).await;
    assert_eq!(calendar.header("content-type"), Some("text/calendar; charset=utf-8"));
    assert_eq!(calendar.header("cache-control"), Some("private, max-age=300"));
    assert_eq!(calendar.body.as_str().unwrap(), FIXTURE);
}

#[tokio::test]
async fn a_calendar_is_sent_once_as_long_as_it_is_the_same() {
    let house = House::open().await;
    settle(&house).await;
    let (_, path) = feed(&house, json!({"schedule": "primary"})).await;
    let tag = read(&house, &path).await.etag();
    house.at("2026-11-20T23:59:59Z");
    let again = house.ask_anything("GET", &path).header("if-none-match", &format!("\"x\", W/{tag}")).send().await;
    assert_eq!((again.status, again.etag(), again.body.is_null()), (304, tag.clone(), true));
    house.at("2026-11-21T00:00:00Z");
    let tomorrow = house.ask_anything("GET", &path).header("if-none-match", &tag).send().await;
    assert_eq!(tomorrow.status, 200);
}

#[tokio::test]
async fn past_shifts_do_not_change() {
    let house = House::open().await;
    settle(&house).await;
    let (_, path) = feed(&house, json!({"schedule": "primary"})).await;
    house.at("2026-11-21T12:00:00Z");
    let before = lines(&read(&house, &path).await, &["DTSTART", "UID", "SUMMARY"]);
    let mut changed = schedule("primary");
    changed["layers"][0]["users"] = json!([["bo"]]);
    let put = house.ask("PUT", "/schedules/primary").header("if-match", "*").json(&changed).send().await;
    assert_eq!(put.status, 200, "{put:?}");
    let after = lines(&read(&house, &path).await, &["DTSTART", "UID", "SUMMARY"]);
    // Bo's shift since the schedule was saved first, and Ada's, which is cut short
    assert_eq!(before[..6], after[..6]);
    assert_eq!(after[7], "DTSTART:20261121T120000Z");
    assert!(after[6..].iter().filter(|line| line.starts_with("SUMMARY")).all(|line| line == "SUMMARY:bo"), "{after:?}");
}

#[tokio::test]
async fn one_person_has_one_calendar_of_all_schedules() {
    let house = House::open().await;
    settle(&house).await;
    let weekly = json!({
        "id": "backup", "name": "Backup", "timezone": "UTC",
        "layers": [{"name": "All", "users": [["cy", "ada"], ["cy", "bo"]], "frequency": "weekly", "start": "2026-11-23T08:00",
            "until": "2026-12-01T00:00"}],
    });
    house.make("/people", person("cy", "+4791000003")).await;
    house.make("/schedules", weekly).await;
    let (_, path) = feed(&house, json!({"person": "cy"})).await;
    let calendar = read(&house, &path).await;
    // two weeks in a row, whoever is there besides
    assert_eq!(
        lines(&calendar, &["X-WR-CALNAME", "DTSTART", "DTEND", "SUMMARY"]),
        ["X-WR-CALNAME:On call: cy", "DTSTART:20261123T080000Z", "DTEND:20261207T080000Z", "SUMMARY:On call: Backup"]
    );
    let (_, path) = feed(&house, json!({"person": "ada"})).await;
    let summaries = lines(&read(&house, &path).await, &["SUMMARY"]);
    assert_eq!(summaries.first().map(String::as_str), Some("SUMMARY:On call: Backup"));
    assert_eq!(summaries.last().map(String::as_str), Some("SUMMARY:On call: primary"));
}

#[tokio::test]
async fn a_person_keeps_their_past_shifts_when_a_schedule_has_others() {
    let house = House::open().await;
    settle(&house).await;
    let (_, path) = feed(&house, json!({"person": "ada"})).await;
    house.at("2026-11-25T12:00:00Z");
    let before = lines(&read(&house, &path).await, &["DTSTART", "UID"]);
    let mut changed = schedule("primary");
    changed["layers"][0]["users"] = json!([["bo"]]);
    let put = house.ask("PUT", "/schedules/primary").header("if-match", "*").json(&changed).send().await;
    assert_eq!(put.status, 200, "{put:?}");
    let after = lines(&read(&house, &path).await, &["DTSTART", "UID"]);
    assert_eq!(after, before[..after.len()]);
    let days: Vec<&str> = after.iter().filter_map(|line| line.strip_prefix("DTSTART:")).collect();
    assert_eq!(days, ["20261121T070000Z", "20261123T070000Z", "20261125T070000Z"]);
    let users = house.ask("DELETE", "/people/ada").header("if-match", "*").send().await;
    assert!(!users.body.to_string().contains("primary"), "it names her no more: {users:?}");
}

#[tokio::test]
async fn what_is_shorter_than_a_second_is_no_event() {
    let house = House::open().await;
    settle(&house).await;
    let (_, path) = feed(&house, json!({"schedule": "primary"})).await;
    for (at, user) in [("2026-11-21T12:00:00.1Z", "bo"), ("2026-11-21T12:00:00.9Z", "ada")] {
        house.at(at);
        let mut changed = schedule("primary");
        changed["layers"][0]["users"] = json!([[user]]);
        let put = house.ask("PUT", "/schedules/primary").header("if-match", "*").json(&changed).send().await;
        assert_eq!(put.status, 200, "{put:?}");
    }
    let calendar = read(&house, &path).await;
    let times = lines(&calendar, &["DTSTART", "DTEND"]);
    assert!(times.contains(&"DTEND:20261121T120000Z".to_owned()), "{times:?}");
    for event in times.chunks(2) {
        let (start, end) = (event[0].strip_prefix("DTSTART:").unwrap(), event[1].strip_prefix("DTEND:").unwrap());
        assert!(start < end, "{start} {end}");
    }
}

#[tokio::test]
async fn a_shift_without_an_end_stays_one_event() {
    let house = House::open().await;
    settle(&house).await;
    let layer = json!({"name": "Always", "users": [["ada"]], "start": "2026-11-01T00:00"});
    house.make("/schedules", json!({"id": "ever", "name": "Ever", "timezone": "UTC", "layers": [layer]})).await;
    let (_, path) = feed(&house, json!({"schedule": "ever"})).await;
    house.at("2027-06-01T09:00:00Z");
    let first = lines(&read(&house, &path).await, &["UID", "SUMMARY"]);
    house.at("2027-07-01T09:00:00Z");
    assert_eq!((first.len(), lines(&read(&house, &path).await, &["UID", "SUMMARY"])), (2, first));
}

#[tokio::test]
async fn an_address_counts_until_it_is_revoked() {
    let house = House::open().await;
    settle(&house).await;
    let (id, path) = feed(&house, json!({"schedule": "primary"})).await;
    assert_eq!(path.len(), "/feeds/".len() + 12 + 1 + 43);
    assert_eq!(read(&house, &path).await.status, 200);
    let mut guess = path.clone();
    let last = if guess.pop() == Some('A') { 'B' } else { 'A' };
    guess.push(last);
    for other in [guess.as_str(), &path[..20], "/feeds/x", "/feeds/_", &format!("/feeds/{id}_")] {
        read(&house, other).await.refuses(404, "not-found", &[]);
    }
    let listed = house.get("/feeds").await.body;
    assert_eq!((&listed["items"][0]["id"], &listed["items"][0]["schedule"]), (&json!(id), &json!("primary")));
    assert!(!listed.to_string().contains(&path[20..]));
    let revoke = || house.ask("DELETE", &format!("/feeds/{id}")).send();
    assert_eq!(revoke().await.status, 204);
    revoke().await.refuses(404, "not-found", &[]);
    read(&house, &path).await.refuses(404, "not-found", &[]);
}

#[tokio::test]
async fn a_reader_has_feeds_of_their_own() {
    let house = House::open().await;
    settle(&house).await;
    let (admins, _) = feed(&house, json!({"schedule": "primary"})).await;
    let (_, token) = house.token("reader", None).await;
    let made = house.ask("POST", "/feeds").token(&token).json(&json!({"person": "ada"})).send().await;
    let own = made.body["feed"]["id"].clone();
    let listed = house.ask("GET", "/feeds").token(&token).send().await.body;
    assert_eq!(listed["items"].as_array().unwrap().iter().map(|feed| &feed["id"]).collect::<Vec<_>>(), [&own]);
    assert_eq!(house.get("/feeds").await.body["items"].as_array().unwrap().len(), 2);
    let revoke = |id: &str| house.ask("DELETE", &format!("/feeds/{id}")).token(&token).send();
    revoke(&admins).await.refuses(404, "not-found", &[]);
    assert_eq!(revoke(own.as_str().unwrap()).await.status, 204);
}

#[tokio::test]
async fn a_feed_is_of_something_that_exists() {
    let house = House::open().await;
    settle(&house).await;
    for (wanted, field) in [
        (json!({}), "schedule"),
        (json!({"schedule": "primary", "person": "ada"}), "person"),
        (json!({"schedule": "nothing"}), "schedule"),
        (json!({"person": "nobody"}), "person"),
        (json!({"team": "leads"}), "team"),
    ] {
        house.ask("POST", "/feeds").json(&wanted).send().await.refuses(422, "refused", &[field]);
    }
}
