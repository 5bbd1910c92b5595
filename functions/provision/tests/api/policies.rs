//! Escalation policies: steps of every type, and what the domain says of them.

use serde_json::json;

use crate::{house::House, organisation::settle};

#[tokio::test]
async fn steps_of_every_type_come_back_as_they_went() {
    let house = House::open().await;
    settle(&house).await;
    let targets = json!([{"type": "person", "id": "ada"}]);
    let hours = json!({
        "timezone": "Europe/Oslo", "holidays": ["2026-12-25"], "calendars": [],
        "windows": [{"days": ["MO", "SU"], "from": "22:00:00", "to": "06:00:00"}],
    });
    let steps = json!([
        {"type": "notify", "targets": targets, "order": "random", "ring_seconds": 30, "channel": "voice"},
        {"type": "notify_if_events", "events": 3, "minutes": 10, "targets": targets, "order": "listed",
         "ring_seconds": null, "channel": "sms"},
        {"type": "notify_if_time", "hours": hours, "targets": targets, "order": "listed", "ring_seconds": null,
         "channel": null},
        {"type": "wait", "minutes": 5},
        {"type": "repeat", "times": 2},
        {"type": "resolve"},
    ]);
    let made = house.make("/escalation-policies", json!({"id": "all", "name": "All", "steps": steps})).await;
    assert_eq!(made.body["steps"], steps);
    assert_eq!(house.get("/escalation-policies/all").await.body["steps"], steps);
}

#[tokio::test]
async fn refusals_and_warnings_name_the_fields_of_json() {
    let house = House::open().await;
    settle(&house).await;
    let targets = json!([{"type": "person", "id": "eve"}]);
    let steps = json!([
        {"type": "notify", "targets": targets, "ring_seconds": 4},
        {"type": "wait", "minutes": 0},
        {"type": "notify_if_events", "events": 0, "minutes": 5, "targets": targets},
        {"type": "notify_if_time", "hours": {"timezone": "X", "windows": []}, "targets": []},
        {"type": "repeat", "times": 6},
    ]);
    let policy = json!({"name": "Odd", "steps": steps, "fallback": "eve"});
    let answer = house.ask("POST", "/escalation-policies").json(&policy).send().await;
    let (_, _, mut fields) = answer.problem();
    fields.sort_unstable();
    assert_eq!(
        fields,
        [
            "fallback",
            "steps[0].ring_seconds",
            "steps[0].targets[0]",
            "steps[1].minutes",
            "steps[2].events",
            "steps[2].targets[0]",
            "steps[3].hours.timezone",
            "steps[3].hours.windows",
            "steps[4].times",
        ]
    );
    let twice = json!([{"type": "person", "id": "ada"}, {"type": "person", "id": "ada"}]);
    let policy = json!({"name": "Twice", "steps": [{"type": "notify", "targets": twice}]});
    let made = house.make("/escalation-policies", policy).await.body;
    assert_eq!(
        made["warnings"],
        json!([{"field": "steps[0].targets[1]", "message": "is named before in the same step"}])
    );
}
