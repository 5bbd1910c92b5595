//! Services: their modes, and the keys by which tools' events find them.

use api::{Mode, PageQuery, Role, Service};
use entry::Clock;
use http::StatusCode;
use jiff::SignedDuration;

use crate::house::House;

#[tokio::test]
async fn the_mode_is_set_by_a_button() {
    let house = House::seeded().await;
    let operator = house.visitor(Role::Operator).await;
    for path in ["/console/services", "/console/services/payments"] {
        let page = operator.get(path).await;
        assert_eq!((page.status, page.rounds), (StatusCode::OK, 1), "{path}");
        assert!(page.html.len() < 40_000, "{path} has {} bytes", page.html.len());
    }
    let form = operator.get("/console/services/payments").await.form("form[action$='/mode']");
    let page = operator.submit(form.press("Maintenance for 30 minutes")).await;
    assert_eq!(page.text(".notice"), "The mode is set.");
    let mode = house.api.read::<Service>("payments").await.unwrap().value.mode.unwrap();
    assert_eq!((mode.mode, mode.until.is_some()), (Mode::Maintenance, true));
    let form = page.form("form[action$='/mode']").set("minutes", "soon").press("Try out for so long");
    let page = operator.submit(form).await;
    assert_eq!((page.status, page.value("minutes").as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "soon"));
    assert!(page.wrong("minutes").contains("whole number"));
    let form = page.form("form[action$='/mode']").set("until", "2020-01-01T10:00").press("Maintenance until then");
    let page = operator.submit(form).await;
    assert!(!page.wrong("until").is_empty());
    assert_eq!(page.value("until"), "2020-01-01T10:00");
    let in_two_days = Clock::system().now().checked_add(SignedDuration::from_hours(48)).unwrap();
    let end = in_two_days.strftime("%Y-%m-%dT%H:%M").to_string();
    let form = page.form("form[action$='/mode']").set("until", &end).set("_zone", "UTC");
    operator.submit(form.press("Maintenance until then")).await;
    let mode = house.api.read::<Service>("payments").await.unwrap().value.mode.unwrap();
    assert_eq!(mode.until.unwrap().to_string(), format!("{end}:00Z"));
    operator.submit(page.form("form[action$='/mode']").press("Back to normal")).await;
    let mode = house.api.read::<Service>("payments").await.unwrap().value.mode.unwrap();
    assert_eq!(mode.mode, Mode::Normal);
}

#[tokio::test]
async fn another_policy_leaves_the_mode_as_it_is() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let page = admin.get("/console/services/payments").await;
    let page = admin.submit(page.form("form[action$='/mode']").press("for 2 hours")).await;
    let form = page.form("#editor").set("acknowledged_minutes", "0").press("Save");
    let page = admin.submit(form).await;
    assert_eq!(page.value("acknowledged_minutes"), "0");
    assert!(!page.wrong("acknowledged_minutes").is_empty());
    let save = page.form("#editor").set("acknowledged_minutes", "45").set("policy", "platform").press("Save");
    for _ in 0..2 {
        assert_eq!(admin.submit(save.clone()).await.status, StatusCode::OK);
    }
    let service = house.api.read::<Service>("payments").await.unwrap().value;
    assert_eq!((service.policy.as_str(), service.acknowledged_minutes), ("platform", Some(45)));
    assert_eq!(service.mode.unwrap().mode, Mode::Maintenance);
}

#[tokio::test]
async fn a_key_is_shown_once_with_all_that_tools_need_and_the_same_form_makes_no_second_one() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let page = admin.get("/console/services/payments").await;
    let form = page.form("form[action$='/keys']").set("name", "alertmanager").press("Make a key");
    let page = admin.submit(form.clone()).await;
    let secret = page.text(".secret");
    assert_eq!(secret.len(), 32);
    let snippets = page.texts("pre").join("\n");
    assert!(snippets.contains(&format!("{}/events/alertmanager", house.stack.running.webhooks)));
    assert!(snippets.contains(&secret));
    // as the page says, so it works
    let event = r#"{"action": "trigger", "summary": "Lag"}"#;
    let asked = reqwest::Client::new().post(format!("{}/events", house.stack.running.webhooks)).body(event);
    let asked = asked.header("content-type", "application/json").bearer_auth(&secret);
    assert_eq!(asked.send().await.unwrap().status().as_u16(), 202);
    let page = admin.submit(form).await;
    assert!(page.wrong("name").starts_with("is taken"));
    assert!(!page.html.contains(&secret));
    let keys = async || house.api.routing_keys("payments", &PageQuery::default()).await.unwrap().items;
    assert_eq!(keys().await.len(), 1);
    let remove = page.form("td form").press("Remove alertmanager");
    for _ in 0..2 {
        let page = admin.submit(remove.clone()).await;
        assert!(page.text(".notice").starts_with("Removed."));
    }
    assert!(keys().await.is_empty());
}
