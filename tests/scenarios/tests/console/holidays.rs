//! Calendars of holidays: made, used by a line, and kept for as long as something uses them.

use api::{HolidayCalendar, Line, PageQuery};
use http::StatusCode;

use crate::house::House;

#[tokio::test]
async fn pages_of_holidays_take_one_round_and_are_small() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let form = admin.get("/console/holidays/new").await.form("#editor");
    let form = form.set("name", "Our own").set("days[0].name", "Founders' Day").set("days[0].from", "2027-03-01");
    admin.submit(form.press("Create holiday calendar")).await;
    for path in ["", "/our-own"] {
        let page = admin.get(&format!("/console/holidays{path}")).await;
        assert_eq!((page.status, page.rounds), (StatusCode::OK, 1), "{path}");
        assert!(page.html.len() < 45_000, "{path}: {} bytes", page.html.len());
    }
}

#[tokio::test]
async fn a_calendar_is_made_once_and_what_is_refused_stands_beside_its_field() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let form = admin.get("/console/holidays/new").await.form("#editor");
    let form = form.set("name", "Our own").set("days[0].name", "Founders' Day").set("days[0].from", "2027-02-30");
    let page = admin.submit(form.press("Create holiday calendar")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!page.wrong("days[0].from").is_empty());
    let typed = ["name", "days[0].name", "days[0].from"].map(|field| page.value(field));
    assert_eq!(typed, ["Our own", "Founders' Day", "2027-02-30"]);

    let form = page.form("#editor").set("days[0].from", "2027-03-01").press("Create holiday calendar");
    for _ in 0..2 {
        assert_eq!(admin.submit(form.clone()).await.text("h1"), "Our own");
    }
    let made = house.api.read::<HolidayCalendar>("our-own").await.unwrap();
    assert_eq!((made.version, made.value.days[0].name.as_str()), (1, "Founders' Day"));
    assert!(admin.get("/console/holidays").await.text("main").contains("Founders' Day"));
}

#[tokio::test]
async fn a_calendar_that_a_line_uses_is_not_deleted() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let form = admin.get("/console/holidays/new").await.form("#editor");
    let form = form.set("name", "Our own").set("days[0].name", "Founders' Day").set("days[0].from", "2027-03-01");
    admin.submit(form.press("Create holiday calendar")).await;
    let line = house.api.list::<Line>(&PageQuery::default()).await.unwrap().items.remove(0).value.id.unwrap();
    let path = format!("/console/numbers/{line}");
    let mut page = admin.get(&path).await;
    if !page.has("input[name='support_hours.calendars:list']") {
        page = admin.submit(page.form("#editor").press("Set support hours")).await;
    }
    let form = page.form("#editor").set("support_hours.timezone", "Europe/Oslo");
    admin.submit(form.tick("support_hours.calendars:list", "our-own").press("Save")).await;
    let used = house.api.read::<Line>(&line).await.unwrap().value.support_hours.unwrap().calendars;
    assert!(used.contains(&"our-own".to_owned()), "{used:?}");

    let deletion = admin.get("/console/holidays/our-own").await.form("#editor").press("Delete holiday calendar");
    let page = admin.submit(deletion.clone()).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.text(".problem").contains("used"), "{}", page.text(".problem"));
    assert!(house.api.read::<HolidayCalendar>("our-own").await.is_ok());

    let page = admin.submit(admin.get(&path).await.form("#editor").press("Always open instead")).await;
    admin.submit(page.form("#editor").press("Save")).await;
    for _ in 0..2 {
        let page = admin.submit(deletion.clone()).await;
        assert!(page.text(".notice").contains("Deleted"), "{}", page.html);
    }
    assert!(house.api.read::<HolidayCalendar>("our-own").await.is_err());
}
