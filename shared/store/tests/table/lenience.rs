//! A plan of which a part is damaged, or newer than this code, still rings somebody.

use oncall::{CallId, LineId, Mode, Plan, Step};
use serde_json::{Value, json};
use store::{Error, PlanKey};

use crate::{
    fixtures::item,
    organisation::{LINE_ID, plan},
    table::Table,
};

/// Puts `value` at `pointer` of the organisation's plan (in place of what is there, or as a new field), and reads it.
async fn damaged(pointer: &str, value: Value) -> Result<(Plan, Vec<String>), Error> {
    let table = Table::new().await;
    table.store.save_plan(&plan(5)).await.unwrap();
    let pk = format!("line#{LINE_ID}");
    let stored = table.item(&pk, "plan").await.unwrap();
    let mut document: Value = serde_json::from_str(stored["doc"].as_s().unwrap()).unwrap();
    let (owner, name) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(owner).unwrap() {
        Value::Array(list) => list[name.parse::<usize>().unwrap()] = value,
        owner => owner[name] = value,
    }
    table.put(item(&pk, "plan", &document.to_string())).await;
    let facts = table.store.facts(PlanKey::Line(&LineId::new(LINE_ID)), &CallId::new("CA1")).await?;
    Ok((facts.plan.unwrap(), facts.problems.iter().map(|problem| problem.part().to_owned()).collect()))
}

/// Checks which parts are reported, and that the plan is otherwise as `expected` makes it.
async fn check(pointer: &str, value: Value, parts: &[&str], expected: impl FnOnce(&mut Plan)) {
    let (read, problems) = damaged(pointer, value).await.unwrap();
    let mut plan = plan(5);
    expected(&mut plan);
    assert_eq!(problems, parts, "{pointer}");
    assert_eq!(read, plan, "{pointer}");
}

#[tokio::test]
async fn a_newer_field_is_ignored() {
    for owner in ["", "/line", "/services/0", "/policies/0/steps/0/notify", "/directory", "/directory/people/3"] {
        check(&format!("{owner}/since"), json!({"format": 2}), &[], |_| {}).await;
    }
}

#[tokio::test]
async fn a_part_of_a_schedule() {
    check(
        "/directory/schedules/1/definition/layers/0/users",
        json!("x"),
        &["directory.schedules[1].definition.layers[0]"],
        |plan| {
            plan.directory.schedules[1].definition.layers.remove(0);
        },
    )
    .await;
    check(
        "/directory/schedules/0/definition/overrides/0",
        json!(7),
        &["directory.schedules[0].definition.overrides[0]"],
        |plan| {
            plan.directory.schedules[0].definition.overrides.clear();
        },
    )
    .await;
    check("/directory/schedules/2/definition/timezone", json!(null), &["directory.schedules[2]"], |plan| {
        plan.directory.schedules.remove(2);
    })
    .await;
    check("/directory/schedules/2/name", json!(["x"]), &["directory.schedules[2].name"], |plan| {
        plan.directory.schedules[2].name.clear();
    })
    .await;
}

#[tokio::test]
async fn a_person_and_a_phone() {
    check("/directory/people/3/phones/0/number", json!("004791"), &["directory.people[3].phones[0]"], |plan| {
        plan.directory.people[3].phones.remove(0);
    })
    .await;
    check("/directory/people/3/phones", json!("+4791000004"), &["directory.people[3].phones"], |plan| {
        plan.directory.people[3].phones.clear();
    })
    .await;
    check("/directory/people/3/id", json!(3), &["directory.people[3]"], |plan| {
        plan.directory.people.remove(3);
    })
    .await;
    check("/directory/teams/0/members/1", json!({}), &["directory.teams[0].members[1]"], |plan| {
        plan.directory.teams[0].members.remove(1);
    })
    .await;
}

#[tokio::test]
async fn a_step() {
    check("/policies/0/steps/1", json!({"page_by_pigeon": {}}), &["policies[0].steps[1]"], |plan| {
        plan.policies[0].steps.remove(1);
    })
    .await;
    let targets = json!([{"robot": "r1"}, {"schedule": "sch_payments"}]);
    check("/policies/0/steps/0/notify/targets", targets, &["policies[0].steps[0].targets[0]"], |_| {}).await;
}

#[tokio::test]
async fn a_condition_that_cannot_be_read_holds() {
    let notify = json!({"targets": [{"schedule": "sch_payments"}], "order": "listed"});
    for condition in ["notify_if_time", "notify_if_moon"] {
        let mut step = json!({});
        step[condition] = json!({"hours": {"timezone": "UTC", "windows": [{"days": ["XX"]}]}, "notify": notify});
        let (plan, problems) = damaged("/policies/0/steps/0", step).await.unwrap();
        assert_eq!(problems, ["policies[0].steps[0].condition"]);
        assert!(matches!(plan.policies[0].steps[0], Step::Notify(_)));
    }
}

#[tokio::test]
async fn a_part_of_the_line() {
    check("/line/voicemail", json!({"enabled": "yes"}), &["line.voicemail"], |_| {}).await;
    check("/line/support_hours", json!({"timezone": 1}), &["line.support_hours"], |_| {}).await;
    check("/line/caller_id", json!("rainbow"), &["line.caller_id"], |_| {}).await;
    check("/line/blocked/0", json!("*"), &["line.blocked[0]"], |plan| plan.line.blocked.clear()).await;
    check("/line/enabled", json!("maybe"), &["line.enabled"], |_| {}).await;
    check("/line/destinations/0/key", json!("12"), &["line.destinations[0]"], |plan| {
        plan.line.destinations.remove(0);
    })
    .await;
}

#[tokio::test]
async fn a_holiday() {
    let sound = json!({"name": "May Day", "from": "2026-05-01", "to": "2026-05-01"});
    let calendars = json!([{"id": "norway", "name": 1, "days": [sound, {"from": "May", "to": "2026-05-02"}]}]);
    let parts = ["directory.calendars[0].days[1]", "directory.calendars[0].name"];
    check("/directory/calendars", calendars, &parts, |plan| {
        let may_day = oncall::Holiday {
            name: "May Day".to_owned(),
            from: "2026-05-01".parse().unwrap(),
            to: "2026-05-01".parse().unwrap(),
            yearly: false,
        };
        let (id, name) = (oncall::CalendarId::new("norway"), String::new());
        plan.directory.calendars.push(oncall::HolidayCalendar { id, name, days: vec![may_day] });
    })
    .await;
}

#[tokio::test]
async fn a_service_mode() {
    check("/services/1/mode", json!({"party": {}}), &["services[1].mode"], |plan| {
        plan.services[1].mode = Mode::Normal;
    })
    .await;
}

#[tokio::test]
async fn a_whole_list() {
    check("/services", json!("none"), &["services"], |plan| plan.services.clear()).await;
    check("/directory/teams", json!(1), &["directory.teams"], |plan| plan.directory.teams.clear()).await;
    check(
        "/directory/schedules/0/definition/overrides",
        json!(1),
        &["directory.schedules[0].definition.overrides"],
        |plan| {
            plan.directory.schedules[0].definition.overrides.clear();
        },
    )
    .await;
}

#[tokio::test]
async fn without_number_or_id_there_is_no_line() {
    for field in ["number", "id"] {
        let refused = damaged(&format!("/line/{field}"), json!(1)).await;
        assert!(matches!(refused, Err(Error::Unreadable { .. })), "{refused:?}");
    }
}
