//! Calls: those that were, with everybody who was rung.

use api::Role;
use axum::body::Body;
use http::{Method, StatusCode, header::RANGE};
use local::control::CallRequest;

use crate::house::House;

async fn call(house: &House, press: &str, everybody: Option<&str>) {
    place(house, press, None, everybody).await;
}

async fn place(house: &House, press: &str, say: Option<&str>, everybody: Option<&str>) {
    let request = CallRequest {
        line: "+4721000000".to_owned(),
        from: "+4790000009".to_owned(),
        press: vec![press.to_owned()],
        say: say.map(str::to_owned),
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
async fn what_a_caller_left_is_heard_on_the_page_of_the_call_and_of_its_incident() {
    let house = House::seeded().await;
    let reader = house.visitor(Role::Reader).await;
    place(&house, "1", Some("The site is down, please call back"), Some("declines")).await;
    let page = reader.get("/console/calls").await;
    let call = reader.get(&page.attribute("#past tbody a", "href")).await;
    assert_eq!((call.status, call.rounds, call.text("[role=status]").as_str()), (StatusCode::OK, 1, "left a message"));
    let player = call.attribute("audio[controls][preload=none]", "src");
    assert_eq!(call.attribute("a[download]", "href"), player);

    let whole = reader.get(&player).await;
    assert_eq!((whole.status, whole.calls), (StatusCode::OK, 1), "{}", whole.html);
    for (name, value) in [("content-type", "audio/mpeg"), ("accept-ranges", "bytes"), ("cache-control", "no-store")] {
        assert_eq!(whole.headers[name], value);
    }
    assert!(whole.headers["content-security-policy"].to_str().unwrap().contains("media-src 'self'"));
    let headers = [(RANGE, "bytes=96-191")];
    let part = reader.ask(Method::GET, &player, Body::empty(), &headers).await;
    assert_eq!((part.status, part.calls), (StatusCode::PARTIAL_CONTENT, 1));
    let range = part.headers["content-range"].to_str().unwrap();
    assert!(range.starts_with("bytes 96-191/"), "{range}");
    assert_eq!(part.bytes.len(), 96);
    assert_eq!(part.bytes, whole.bytes[96..192]);
    let recording = player.replace("message.mp3", "recording.mp3");
    assert_eq!(reader.get(&recording).await.status, StatusCode::NOT_FOUND, "nobody spoke with them");
    let stranger = house.stranger().get(&player).await;
    assert!(stranger.location().unwrap().starts_with("/console/sign-in"));

    // the incident is opened by whoever pages, after the call
    let mut led = None;
    for _ in 0..100 {
        led = house.api.call(call.path.rsplit('/').next().unwrap()).await.unwrap().incident;
        if led.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let incident = reader.get(&format!("/console/incidents/{}", led.unwrap())).await;
    assert_eq!((incident.status, incident.rounds), (StatusCode::OK, 1));
    assert_eq!(incident.attribute("#call audio", "src"), player);
    assert_eq!(incident.attribute("#call section > p > a[href^='/console/calls']:not([download])", "href"), call.path);
    let call = reader.get(&call.path).await;
    assert_eq!(call.attribute(".happening a", "href"), incident.path);
}

#[tokio::test]
async fn a_call_that_was_not_is_not_found() {
    let house = House::seeded().await;
    let reader = house.visitor(Role::Reader).await;
    assert_eq!(reader.get("/console/calls/CA0").await.status, StatusCode::NOT_FOUND);
}
