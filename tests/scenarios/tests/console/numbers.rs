//! Numbers: bought in five clicks and paid once, listed, and given back.

use api::{DisconnectQuery, Line, PageQuery, Role};
use http::StatusCode;

use crate::{
    house::{House, Visitor},
    page::Page,
};

/// The only account's way to buy.
async fn purchase(admin: &Visitor<'_>) -> String {
    admin.get("/console/numbers").await.attribute("a.main", "href")
}

/// The page that asks whether one of a country's local numbers is to be bought.
async fn asked(admin: &Visitor<'_>, country: &str) -> Page {
    let found = admin.get(&format!("{}/search?country={country}&type=local", purchase(admin).await)).await;
    admin.submit(found.form("form[action$=confirm]")).await
}

async fn lines(house: &House) -> usize {
    house.api.list::<Line>(&PageQuery::default()).await.unwrap().items.len()
}

#[tokio::test]
async fn a_number_is_bought_in_five_clicks_and_nothing_is_typed() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let list = admin.get("/console/numbers").await;
    let countries = admin.get(&list.attribute("a.main", "href")).await; // 1
    let market = admin.get(&countries.attribute("[aria-label='Norway, Local']", "href")).await; // 2
    let search = market.form("form[method=get]");
    let market = admin.get(&format!("{}?{}", search.path.split('?').next().unwrap(), search.body())).await; // 3
    assert!(market.text("td.price").ends_with(" USD"));
    let confirm = admin.submit(market.form("form[action$=confirm]")).await; // 4
    let (number, price) = (confirm.value("number"), confirm.value("monthly_price.amount"));
    assert!(confirm.text(".sum").contains(&format!("{price} USD a month")), "{}", confirm.text(".sum"));
    let before = lines(&house).await;
    let list = admin.submit(confirm.form("form[method=post]")).await; // 5
    assert!(list.text(".notice").contains("Bought"), "{}", list.text(".notice"));
    assert!(list.texts("th.phone").contains(&number));
    assert_eq!(lines(&house).await, before + 1);
    for page in [list, countries, market, confirm] {
        assert!(page.rounds <= 1, "{}: {} rounds", page.path, page.rounds);
        assert!(!page.path.contains(number.trim_start_matches('+')), "{}", page.path);
    }
}

#[tokio::test]
async fn the_same_purchase_sent_twice_is_paid_once() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let form = asked(&admin, "NO").await.form("form[method=post]");
    let before = lines(&house).await;
    for _ in 0..2 {
        let page = admin.submit(form.clone()).await;
        assert!(page.text(".notice").contains("Bought"), "{}", page.html);
    }
    assert_eq!(lines(&house).await, before + 1);
}

#[tokio::test]
async fn another_price_than_the_one_that_was_shown_buys_nothing() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let page = asked(&admin, "NO").await;
    let (before, key) = (lines(&house).await, page.value("_key"));
    let form = page.form("form[method=post]").set("monthly_price.amount", "0.01").set("name", "My line");
    let page = admin.submit(form).await;
    assert_eq!((page.status, page.value("name").as_str()), (StatusCode::CONFLICT, "My line"));
    assert!(page.text(".problem").contains("price"), "{}", page.text(".problem"));
    assert_ne!(page.value("_key"), key, "another try is another purchase");
    assert_eq!(lines(&house).await, before);
}

#[tokio::test]
async fn what_is_refused_of_a_purchase_stands_beside_its_field() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let page = asked(&admin, "NO").await;
    let key = page.value("_key");
    let page = admin.submit(page.form("form[method=post]").set("name", " ").set("language", "sv-SE")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.wrong("name").contains("empty"), "{}", page.wrong("name"));
    assert_eq!((page.value("language").as_str(), page.value("_key")), ("sv-SE", key));
    let list = admin.submit(page.form("form[method=post]").set("name", "Vakt")).await;
    assert!(list.text(".notice").contains("Bought"), "{}", list.html);
}

