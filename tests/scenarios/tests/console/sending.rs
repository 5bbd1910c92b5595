//! What may be sent, and where to.

use http::StatusCode;

use crate::house::House;

#[tokio::test]
async fn what_may_be_sent_is_set_and_the_same_form_sets_it_once() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let before = house.api.sending().await.unwrap().version;
    let form = admin.get("/console/sending").await.form("#editor");
    let form = form.set("daily_cap", "25").set("allowed", "+46*\n+45*").press("Save");
    for _ in 0..2 {
        let page = admin.submit(form.clone()).await;
        assert_eq!((page.status, page.text(".notice").as_str()), (StatusCode::OK, "Saved."));
        assert!(page.text(".big").ends_with("of 25.00"), "{}", page.text(".big"));
    }
    let saved = house.api.sending().await.unwrap();
    assert_eq!((saved.value.allowed.len(), saved.value.daily_cap.as_deref()), (2, Some("25.00")));
    assert_eq!(saved.version, before + 1);
}

#[tokio::test]
async fn a_refusal_stands_beside_its_field_and_what_was_typed_stays() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let form = admin.get("/console/sending").await.form("#editor");
    let page = admin.submit(form.set("daily_cap", "a lot").set("refused", "+4682*").press("Save")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!page.wrong("daily_cap").is_empty());
    assert_eq!((page.value("refused").as_str(), page.value("daily_cap").as_str()), ("+4682*", "a lot"));
    assert_eq!(house.api.sending().await.unwrap().value.refused.len(), 0);
}

#[tokio::test]
async fn somebody_elses_settings_are_not_lost_without_being_seen() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let page = admin.get("/console/sending").await;
    let (mine, theirs) = (page.form("#editor").set("daily_cap", "1"), page.form("#editor").set("daily_cap", "2"));
    admin.submit(theirs.press("Save")).await;
    let page = admin.submit(mine.press("Save")).await;
    assert_eq!((page.status, page.value("daily_cap").as_str()), (StatusCode::CONFLICT, "1"));
    admin.submit(page.form("#editor").press("Save")).await;
    assert_eq!(house.api.sending().await.unwrap().value.daily_cap.as_deref(), Some("1.00"));
}
