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
async fn who_is_on_call_everywhere_and_who_comes_next() {
    let house = House::open().await;
    settle(&house).await;
    let mut alone = schedule("quiet");
    alone["layers"][0]["users"] = json!([["ada"]]);
    let mut monthly = schedule("slow");
    monthly["layers"][0]["frequency"] = json!("monthly");
    monthly["layers"][0]["shift_length"] = json!("P20D");
    for one in [&alone, &monthly] {
        assert_eq!(house.ask("POST", "/schedules").json(one).send().await.status, 201);
    }
    let first = house.get("/on-call?limit=2").await.body;
    let primary = &first["items"][0];
    assert_eq!((&primary["schedule"], &primary["timezone"]), (&json!("primary"), &json!("Europe/Oslo")));
    assert_eq!(primary["people"], json!([{"id": "bo", "name": "bo", "reason": "layer Days, group 2"}]));
    assert_eq!(primary["until"], "2026-11-21T08:00:00+01:00");
    assert_eq!(primary["next"], json!([{"id": "ada", "name": "ada", "reason": "layer Days, group 1"}]));
    // ada follows ada, so that nothing ever changes
    let quiet = &first["items"][1];
    assert_eq!((&quiet["people"][0]["id"], &quiet["until"], &quiet["next"]), (&json!("ada"), &json!(null), &json!([])));
    let rest = house.get(&format!("/on-call?cursor={}", first["next"].as_str().unwrap())).await.body;
    let slow = &rest["items"][0];
    // beyond what is looked at first, and into a gap
    assert_eq!((slow["people"].as_array().unwrap().len(), &slow["next"]), (1, &json!([])));
    assert_eq!(slow["until"], "2026-12-10T08:00:00+01:00");
    assert_eq!(rest["next"], json!(null));
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

/// Who, from when to when, of each layer.
fn layers(timeline: &Value) -> Vec<String> {
    let rows = timeline["layers"].as_array().unwrap().iter();
    rows.map(|layer| {
        let shifts = layer["shifts"].as_array().unwrap().iter().map(shown);
        format!("{} {}: {}", layer["name"].as_str().unwrap(), layer["priority"], shifts.collect::<Vec<_>>().join(", "))
    })
    .collect()
}

#[tokio::test]
async fn what_stands_behind_the_final_shifts() {
    let house = House::open().await;
    settle(&house).await;
    let mut two = schedule("primary");
    let nights = json!({
        "name": "Nights", "priority": 1, "users": [["bo"]], "frequency": "daily", "start": "2026-10-20T20:00",
        "shift_length": "PT2H",
    });
    two["layers"].as_array_mut().unwrap().push(nights);
    two["overrides"] =
        json!([{"start": "2026-11-22T12:00:00+01:00", "end": "2026-11-22T14:00:00+01:00", "users": ["ada"]}]);
    let saved = house.ask("PUT", "/schedules/primary").header("if-match", "*").json(&two).send().await;
    let window = "from=2026-11-21T00:00Z&to=2026-11-23T00:00Z";
    let plain = house.get(&format!("/schedules/primary/timeline?{window}")).await.body;
    assert_eq!((&plain["layers"], &plain["overrides"]), (&Value::Null, &Value::Null));
    assert_eq!(plain["names"], json!({"ada": "ada", "bo": "bo"}));
    let told = house.get(&format!("/schedules/primary/timeline?{window}&detail=true")).await.body;
    assert_eq!(told["shifts"], plain["shifts"]);
    assert_eq!(
        layers(&told),
        [
            "Days 0: 2026-11-21T01:00:00+01:00 bo, 2026-11-21T08:00:00+01:00 ada, 2026-11-22T08:00:00+01:00 bo",
            "Nights 1: 2026-11-21T20:00:00+01:00 bo, 2026-11-22T20:00:00+01:00 bo",
        ]
    );
    assert_eq!(told["overrides"], saved.body["overrides"]);
    // what was taken away had been in force until then
    let id = told["overrides"][0]["id"].as_str().unwrap();
    house.at("2026-11-22T12:00:00Z");
    assert_eq!(house.ask("DELETE", &format!("/schedules/primary/overrides/{id}")).send().await.status, 200);
    let later = house.get(&format!("/schedules/primary/timeline?{window}&detail=true")).await.body;
    assert_eq!(later["overrides"], told["overrides"]);
    let after = house.get("/schedules/primary/timeline?from=2026-11-22T12:00Z&to=2026-11-23T00:00Z&detail=true").await;
    assert_eq!(after.body["overrides"], json!([]));
    house.get("/schedules/primary/timeline?detail=much").await.refuses(422, "refused", &["detail"]);
}

#[tokio::test]
async fn a_schedule_is_seen_before_it_is_saved() {
    let house = House::open().await;
    settle(&house).await;
    let (_, reader) = house.token("reader", None).await;
    let preview = |body: Value| {
        let asking = house.ask("POST", "/schedules/preview").token(&reader).json(&body);
        async move { asking.send().await }
    };
    let window = |schedule: &Value| json!({"schedule": schedule, "from": "2026-11-21T00:00:00Z", "to": "2026-11-23T00:00:00Z", "detail": true});
    let kept = "/schedules/primary/timeline?from=2026-11-21T00:00Z&to=2026-11-23T00:00Z&detail=true";
    // what was read can be looked at as it is
    let read = house.get("/schedules/primary").await.body;
    assert_eq!(preview(window(&read)).await.body, house.get(kept).await.body);

    let mut changed = schedule("primary");
    changed.as_object_mut().unwrap().remove("id");
    changed["layers"][0]["users"] = json!([["bo"], ["ada"]]);
    let told = preview(window(&changed)).await.body;
    assert_eq!(told["schedule"], "unsaved");
    assert_eq!(
        layers(&told),
        ["Days 0: 2026-11-21T01:00:00+01:00 ada, 2026-11-21T08:00:00+01:00 bo, 2026-11-22T08:00:00+01:00 ada"]
    );
    assert_eq!(house.get("/schedules/primary").await.body, read, "nothing is saved");

    // as saving refuses it
    changed["layers"][0]["users"] = json!([["eve"], ["ada"]]);
    changed["timezone"] = json!("Mars/Olympus");
    let saved = house.ask("POST", "/schedules").json(&changed).send().await;
    let fields: Vec<String> = saved.problem().2.iter().map(|field| format!("schedule.{field}")).collect();
    assert!(fields.contains(&"schedule.layers[0].users[0][0]".to_owned()), "{fields:?}");
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    preview(window(&changed)).await.refuses(422, "refused", &fields);
    let mut late = window(&read);
    late["to"] = json!("2027-11-23T00:00:00Z");
    preview(late).await.refuses(422, "refused", &["to"]);
    let mut odd = window(&read);
    odd["schedule"]["layers"][0]["colour"] = json!("red");
    preview(odd).await.refuses(422, "refused", &["schedule.layers[0].colour"]);
    let mut named = window(&read);
    for id in ["A B", "preview"] {
        named["schedule"]["id"] = json!(id);
        preview(named.clone()).await.refuses(422, "refused", &["schedule.id"]);
    }
    house.ask("POST", "/schedules").json(&schedule("preview")).send().await.refuses(422, "refused", &["id"]);
}

#[tokio::test]
async fn more_shifts_than_an_answer_holds_are_refused() {
    let house = House::open().await;
    settle(&house).await;
    let mut crowd = schedule("crowd");
    let hourly = |priority: u32| {
        json!({"name": format!("Layer {priority}"), "priority": priority, "users": [["ada"], ["bo"]],
            "frequency": "hourly", "start": "2026-10-24T00:00"})
    };
    crowd["layers"] = (0..20).map(hourly).collect();
    let preview = async |to: &str, detail: bool| {
        let body = json!({"schedule": crowd, "from": "2026-11-21T00:00:00Z", "to": to, "detail": detail});
        house.ask("POST", "/schedules/preview").json(&body).send().await
    };
    preview("2027-03-20T00:00:00Z", true).await.refuses(422, "refused", &["to"]);
    let whole = preview("2027-03-20T00:00:00Z", false).await;
    assert_eq!((whole.status, whole.body["shifts"].as_array().unwrap().len()), (200, 119 * 24));
    let short = preview("2026-11-28T00:00:00Z", true).await;
    assert_eq!((short.status, short.body["layers"].as_array().unwrap().len()), (200, 20));
}
