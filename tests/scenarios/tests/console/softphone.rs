//! The softphone, without scripts.

use api::{AllCallsQuery, IncidentQuery, Role};
use http::StatusCode;

use crate::{house::House, page::Page};

#[track_caller]
fn transcript(page: &Page) -> Vec<String> {
    page.texts(".transcript > li > div")
}

#[tokio::test]
async fn a_call_is_tried_and_nobody_is_called() {
    let house = House::seeded().await;
    let reader = house.visitor(Role::Reader).await;
    let lines = reader.get("/console/try").await;
    assert_eq!((lines.status, lines.rounds), (StatusCode::OK, 1));
    let path = lines.attribute("main li a", "href");
    let page = reader.get(&path).await;
    assert_eq!((page.status, page.rounds), (StatusCode::OK, 1));
    assert!(page.text("#calls-nobody").starts_with("This calls nobody."));
    assert_eq!(page.text(".handset .big"), "Ready to dial");

    let form = page.form(".softphone").set("_who", "number").set("_number", "+47 90 00 00 09");
    let form = form.set("_when", "2026-11-20T12:00").set("_zone", "Europe/Oslo").set("others", "mailbox");
    let menu = reader.submit(form.press_value("dial")).await;
    assert_eq!((menu.status, menu.rounds), (StatusCode::OK, 1), "{}", menu.html);
    assert!(menu.html.len() < 60_000, "{} bytes", menu.html.len());
    assert_eq!(menu.text("#waits"), "You are asked what it is about");
    assert!(transcript(&menu)[0].contains("Welcome to Hotline."), "{:?}", transcript(&menu));
    assert_eq!(menu.text("[data-key='1'] span"), "Payments");
    assert!(menu.html.contains("datetime=\"2026-11-20T11:00:00Z\""), "the clock in Oslo");

    let ringing = reader.submit(menu.form(".softphone").press_value("press:1")).await;
    assert!(ringing.text("#waits").contains("phone rings"), "{}", ringing.text("#waits"));
    assert!(ringing.text(".rungs").contains("not waited for on a live call"), "what is passed over has its reason");
    assert_eq!(ringing.value("_number"), "+47 90 00 00 09");
    assert_eq!(ringing.text(".choices .main span"), "as you chose");
    assert_eq!(ringing.attribute(".choices .main", "value"), "phone:mailbox");

    let asked = reader.submit(ringing.form(".softphone").press_value("phone:picks_up")).await;
    assert!(asked.text("#waits").starts_with("You are "), "{}", asked.text("#waits"));
    let talking = reader.submit(asked.form(".softphone").press_value("press:1")).await;
    assert!(talking.text("#waits").contains("speak with each other"), "{}", talking.text("#waits"));
    let back = reader.submit(talking.form(".softphone").press_value("take-back")).await;
    assert_eq!(back.text("#waits"), asked.text("#waits"));
    let over = reader.submit(talking.form(".softphone").press_value("wait")).await;
    assert_eq!(over.text("#waits"), "The call is over");
    assert!(over.text(".handset").contains("A human took the call."), "{}", over.text(".handset"));
    assert!(transcript(&over).iter().any(|line| line.contains("hear each other")), "{:?}", transcript(&over));

    let calls = house.api.all_calls(&AllCallsQuery::default()).await.unwrap().items;
    let incidents = house.api.incidents(&IncidentQuery::default()).await.unwrap().items;
    assert_eq!((calls, incidents), (Vec::new(), Vec::new()), "nothing is kept");
}

#[tokio::test]
async fn what_cannot_be_tried_says_why_and_keeps_what_was_typed() {
    let house = House::seeded().await;
    let reader = house.visitor(Role::Reader).await;
    let path = reader.get("/console/try").await.attribute("main li a", "href");
    let form = reader.get(&path).await.form(".softphone").set("_who", "number").set("_number", "12");
    let page = reader.submit(form.set("_when", "2026-11-20T03:00").press_value("dial")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!page.wrong("_number").is_empty());
    assert_eq!((page.value("_number"), page.value("_when")), ("12".to_owned(), "2026-11-20T03:00".to_owned()));
    let page = reader.submit(page.form(".softphone").set("_zone", "Oslo").press_value("dial")).await;
    assert!(!page.wrong("_zone").is_empty());

    // a key that was pressed twice, the second time while it rang: the call goes on without it
    let form = page.form(".softphone").set("_zone", "Europe/Oslo").set("_number", "+4790000009");
    let menu = reader.submit(form.press_value("dial")).await;
    let ringing = reader.submit(menu.form(".softphone").press_value("press:1")).await;
    let twice = ringing.form(".softphone").set("_moves", "press:1 press:1");
    let page = reader.submit(twice).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text(".problem").contains("not asked for just now"), "{}", page.text(".problem"));
}