#[tokio::test]
async fn what_stands_against_a_number_is_said_before() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let way = purchase(&admin).await;
    let page = admin.get(&format!("{way}/search?country=DE&type=local")).await;
    assert!(page.text(".warning").contains("bundle"), "{}", page.text(".warning"));
    assert!(!page.has("form[action$=confirm]") && page.has("td.price"));
    let page = admin.get(&format!("{way}/search?country=US&type=local&area_code=abc&locality=Oakland")).await;
    assert!(!page.wrong("area_code").is_empty());
    assert_eq!((page.value("locality").as_str(), page.rounds), ("Oakland", 0));
}

#[tokio::test]
async fn a_number_is_released_when_it_is_typed_again_and_only_then() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let line = house.api.list::<Line>(&PageQuery::default()).await.unwrap().items.remove(0).value;
    let (id, number) = (line.id.unwrap(), line.number.unwrap().0.as_e164().to_owned());
    let path = format!("/console/numbers/{id}/release");
    let before = lines(&house).await;
    for wrong in ["", "+4799999999"] {
        let form = admin.get(&path).await.form("form").set("number", wrong);
        let page = admin.submit(form).await;
        assert_eq!((page.status, page.value("number").as_str()), (StatusCode::UNPROCESSABLE_ENTITY, wrong));
        assert!(!page.wrong("number").is_empty());
        assert_eq!(lines(&house).await, before);
    }
    let (code, rest) = number.split_at(3);
    let form = admin.get(&path).await.form("form").set("number", &format!("{code} {rest}"));
    for _ in 0..2 {
        let page = admin.submit(form.clone()).await;
        assert!(page.text(".notice").contains("Released"), "{}", page.html);
    }
    assert_eq!(lines(&house).await, before - 1);
}

#[tokio::test]
async fn a_line_whose_account_is_gone_is_let_go_when_that_is_ticked() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let account = house.api.integrations(&PageQuery::default()).await.unwrap().items.remove(0).account;
    house.api.disconnect(&account, &DisconnectQuery { confirm: true }).await.unwrap();
    let line = house.api.list::<Line>(&PageQuery::default()).await.unwrap().items.remove(0).value;
    let (id, number) = (line.id.unwrap(), line.number.unwrap().0.as_e164().to_owned());
    let before = lines(&house).await;
    let form = admin.get(&format!("/console/numbers/{id}/release")).await.form("form").set("number", &number);
    let page = admin.submit(form).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert_eq!(lines(&house).await, before);
    let page = admin.submit(page.form("form.ask").set("abandon", "on")).await;
    assert!(page.text(".notice").contains("goes on billing"), "{}", page.html);
    assert_eq!(lines(&house).await, before - 1);
}

#[tokio::test]
async fn pages_of_numbers_take_one_round_and_are_small() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let line = house.api.list::<Line>(&PageQuery::default()).await.unwrap().items.remove(0).value.id.unwrap();
    let account = house.api.integrations(&PageQuery::default()).await.unwrap().items.remove(0).account;
    for path in [
        "/console/numbers".to_owned(),
        format!("/console/numbers/{line}"),
        format!("/console/numbers/{line}/drift"),
        format!("/console/numbers/{line}/release"),
        format!("/console/numbers/adopt/{account}"),
        format!("/console/numbers/purchase/{account}"),
        "/console/integrations".to_owned(),
        format!("/console/integrations/{account}"),
        format!("/console/integrations/{account}/addresses"),
        "/console/sending".to_owned(),
    ] {
        let page = admin.get(&path).await;
        assert_eq!((page.status, page.rounds), (StatusCode::OK, 1), "{path}");
        // with htmx, the styles and scripts of these pages: under 100 kB in all
        assert!(page.html.len() < 45_000, "{path}: {} bytes", page.html.len());
    }
}

#[tokio::test]
async fn a_reader_sees_numbers_and_is_not_offered_to_buy() {
    let house = House::seeded().await;
    let reader = house.visitor(Role::Reader).await;
    let page = reader.get("/console/numbers").await;
    assert_eq!((page.status, page.texts("th.phone").len()), (StatusCode::OK, lines(&house).await));
    assert!(!page.has("a[href*=purchase]"));
    let page = reader.get("/console/integrations").await;
    assert!(page.text(".empty").contains("admin") && page.calls == 0, "{}", page.html);
}
