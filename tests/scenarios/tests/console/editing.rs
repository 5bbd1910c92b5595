//! The one way in which objects are edited, on the page of a person.

use api::Person;
use http::StatusCode;

use crate::house::House;

#[tokio::test]
async fn what_is_refused_stands_beside_its_field_and_nothing_typed_is_lost() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let form = admin.get("/console/people/new").await.form("#editor");
    let form = form.set("name", "Grete").set("phones[0].number", "12").set("timezone", "Europe/Nowhere").press("Save");
    let page = admin.submit(form).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!page.wrong("phones[0].number").is_empty());
    for (field, typed) in [("name", "Grete"), ("phones[0].number", "12"), ("timezone", "Europe/Nowhere")] {
        assert_eq!(page.value(field), typed);
    }
    let page = admin.submit(page.form("#editor").set("phones[0].number", "+4791000077").press("Save")).await;
    assert!(!page.wrong("timezone").is_empty());
    let page = admin.submit(page.form("#editor").set("timezone", "Europe/Oslo").press("Save")).await;
    assert_eq!((page.status, page.text("h1").as_str()), (StatusCode::OK, "Grete"));
    assert_eq!(house.api.read::<Person>("grete").await.unwrap().value.phones[0].number.0.as_e164(), "+4791000077");
}

#[tokio::test]
async fn the_same_form_sent_twice_is_saved_once() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let form = admin.get("/console/people/new").await.form("#editor");
    let form = form.set("name", "Grete").set("phones[0].number", "+4791000077").press("Save");
    for _ in 0..2 {
        let page = admin.submit(form.clone()).await;
        assert_eq!(page.text("h1"), "Grete");
    }
    let form = admin.get("/console/people/grete").await.form("#editor").set("name", "Grete Hopper").press("Save");
    for _ in 0..2 {
        let page = admin.submit(form.clone()).await;
        assert_eq!(page.text("h1"), "Grete Hopper");
    }
    assert_eq!(house.api.read::<Person>("grete").await.unwrap().version, 2);
    // another one of the same name is another one
    let form = admin.get("/console/people/new").await.form("#editor");
    let form = form.set("name", "Grete").set("phones[0].number", "+4791000078").press("Save");
    let page = admin.submit(form).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.text(".problem li a"), "id");
}

#[tokio::test]
async fn somebody_elses_save_is_not_lost_without_being_seen() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let mine = admin.get("/console/people/ola").await.form("#editor").set("name", "Mine").press("Save");
    let theirs = admin.get("/console/people/ola").await.form("#editor").set("name", "Theirs").press("Save");
    admin.submit(theirs).await;
    let page = admin.submit(mine).await;
    assert_eq!((page.status, page.value("name").as_str()), (StatusCode::CONFLICT, "Mine"));
    assert!(page.text(".problem").contains("Somebody else"));
    assert_eq!(house.api.read::<Person>("ola").await.unwrap().value.name, "Theirs");
    let page = admin.submit(page.form("#editor").press("Save")).await;
    assert_eq!(page.text("h1"), "Mine");
}

#[tokio::test]
async fn lists_grow_and_shrink_without_scripts() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let form = admin.get("/console/people/ingrid").await.form("#editor").set("name", "Ingrid B.");
    let page = admin.submit(form.press("Add a phone")).await;
    assert_eq!((page.value("phones[2].number"), page.value("name")), (String::new(), "Ingrid B.".to_owned()));
    let page = admin.submit(page.form("#editor").press_value("remove:phones[0]")).await;
    assert_eq!(page.value("phones[0].number"), "+4721000101");
    assert_eq!(house.api.read::<Person>("ingrid").await.unwrap().value.phones.len(), 2, "nothing is saved yet");
}

#[tokio::test]
async fn what_is_in_use_is_not_deleted_and_it_says_by_what() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let page = admin.submit(admin.get("/console/people/ola").await.form("#editor").press("Delete person")).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.text(".problem").contains("schedule payments"), "{}", page.text(".problem"));
    let form = admin.get("/console/people/new").await.form("#editor");
    admin.submit(form.set("name", "Grete").set("phones[0].number", "+4791000077").press("Save")).await;
    let page = admin.submit(admin.get("/console/people/grete").await.form("#editor").press("Delete person")).await;
    assert_eq!((page.text("h1"), page.text(".notice")), ("People".to_owned(), "Deleted.".to_owned()));
}
