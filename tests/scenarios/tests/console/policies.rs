//! Escalation policies, which read as ladders and are changed step by step.

use api::{EscalationPolicy, Step, Team};
use http::StatusCode;

use crate::house::House;

#[tokio::test]
async fn a_policy_is_told_as_a_ladder() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    for path in ["/console/escalation-policies", "/console/escalation-policies/payments", "/console/teams"] {
        let page = admin.get(path).await;
        assert_eq!((page.status, page.rounds), (StatusCode::OK, 1), "{path}");
        assert!(page.html.len() < 40_000, "{path} has {} bytes", page.html.len());
    }
    let page = admin.get("/console/escalation-policies/payments").await;
    let ladder = page.texts(".ladder li");
    assert_eq!(ladder[0], "Tell whoever is on call in Payments on call.");
    assert_eq!(ladder[1], "Wait 5 minutes.");
}

#[tokio::test]
async fn steps_are_added_changed_moved_and_saved_without_scripts() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let before = house.api.read::<EscalationPolicy>("payments").await.unwrap().value.steps;
    let page = admin.get("/console/escalation-policies/payments").await;
    let page = admin.submit(page.form("#editor").press("Add a step")).await;
    let new = before.len();
    let form = page.form("#editor").set(&format!("steps[{new}].type"), "notify_if_time").press("Change");
    let page = admin.submit(form).await;
    let page = admin.submit(page.form("#editor").press("Add hours")).await;
    let form = page.form("#editor").set(&format!("steps[{new}].hours.timezone"), "Europe/Nowhere");
    let form = form.set(&format!("steps[{new}].targets[0].id"), "person:ola").press("Save");
    let page = admin.submit(form).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!page.wrong(&format!("steps[{new}].hours.timezone")).is_empty());
    assert_eq!(page.value(&format!("steps[{new}].hours.timezone")), "Europe/Nowhere");
    let form = page.form("#editor").set(&format!("steps[{new}].hours.timezone"), "Europe/Oslo");
    let page = admin.submit(form.press_value(&format!("move:steps[{new}]:{}", new - 1))).await;
    let up = format!("move:steps[{}]:{}", new - 1, new - 2);
    let page = admin.submit(page.form("#editor").press_value(&up)).await;
    let save = page.form("#editor").press("Save");
    for _ in 0..2 {
        let page = admin.submit(save.clone()).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.html);
    }
    let saved = house.api.read::<EscalationPolicy>("payments").await.unwrap();
    assert_eq!(saved.value.steps.len(), new + 1);
    let Step::NotifyIfTime { hours, targets, .. } = &saved.value.steps[new - 2] else {
        panic!("{:?}", saved.value.steps)
    };
    assert_eq!((hours.timezone.as_str(), targets[0].id.as_str()), ("Europe/Oslo", "ola"));
    assert_eq!(saved.value.steps[..new - 2], before[..new - 2]);
}

#[tokio::test]
async fn a_step_has_the_inputs_of_its_type_and_is_refused_where_it_stands() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let page = admin.get("/console/escalation-policies/new").await;
    let form = page.form("#editor").set("name", "Night").set("steps[0].type", "wait");
    let page = admin.submit(form.press("Change")).await;
    let page = admin.submit(page.form("#editor").set("steps[0].minutes", "0").press("Save")).await;
    assert_eq!((page.status, page.value("name").as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "Night"));
    assert!(!page.wrong("steps[0].minutes").is_empty());
    assert_eq!(page.value("steps[0].minutes"), "0");
}

#[tokio::test]
async fn what_may_not_be_meant_is_said_and_the_form_goes_on_with_what_was_made() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let page = admin.get("/console/escalation-policies/new").await;
    let page = admin.submit(page.form("#editor").set("name", "Night").press("Save")).await;
    assert!(page.text(".warning").contains("may not mean what you meant"), "{}", page.html);
    let page = admin.submit(page.form("#editor").press("Add somebody")).await;
    let form = page.form("#editor").set("steps[0].targets[0].id", "person:ola");
    let page = admin.submit(form.press("Save")).await;
    assert_eq!((page.status, page.has(".warning")), (StatusCode::OK, false), "{}", page.html);
    assert_eq!(house.api.read::<EscalationPolicy>("night").await.unwrap().version, 2);
}

#[tokio::test]
async fn a_team_is_made_of_those_who_were_chosen() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let page = admin.get("/console/teams/new").await;
    let page = admin.submit(page.form("#editor").set("members[0]", "ola").press("Add a member")).await;
    let page = admin.submit(page.form("#editor").set("members[1]", "ingrid").press("Add a member")).await;
    let page = admin.submit(page.form("#editor").press_value("move:members[1]:0")).await;
    let save = page.form("#editor").set("name", "Night").press("Save");
    for _ in 0..2 {
        assert_eq!(admin.submit(save.clone()).await.text("h1"), "Night");
    }
    let team = house.api.read::<Team>("night").await.unwrap();
    assert_eq!((team.value.members, team.version), (vec!["ingrid".to_owned(), "ola".to_owned()], 1));
}
