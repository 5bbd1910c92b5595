//! Incidents: what somebody who is woken up sees and does.

use api::{IncidentQuery, IncidentStatus, Role};
use http::StatusCode;

use crate::{house::House, page::Page};

/// The largest page that a telephone has to load, without styles and scripts.
const LARGEST: usize = 60_000;

#[track_caller]
fn is_one_round(page: &Page) {
    assert_eq!((page.status, page.rounds), (StatusCode::OK, 1), "{}", page.html);
    assert!(page.html.len() < LARGEST, "{} bytes", page.html.len());
}

async fn how_many(house: &House) -> usize {
    house.api.incidents(&IncidentQuery::default()).await.unwrap().items.len()
}

#[tokio::test]
async fn people_are_paged_once_and_whoever_takes_it_has_it() {
    let house = House::seeded().await;
    let operator = house.visitor(Role::Operator).await;
    let form = operator.get("/console/incidents/new").await.form("form.editor");
    let form = form.set("summary", "Please look at the checkout").tick("whom:list", "person:ingrid");
    for _ in 0..2 {
        let page = operator.submit(form.clone().press_value("page")).await;
        assert_eq!(page.text("h1"), "#1 Please look at the checkout");
        assert_eq!(page.text("#state"), "Nobody has it");
    }
    assert_eq!(how_many(&house).await, 1);

    let list = operator.get("/console/incidents").await;
    is_one_round(&list);
    assert_eq!(list.text("#live [role=status]"), "1 incident is open. Nobody has it.");
    let acknowledge = list.form(".happenings form").press("Acknowledge");
    for _ in 0..2 {
        let page = operator.submit(acknowledge.clone()).await;
        assert_eq!(page.text("#state"), "You have it");
        assert_eq!(page.text(".notice"), "You have it. Nobody else is paged.");
        is_one_round(&page);
    }
    let page = operator.get(&acknowledge.path).await;
    assert!(!page.html.contains("value=\"acknowledge\""), "what is done is not offered");
    assert!(!page.html.contains("value=\"escalate\""), "there is no policy");

    let admin = house.admin().await;
    let seen = admin.get(&acknowledge.path).await;
    assert!(seen.text("#state").starts_with("Token "), "{}", seen.text("#state"));
    let page = admin.submit(seen.form(".thumbs").press_value("resolve")).await;
    assert_eq!(page.text("#state"), "Over: resolved by you");
    assert!(!page.has(".thumbs"), "nothing can be done any more");
    // whoever comes too late is told
    let page = operator.submit(acknowledge).await;
    assert!(page.text("#state").starts_with("Over"), "{}", page.text("#state"));
    assert_eq!(how_many(&house).await, 0);
}

#[tokio::test]
async fn what_is_refused_stands_beside_its_field() {
    let house = House::seeded().await;
    let operator = house.visitor(Role::Operator).await;
    let form = operator.get("/console/incidents/new").await.form("form.editor");
    let page =
        operator.submit(form.set("severity", "warning").tick("whom:list", "team:leads").press_value("page")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!page.wrong("summary").is_empty());
    assert_eq!(page.value("severity"), "warning");
    assert!(page.has("[value='team:leads'][checked]"));
    assert_eq!(how_many(&house).await, 0);
    let page = operator.submit(page.form("form.editor").set("summary", "Look").press_value("page")).await;
    assert_eq!(page.text("h1"), "#1 Look");

    let silence = page.form("form:has(#f-silence-minutes)").set("silence.minutes", "for ever").press_value("silence");
    let refused = operator.submit(silence).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.wrong("silence.minutes"), "must be a whole number");
    assert_eq!(refused.value("silence.minutes"), "for ever");
    let again = refused.form("form:has(#f-silence-minutes)").set("silence.minutes", "30").press_value("silence");
    let page = operator.submit(again).await;
    assert_eq!(page.text("#state"), "Silenced by you");
    let open = house.api.incidents(&IncidentQuery::default()).await.unwrap().items;
    assert_eq!(open.iter().map(|it| it.status).collect::<Vec<_>>(), [IncidentStatus::Silenced]);
}

#[tokio::test]
async fn a_reader_sees_and_is_offered_nothing() {
    let house = House::seeded().await;
    let operator = house.visitor(Role::Operator).await;
    let form = operator.get("/console/incidents/new").await.form("form.editor");
    let form = form.set("summary", "Look").tick("whom:list", "person:ingrid").press_value("page");
    let page = operator.submit(form).await;
    let path = page.path.split('?').next().unwrap().to_owned();
    let reader = house.visitor(Role::Reader).await;
    for path in [path.as_str(), "/console/incidents", "/console/incidents/new"] {
        let page = reader.get(path).await;
        is_one_round(&page);
        assert!(!page.has("main form[method=post]"), "{path}");
    }
    assert!(reader.get(&path).await.html.contains("takes the role operator"));
}
