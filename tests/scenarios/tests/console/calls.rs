//! Calls: those that were, with everybody who was rung.

use api::Role;
use http::StatusCode;
use local::control::CallRequest;

use crate::house::House;

async fn call(house: &House, press: &str, everybody: Option<&str>) {
    let request = CallRequest {
        line: "+4721000000".to_owned(),
        from: "+4790000009".to_owned(),
        press: vec![press.to_owned()],
        say: None,
        hang_up: None,
        speed: None,
        phones: Vec::new(),
        everybody: everybody.map(str::to_owned),
    };
    let url = format!("{}/calls", house.stack.running.control);
    let body = serde_json::to_vec(&request).unwrap();
    let placed = reqwest::Client::new().post(url).header("content-type", "application/json").body(body).send();
    let transcript = placed.await.unwrap().text().await.unwrap();
    assert!(transcript.contains("the call is over"), "{transcript}");
}

#[tokio::test]
async fn a_call_is_shown_with_everybody_who_was_rung() {
    let house = House::seeded().await;
    let reader = house.visitor(Role::Reader).await;
    let page = reader.get("/console/calls").await;
    assert_eq!((page.status, page.rounds), (StatusCode::OK, 1));
    assert_eq!(
        (page.text("[role=status]"), page.text("#past .empty")),
        ("Nobody is calling.".to_owned(), "There are no such calls.".to_owned(),)
    );

    call(&house, "1", Some("answers,press 1")).await;
    let page = reader.get("/console/calls?outcome=accepted").await;
    assert_eq!((page.status, page.rounds), (StatusCode::OK, 1));
    assert!(page.html.len() < 60_000, "{} bytes", page.html.len());
    assert_eq!(page.texts("#past tbody tr").len(), 1);
    assert_eq!(page.text("#past tbody .phone"), "+4790000009");
    assert!(page.has("#live .bars"), "it has just ended");
    let missed = reader.get("/console/calls?outcome=missed").await;
    assert!(missed.has("#past .empty"));

    let call = reader.get(&page.attribute("#past tbody a", "href")).await;
    assert_eq!((call.status, call.calls, call.text("[role=status]").as_str()), (StatusCode::OK, 1, "taken"));
    assert_eq!(call.text("h1"), "Call from +4790000009");
    assert!(call.text("tbody tr").contains("took the call"), "{}", call.text("tbody tr"));
    assert!(!call.has("[hx-get]"), "a call that is over does not change");
}

#[tokio::test]
async fn a_call_that_was_not_is_not_found() {
    let house = House::seeded().await;
    let reader = house.visitor(Role::Reader).await;
    assert_eq!(reader.get("/console/calls/CA0").await.status, StatusCode::NOT_FOUND);
}
