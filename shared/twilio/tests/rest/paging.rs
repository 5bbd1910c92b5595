//! Lists that come in pages.

use serde_json::json;
use twilio::rest::{BundleFilter, Error, NumberFilter, Uncertainty};

use crate::fake::{ACCOUNT, Answer, Fake, answer};

fn numbers(numbers: &[&str], next: Option<&str>) -> Answer {
    let list: Vec<_> = numbers.iter().map(|number| json!({"sid": "PN1", "phone_number": number})).collect();
    answer(200, json!({"incoming_phone_numbers": list, "page": 0, "next_page_uri": next}).to_string())
}

fn bundles(count: usize, next: Option<&str>) -> Answer {
    let list = vec![json!({"sid": "BU1", "status": "twilio-approved"}); count];
    answer(200, json!({"results": list, "meta": {"key": "results", "next_page_url": next}}).to_string())
}

#[tokio::test]
async fn links_are_followed_to_the_end() {
    let next = format!("/2010-04-01/Accounts/{ACCOUNT}/IncomingPhoneNumbers.json?PageSize=1000&Page=1&PageToken=PAx");
    let fake = Fake::answering([numbers(&["+4721000001"], Some(&next)), numbers(&["+4721000002"], None)]).await;
    let all = fake.client().owned_numbers(&NumberFilter::default()).all().await.unwrap();
    let all: Vec<_> = all.iter().map(|owned| owned.number.as_e164()).collect();
    assert_eq!(all, ["+4721000001", "+4721000002"]);
    let second = &fake.asked()[1];
    assert_eq!(format!("{}?{}", second.path, "PageSize=1000&Page=1&PageToken=PAx"), next);
    assert_eq!(second.query.len(), 3);
    assert!(second.headers.contains_key("authorization"));
}

#[tokio::test]
async fn an_absolute_link_leads_to_the_configured_host() {
    let next = "https://numbers.twilio.com/v2/RegulatoryCompliance/Bundles?Page=1";
    let fake = Fake::answering([bundles(2, Some(next)), bundles(1, None)]).await;
    let all = fake.client().bundles(&BundleFilter::default()).all().await.unwrap();
    assert_eq!((all.len(), fake.asked().len()), (3, 2));
    assert_eq!(fake.asked()[1].path, "/v2/RegulatoryCompliance/Bundles");
}

#[tokio::test]
async fn a_page_can_be_asked_for_again_after_an_error() {
    let next = "/2010-04-01/p2";
    let fake = Fake::answering([
        numbers(&["+4721000001"], Some(next)),
        answer(400, r#"{"code":20001}"#),
        numbers(&["+4721000002"], None),
    ])
    .await;
    let client = fake.client();
    let mut pages = client.owned_numbers(&NumberFilter::default());
    assert_eq!(pages.next().await.unwrap().map(|page| page.len()), Some(1));
    assert!(matches!(pages.next().await, Err(Error::Refused(_))));
    assert_eq!(pages.next().await.unwrap().map(|page| page.len()), Some(1));
    assert_eq!(pages.next().await.unwrap(), None);
    assert_eq!(fake.asked().len(), 3);
}

#[tokio::test]
async fn half_a_list_is_no_list() {
    async fn check(answers: Vec<Answer>) {
        let fake = Fake::answering(answers).await;
        let error = fake.client().owned_numbers(&NumberFilter::default()).all().await.unwrap_err();
        assert!(matches!(error, Error::Unknown(Uncertainty::Unreadable(_))), "{error}");
    }
    // a page that leads to itself
    check(vec![numbers(&[], Some("/2010-04-01/p2")), numbers(&[], Some("/2010-04-01/p2"))]).await;
    // no list under that name
    check(vec![answer(200, r#"{"next_page_uri":null}"#)]).await;
    // a link that leads nowhere
    check(vec![numbers(&[], Some("https://numbers.twilio.com"))]).await;
    // more pages than there can be
    check((0..101).map(|page| numbers(&[], Some(&format!("/2010-04-01/{page}")))).collect()).await;
    // one thing that is not what it should be
    check(vec![numbers(&["+4721000001", "911"], None)]).await;
}
