//! Texts of the public: who wrote, what was answered, and a reply.

use std::time::Duration;

use api::{Destination, Line, PageQuery, Role, Stored, client::BuiltOn};
use http::StatusCode;
use local::control::TextRequest;
use serde_json::json;

use crate::{
    house::{House, Visitor},
    page::Page,
};

const REPORTER: &str = "+4790000009";
/// Where a conversation stands that has an incident: somebody may have taken it at once.
const REPORTED: [&str; 2] = ["nobody has it", "somebody has it"];

/// Somebody texts the line.
async fn text(house: &House, words: &str) {
    let (from, to) = (REPORTER.to_owned(), "+4721000000".to_owned());
    let body = serde_json::to_vec(&TextRequest { from, to, words: words.to_owned() }).unwrap();
    let url = format!("{}/texts", house.stack.running.control);
    let sent = reqwest::Client::new().post(url).header("content-type", "application/json").body(body).send();
    assert!(sent.await.unwrap().status().is_success());
}

/// Somebody reports something by text, and an incident is opened.
pub(crate) async fn report(house: &House, visitor: &Visitor<'_>) -> Page {
    text(house, "The card terminal is dead").await;
    text(house, "1").await;
    until(visitor, "/console/texts", |page| REPORTED.contains(&page.text("tbody .tag").as_str())).await
}

/// The page, once it is as it will be.
async fn until(visitor: &Visitor<'_>, path: &str, is_so: impl Fn(&Page) -> bool) -> Page {
    for _ in 0..300 {
        let page = visitor.get(path).await;
        if page.has("tbody, .thread") && is_so(&page) {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{path} never is");
}

#[tokio::test]
async fn a_text_is_shown_with_what_it_was_answered_and_may_be_replied_to() {
    let house = House::seeded().await;
    let operator = house.visitor(Role::Operator).await;
    let page = operator.get("/console/texts").await;
    assert_eq!((page.status, page.rounds), (StatusCode::OK, 1));
    assert_eq!(page.text(".empty"), "Nobody has texted.");

    let list = report(&house, &operator).await;
    assert_eq!((list.status, list.rounds), (StatusCode::OK, 1));
    assert!(list.html.len() < 60_000, "{} bytes", list.html.len());
    assert_eq!(list.texts("tbody tr").len(), 1);
    assert_eq!(list.text("tbody .phone"), REPORTER);
    assert!(list.text("tbody tr").contains("The card terminal is dead"), "{}", list.text("tbody tr"));
    assert!(operator.get("/console/texts?line=none").await.has(".empty"));

    let path = list.attribute("tbody a", "href");
    let page = operator.get(&path).await;
    assert_eq!((page.status, page.rounds), (StatusCode::OK, 1));
    assert!(page.html.len() < 60_000, "{} bytes", page.html.len());
    assert_eq!(page.text("h1"), format!("Texts from {REPORTER}"));
    assert!(REPORTED.contains(&page.text("#state").as_str()), "{}", page.text("#state"));
    assert_eq!(page.texts(".thread .theirs .words"), ["The card terminal is dead", "1"]);
    let answers = page.texts(".thread .at-once .words");
    assert_eq!(answers.len(), 2);
    assert!(answers[0].contains("Reply 1 for") && answers[1].contains("Thank you"), "{answers:?}");
    let incident = operator.get(&page.attribute("#live .happening a", "href")).await;
    assert_eq!(incident.attribute("#past a[href^='/console/texts/']", "href"), path);

    // nothing typed is lost
    let form = page.form("form.reply");
    let refused = operator.submit(form.clone().set("reply.words", "  ")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        (refused.wrong("reply.words"), refused.value("reply.words")),
        ("must have 1 to 1000 characters".to_owned(), "  ".to_owned())
    );
    let form = refused.form("form.reply").set("reply.words", "We are on it");
    for _ in 0..2 {
        assert_eq!(operator.submit(form.clone()).await.text(".notice"), "Your reply is on its way.");
    }
    let shown = until(&operator, &path, |page| page.has(".ours:not(.at-once) .tag.good")).await;
    assert_eq!(shown.texts(".thread .ours:not(.at-once) .words"), ["We are on it"]);
    assert_eq!(shown.texts(".thread .ours:not(.at-once) strong"), ["You"]);

    let reader = house.visitor(Role::Reader).await;
    let seen = reader.get(&path).await;
    assert!(!seen.has("form.reply") && seen.html.contains("takes the role operator"));
    assert!(seen.texts(".thread .ours strong").iter().any(|who| who.starts_with("Token ")));
    assert_eq!(reader.get("/console/texts/th_0").await.status, StatusCode::NOT_FOUND);
}

/// A number of a line in a country where numbers take pictures.
async fn number_that_takes_pictures(house: &House) -> String {
    let account = house.api.integrations(&PageQuery::default()).await.unwrap().items.remove(0).account;
    let query = serde_json::from_value(json!({"country": "US", "type": "local", "sms": true})).unwrap();
    let offer = house.api.available_numbers(&account, &query).await.unwrap().items.remove(0);
    let wanted = json!({
        "number": offer.number, "country": "US", "type": "local", "monthly_price": offer.monthly_price, "name": "Pictures",
    });
    let bought = house.api.buy(&account, "pictures", &serde_json::from_value(wanted).unwrap()).await.unwrap();
    let Stored { value: mut line, version, .. } = house.api.read::<Line>(&bought.line).await.unwrap();
    line.enabled = true;
    line.destinations =
        vec![Destination { key: "1".to_owned(), service: "payments".to_owned(), label: "payments".to_owned() }];
    house.api.replace(&bought.line, &line, BuiltOn::Version(version)).await.unwrap();
    bought.number.0.as_e164().to_owned()
}

#[tokio::test]
async fn a_picture_is_shown_and_what_could_run_is_not() {
    let house = House::seeded().await;
    let reader = house.visitor(Role::Reader).await;
    let number = number_that_takes_pictures(&house).await;
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    let media = [("image/png", "pixels"), ("image/svg+xml", drawing)];
    let media = media.map(|(sort, content)| json!({"content_type": sort, "content": content}));
    let sent = json!({"from": REPORTER, "to": number, "body": "Look", "media": media}).to_string();
    let url = format!("{}/_sim/texts", house.stack.running.twilio.as_deref().unwrap());
    assert_eq!(reqwest::Client::new().post(url).body(sent).send().await.unwrap().status(), StatusCode::CREATED);
    let list = until(&reader, "/console/texts", |page| page.has("tbody a")).await;
    let page = reader.get(&list.attribute("tbody a", "href")).await;
    assert_eq!((page.status, page.rounds), (StatusCode::OK, 1));

    let picture = reader.get(&page.attribute(".thread img", "src")).await;
    assert_eq!((picture.status, picture.html.as_str()), (StatusCode::OK, "pixels"));
    assert_eq!(picture.headers["content-type"], "image/png");
    assert_eq!(picture.headers["content-disposition"], "inline");
    let drawing_at = page.attribute(".thread a[download]", "href");
    let kept = reader.get(&drawing_at).await;
    assert_eq!((kept.status, kept.html.as_str()), (StatusCode::OK, drawing));
    assert_eq!(kept.headers["content-type"], "application/octet-stream");
    assert_eq!(kept.headers["content-disposition"], "attachment");
    let nobody = house.stranger().get(&drawing_at).await;
    assert_eq!(nobody.status, StatusCode::SEE_OTHER);
}
