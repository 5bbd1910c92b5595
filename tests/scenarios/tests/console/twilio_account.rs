//! A Twilio account: renamed, its secrets tried, its addresses, and disconnected when it is confirmed.

use api::PageQuery;
use http::StatusCode;

use crate::house::House;

async fn account(house: &House) -> String {
    house.api.integrations(&PageQuery::default()).await.unwrap().items.remove(0).account
}

#[tokio::test]
async fn an_account_is_seen_with_its_balance_and_renamed() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let path = format!("/console/integrations/{}", account(&house).await);
    let list = admin.get("/console/integrations").await;
    assert_eq!(list.attribute("[hx-trigger=load]", "hx-get"), path);
    let page = admin.get(&path).await;
    assert!(page.text("#state .big").ends_with(" USD"), "{}", page.text("#state"));
    let page = admin.submit(page.form("form:has([name=name])").set("name", "Acme").press("Rename")).await;
    assert_eq!(page.text("h1"), "Acme");
}

#[tokio::test]
async fn secrets_that_twilio_does_not_take_are_refused_and_never_shown_again() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let page = admin.get(&format!("/console/integrations/{}", account(&house).await)).await;
    let form = page.form("form:has([name^=auth_token])").set("auth_token", "not-the-token-of-anybody");
    let page = admin.submit(form.press("Try and replace")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.wrong("auth_token").contains("Twilio"), "{}", page.wrong("auth_token"));
    assert!(!page.html.contains("not-the-token"));

    let form = admin.get("/console/integrations/new").await.form("form");
    let form = form.set("account", "AC00000000000000000000000000000009").set("name", "Other");
    let form = form.set("key_sid", "SK00000000000000000000000000000009");
    let form = form.set("auth_token", "secret-of-mine-1").set("key_secret", "secret-of-mine-2");
    let page = admin.submit(form).await;
    assert_eq!((page.status, page.value("name").as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "Other"));
    assert!(!page.wrong("auth_token").is_empty() && !page.html.contains("secret-of-mine"));
}

#[tokio::test]
async fn an_address_is_registered_once_and_deleted() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let account = account(&house).await;
    let path = format!("/console/integrations/{account}/addresses");
    let known = async || house.api.addresses(&account).await.unwrap().items.len();
    let before = known().await;
    let form = admin.get(&path).await.form("form:has([name=street])");
    let form = form.set("customer_name", "Ada Lovelace").set("street", "Karl Johans gate 1").set("city", "Oslo");
    let refused = admin.submit(form.clone().set("country", "").press("Register")).await;
    assert_eq!(refused.value("street"), "Karl Johans gate 1");
    assert!(!refused.wrong("country").is_empty());
    let form = form.set("postal_code", "0154").set("region", "Oslo").set("country", "NO").press("Register");
    for _ in 0..2 {
        let page = admin.submit(form.clone()).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.html);
        assert!(page.texts("td").iter().any(|cell| cell == "Ada Lovelace"));
        assert_eq!(known().await, before + 1);
    }
    let page = admin.get(&path).await;
    let id = house.api.addresses(&account).await.unwrap().items.into_iter();
    let id = id.rev().find(|address| address.customer_name == "Ada Lovelace").unwrap().id;
    let page = admin.submit(page.form("form:has(table)").press_value(&format!("delete:{id}"))).await;
    assert_eq!((page.text(".notice").as_str(), known().await), ("Deleted.", before));
}

#[tokio::test]
async fn an_account_is_disconnected_only_when_it_was_said_which_lines_stop() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let path = format!("/console/integrations/{}", account(&house).await);
    let asked = admin.submit(admin.get(&path).await.form("form[action$=disconnect]")).await;
    assert_eq!(asked.status, StatusCode::CONFLICT);
    let mut lines = asked.texts("td.phone");
    lines.sort();
    assert_eq!(lines, ["+4721000000", "+4722000000"]);
    assert_eq!(house.api.integrations(&PageQuery::default()).await.unwrap().items.len(), 1);
    let form = asked.form("form[action$=disconnect]");
    for _ in 0..2 {
        let page = admin.submit(form.clone()).await;
        assert!(page.text(".notice").contains("Disconnected"), "{}", page.html);
    }
    assert_eq!(house.api.integrations(&PageQuery::default()).await.unwrap().items.len(), 0);
}
