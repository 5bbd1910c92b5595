//! What the organisation stands on: tokens, the audit log, readiness, and all of it as a file.

use api::{PageQuery, Person, Role};
use http::{StatusCode, header::CONTENT_DISPOSITION};

use crate::house::House;

#[tokio::test]
async fn each_page_takes_one_round() {
    let house = House::seeded().await;
    for role in [Role::Reader, Role::Admin] {
        let visitor = house.visitor(role).await;
        for path in ["/console/tokens", "/console/audit", "/console/readiness", "/console/configuration"] {
            let page = visitor.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.rounds <= 1, "{path} took {} rounds", page.rounds);
            assert!(page.html.len() < 45_000, "{path} has {} bytes", page.html.len());
        }
    }
}

#[tokio::test]
async fn the_overview_says_who_is_on_call_now() {
    let house = House::seeded().await;
    let on_call = house.api.on_call_everywhere(&PageQuery::default()).await.unwrap().items;
    let page = house.visitor(Role::Reader).await.get("/console").await;
    assert!(page.rounds <= 1, "{} rounds", page.rounds);
    for one in on_call {
        let link = format!(r#"/console/schedules/{}">{}<"#, one.schedule, one.name);
        assert!(page.html.contains(&link), "{link}");
        let [person] = one.people.as_slice() else { panic!("{one:?}") };
        assert!(page.html.contains(&format!("<strong>{}</strong>", person.name.as_deref().unwrap())), "{person:?}");
    }
}

#[tokio::test]
async fn a_token_is_made_once_shown_once_and_revoked() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let page = admin.get("/console/tokens").await;
    let page = admin.submit(page.form("form").set("role", "operator").press("Make a token")).await;
    assert_eq!((page.status, page.value("role").as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "operator"));
    assert!(!page.wrong("name").is_empty());
    let form = page.form("section form").set("name", "Grete's phone").set("_days", "30").press("Make a token");
    let made = admin.submit(form.clone()).await;
    let secret = made.text(".secret");
    let grete = house.stranger();
    let sign_in = grete.get("/console/sign-in").await.form("form").set("token", &secret);
    assert_eq!(grete.submit(sign_in).await.status, StatusCode::OK);
    let page = admin.submit(form).await;
    assert!(page.wrong("name").starts_with("is taken"));
    assert!(!page.html.contains(&secret));
    let page = admin.submit(page.form("td form").press("Revoke Grete's phone")).await;
    assert!(page.text(".notice").starts_with("Revoked."));
    assert!(house.api.tokens(&PageQuery::default()).await.unwrap().items.is_empty());
    assert_eq!(grete.get("/console/people").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_log_says_who_changed_what_and_goes_on_to_what_is_older() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let operator = house.visitor(Role::Operator).await;
    let form = operator.get("/console/services/payments").await.form("form[action$='/mode']");
    operator.submit(form.press("for 2 hours")).await;
    let page = admin.get("/console/audit?kind=service&id=payments&by=").await;
    assert_eq!(page.texts("tbody tr:first-child td")[1..], ["a operator", "updated service payments", "mode"]);
    for minute in 1..60_u32 {
        let change = api::ModeChange { mode: api::Mode::Debug, minutes: Some(minute), until: None };
        house.api.set_mode("payments", &change).await.unwrap();
    }
    let page = admin.get("/console/audit?kind=service").await;
    assert_eq!(page.texts("tbody tr").len(), 50);
    let older = admin.get(&page.attribute("a[rel=next]", "href")).await;
    assert!(older.texts("tbody tr").len() >= 10, "{}", older.html);
    assert_eq!(older.value("kind"), "service");
}

#[tokio::test]
async fn what_is_missing_is_told_with_where_to_mend_it() {
    let house = House::empty().await;
    let admin = house.admin().await;
    let page = admin.get("/console/readiness").await;
    let links = page.texts(".finding a");
    assert!(links.contains(&"To the Twilio accounts".to_owned()), "{}", page.html);
    assert!(links.contains(&"To the numbers".to_owned()));
}

#[tokio::test]
async fn a_file_is_looked_at_before_it_is_applied_and_applied_to_what_was_looked_at() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let file = admin.get("/console/configuration/organisation.yaml").await;
    assert_eq!(file.headers[CONTENT_DISPOSITION], "attachment; filename=\"organisation.yaml\"");
    let other = file.html.replace("Ola Haugen", "Ola H.");
    assert_ne!(other, file.html);
    let ola = async || house.api.read::<Person>("ola").await.unwrap().value.name;

    let page = admin.get("/console/configuration").await;
    let page = admin.submit(page.form("#apply form").set("document", &other).press("Show what would change")).await;
    assert_eq!(page.texts("#apply td")[..4], ["person", "ola", "changed", "name"]);
    assert_eq!(ola().await, "Ola Haugen");
    let apply = page.form("#apply form").press("Apply this plan");

    // somebody else saves meanwhile
    let form = admin.get("/console/people/sofie").await.form("#editor").set("name", "Sofie H.").press("Save");
    assert_eq!(admin.submit(form).await.status, StatusCode::OK);
    let page = admin.submit(apply).await;
    assert!(page.text("#apply .warning").contains("Somebody has saved"), "{}", page.html);
    assert_eq!(ola().await, "Ola Haugen");

    let apply = page.form("#apply form").press("Apply this plan");
    let page = admin.submit(apply.clone()).await;
    assert_eq!(page.text("#apply .notice"), "All of it was applied.");
    assert_eq!(ola().await, "Ola H.");
    // the same form once more finds nothing left to do
    let page = admin.submit(apply).await;
    assert!(page.text("#apply .notice").starts_with("Nothing differs"), "{}", page.html);
}

#[tokio::test]
async fn a_file_that_would_leave_something_wrong_is_refused_and_kept() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let wrong = r#"{"services": [{"id": "payments", "name": "Payments", "policy": "nothing"}]}"#;
    let page = admin.get("/console/configuration").await;
    let page = admin.submit(page.form("#apply form").set("document", wrong).press("Show what would change")).await;
    assert_eq!((page.status, page.value("document").as_str()), (StatusCode::UNPROCESSABLE_ENTITY, wrong));
    assert!(page.text("#apply .problem li").starts_with("services[0].policy"), "{}", page.html);
    assert!(!page.texts("button").contains(&"Apply this plan".to_owned()));
}
