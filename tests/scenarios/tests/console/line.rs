//! A line's own page: it is configured there, and neither made nor deleted.

use api::{Line, PageQuery, Service};
use http::StatusCode;

use crate::house::House;

/// The line that is always open.
async fn hotline(house: &House) -> (String, Line) {
    let lines = house.api.list::<Line>(&PageQuery::default()).await.unwrap().items;
    let line = lines.into_iter().map(|stored| stored.value).find(|line| line.name == "Hotline").unwrap();
    (line.id.clone().unwrap(), line)
}

#[tokio::test]
async fn what_was_read_is_what_is_saved() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    for stored in house.api.list::<Line>(&PageQuery::default()).await.unwrap().items {
        let before = stored.value;
        let id = before.id.clone().unwrap();
        let page = admin.submit(admin.get(&format!("/console/numbers/{id}")).await.form("#editor").press("Save")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.html);
        assert_eq!(house.api.read::<Line>(&id).await.unwrap().value, before);
    }
}

#[tokio::test]
async fn a_line_is_configured_without_scripts() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let (id, before) = hotline(&house).await;
    let service = house.api.list::<Service>(&PageQuery::default()).await.unwrap().items.remove(0).value.id.unwrap();
    let page = admin.get(&format!("/console/numbers/{id}")).await;
    let page = admin.submit(page.form("#editor").set("name", "Vakt").press("Add a destination")).await;
    let added = format!("destinations[{}]", before.destinations.len());
    let form = page.form("#editor").set(&format!("{added}.service"), &service).set(&format!("{added}.label"), "more");
    let place = before.destinations.len() - 1;
    let page = admin.submit(form.press_value(&format!("move:{added}:{place}"))).await;
    let page = admin.submit(page.form("#editor").press("Set support hours")).await;
    let form = page.form("#editor").set("support_hours.timezone", "Europe/Oslo");
    let page = admin.submit(form.set("support_hours.holidays", "2026-12-24\n2026-12-31").press("Add hours")).await;
    let page = admin.submit(page.form("#editor").press_value("put:prompts.greeting")).await;
    let form = page.form("#editor").set("prompts.greeting", "Hei, dette er {line}.").set("blocked", "+4790*\n+46*");
    let page = admin.submit(form.press("Save")).await;
    assert_eq!((page.status, page.text("h1").as_str()), (StatusCode::OK, "Vakt"), "{}", page.html);

    let after = house.api.read::<Line>(&id).await.unwrap().value;
    assert_eq!((after.name.as_str(), after.number), ("Vakt", before.number));
    let mut others = after.destinations;
    let added = others.remove(place);
    assert_eq!((added.service.as_str(), added.label.as_str()), (&*service, "more"));
    assert_eq!(others, before.destinations);
    let hours = after.support_hours.unwrap();
    assert_eq!((hours.windows.len(), hours.windows[0].days.len(), hours.holidays.len()), (2, 5, 2));
    assert_eq!(after.prompts["greeting"], "Hei, dette er {line}.");
    assert_eq!(after.blocked.len(), 2);

    let page = admin.get(&format!("/console/numbers/{id}")).await;
    let page = admin.submit(page.form("#editor").press("Always open instead")).await;
    let page = admin.submit(page.form("#editor").press_value("remove:prompts.greeting")).await;
    admin.submit(page.form("#editor").press("Save")).await;
    let after = house.api.read::<Line>(&id).await.unwrap().value;
    assert_eq!((after.support_hours, after.prompts.get("greeting")), (None, None));
}

#[tokio::test]
async fn a_refusal_stands_beside_its_field_and_what_was_typed_stays() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let (id, before) = hotline(&house).await;
    let form = admin.get(&format!("/console/numbers/{id}")).await.form("#editor");
    let page = admin.submit(form.set("ring_seconds", "4").set("name", "Typed").press("Save")).await;
    assert_eq!((page.status, page.value("name").as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "Typed"));
    assert!(!page.wrong("ring_seconds").is_empty());
    assert_eq!(house.api.read::<Line>(&id).await.unwrap().value, before);
}

#[tokio::test]
async fn the_page_says_who_would_be_rung_and_what_would_be_said() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let (id, line) = hotline(&house).await;
    let page = admin.get(&format!("/console/numbers/{id}")).await;
    assert_eq!(page.texts("details.who").len(), line.destinations.len());
    assert!(page.has(".rungs .rings a[href^='/console/people/']"));
    let page = admin.submit(page.form("#editor").set("name", "The bridge").press_value("add:destinations")).await;
    let page = admin.submit(page.form("#editor").press_value("remove:destinations[3]")).await;
    assert!(page.texts(".words p").iter().any(|words| words.contains("The bridge")), "as it would be saved");
}

#[tokio::test]
async fn a_line_is_neither_made_nor_deleted_by_a_form() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let (id, before) = hotline(&house).await;
    assert_eq!(admin.get("/console/numbers/new").await.status, StatusCode::NOT_FOUND);
    let page = admin.get(&format!("/console/numbers/{id}")).await;
    let body = format!("{}&_do=delete", page.form("#editor").body());
    let page = admin.post(&format!("/console/numbers/{id}"), body).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(house.api.read::<Line>(&id).await.unwrap().value, before);
}
