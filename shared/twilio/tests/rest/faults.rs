//! Transport faults, and what each one means for money.

use std::time::{Duration, Instant};

use twilio::rest::{Client, Error, NewMessage, NumberFilter, Purchase, Refusal, Repeats, Uncertainty};

use crate::fake::{Fake, answer, answer_with};

fn purchase() -> Purchase {
    Purchase { number: "+4791234589".parse().unwrap(), settings: Default::default() }
}

const BOUGHT: &str = r#"{"sid":"PN1","phone_number":"+4791234589"}"#;
const BALANCE: &str = r#"{"balance":"1.00","currency":"USD"}"#;

async fn buy(client: Client) -> Result<String, Error> {
    client.purchase_number(&purchase()).await.map(|owned| owned.sid.to_string())
}

#[tokio::test]
async fn a_server_fault_after_a_purchase_is_unknown_and_not_repeated() {
    for status in [500, 502, 503, 504] {
        let fake = Fake::answering([answer(status, "<html>Bad Gateway</html>"), answer(201, BOUGHT)]).await;
        let error = buy(fake.client()).await.unwrap_err();
        assert!(matches!(error, Error::Unknown(Uncertainty::ServerFault { status: s }) if s == status), "{error:?}");
        assert!(error.may_have_happened());
        assert_eq!(fake.asked().len(), 1);
    }
}

#[tokio::test]
async fn reading_is_repeated_once_after_a_server_fault() {
    let fake = Fake::answering([answer(503, "<html>"), answer(200, BALANCE)]).await;
    assert_eq!(fake.client().fetch_balance().await.unwrap().to_string(), "1.00 USD");
    let fake = Fake::answering([answer(503, ""), answer(500, ""), answer(200, BALANCE)]).await;
    assert!(fake.client().fetch_balance().await.is_err());
    assert_eq!(fake.asked().len(), 2);
}

#[tokio::test]
async fn a_release_is_not_repeated_and_says_when_it_is_gone() {
    let sid = "PN1".parse().unwrap();
    let fake = Fake::answering([answer(500, ""), answer(404, r#"{"code":20404,"status":404}"#)]).await;
    assert!(fake.client().release_number(&sid).await.unwrap_err().may_have_happened());
    assert_eq!(fake.asked().len(), 1);
    let error = fake.client().release_number(&sid).await.unwrap_err();
    assert!(matches!(&error, Error::NotFound(Refusal { status: 404, code: Some(20404), .. })), "{error:?}");
}

#[tokio::test]
async fn a_yes_that_cannot_be_read_leaves_a_purchase_open() {
    for body in ["", "<html>", "{", "[]", r#"{"sid":null,"phone_number":"+4791234589"}"#, r#"{"sid":"PN1"}"#] {
        let fake = Fake::answering([answer(201, body), answer(201, BOUGHT)]).await;
        let error = buy(fake.client()).await.unwrap_err();
        assert!(matches!(error, Error::Unknown(Uncertainty::Unreadable(_))), "{body} {error:?}");
        assert!(!error.to_string().contains("4791234589"), "{error}");
        assert_eq!(fake.asked().len(), 1);
    }
}

#[tokio::test]
async fn too_many_requests_are_repeated_as_long_as_it_makes_sense() {
    let busy = || answer_with(429, ("retry-after", "1"), r#"{"code":20429,"status":429}"#);
    let fake = Fake::answering([busy(), answer(201, BOUGHT)]).await;
    let since = Instant::now();
    assert_eq!(buy(fake.client()).await.unwrap(), "PN1");
    assert!(since.elapsed() >= Duration::from_secs(1));
    let [first, second] = <[_; 2]>::try_from(fake.asked()).unwrap();
    assert_eq!((first.form, first.path), (second.form, second.path));

    let fake = Fake::answering([answer_with(429, ("retry-after", "60"), r#"{"code":20429,"status":429}"#)]).await;
    let error = buy(fake.client()).await.unwrap_err();
    assert!(matches!(error, Error::TooManyRequests { retry_after: Some(wanted), .. } if wanted.as_secs() == 60));
    assert!(error.was_not_processed());
    assert_eq!((error.code(), fake.asked().len()), (Some(20429), 1));

    let fake = Fake::answering([answer(429, r#"{"code":63038,"status":429}"#)]).await;
    assert_eq!(buy(fake.client()).await.unwrap_err().code(), Some(63038));
    assert_eq!(fake.asked().len(), 1);

    let fake = Fake::answering((0..4).map(|_| answer(429, ""))).await;
    assert!(matches!(buy(fake.client()).await, Err(Error::TooManyRequests { retry_after: None, .. })));
    assert_eq!(fake.asked().len(), 3);
    let once = Fake::answering([answer(429, "")]).await;
    let never = Repeats { most: 0, ..Repeats::default() };
    assert!(buy(once.client().with_repeats(never)).await.is_err());
    assert_eq!(once.asked().len(), 1);
}

#[tokio::test]
async fn a_refusal_is_told_in_words_without_the_number() {
    let body = r#"{"code":21422,"message":"+4791234589 is not available","status":400}"#;
    let fake = Fake::answering([answer(400, body)]).await;
    let error = buy(fake.client()).await.unwrap_err();
    assert!(error.was_not_processed());
    assert_eq!((error.code(), fake.asked().len()), (Some(21422), 1));
    assert_eq!(error.refusal().unwrap().message.as_ref().unwrap().as_str(), "+4791234589 is not available");
    assert!(!format!("{error} {error:?}").contains("4791234589"));

    let fake = Fake::answering([answer(401, r#"{"code":20003,"detail":"x","message":"Authenticate"}"#)]).await;
    assert!(matches!(buy(fake.client()).await, Err(Error::Unauthorised(_))));
    let fake = Fake::answering([answer(403, "<html>")]).await;
    assert!(matches!(buy(fake.client()).await, Err(Error::Refused(Refusal { status: 403, code: None, .. }))));
}

#[tokio::test]
async fn a_redirection_is_not_followed() {
    let elsewhere = Fake::answering([answer(200, BALANCE)]).await;
    let location = format!("{}/elsewhere", elsewhere.base);
    let fake = Fake::answering([answer_with(307, ("location", &location), "")]).await;
    assert!(buy(fake.client()).await.unwrap_err().may_have_happened());
    assert_eq!((fake.asked().len(), elsewhere.asked().len()), (1, 0));
}

#[tokio::test]
async fn a_text_that_went_through_is_not_sent_again_after_a_fault() {
    let message = NewMessage {
        to: "+4791234589".parse().unwrap(),
        from: "+4721000000".parse().unwrap(),
        body: "hei".into(),
        status_callback: None,
        validity_seconds: None,
    };
    let fake = Fake::answering([answer(500, ""), answer(201, "{}")]).await;
    assert!(fake.client().send_message(&message).await.unwrap_err().may_have_happened());
    assert_eq!(fake.asked().len(), 1);
}

#[tokio::test]
async fn no_url_and_no_number_in_an_error() {
    let number: phone::PhoneNumber = "+4791234589".parse().unwrap();
    let filter = NumberFilter { number: Some(number), friendly_name: None };
    let fake = Fake::answering([answer(500, ""), answer(500, "")]).await;
    for client in [fake.client(), crate::fake::client("http://127.0.0.1:1")] {
        let error = client.owned_numbers(&filter).all().await.unwrap_err();
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        let shown = format!("{error} {error:?} {cause:?}");
        for forbidden in ["4791234589", "http", "Accounts", "PhoneNumber", "the token"] {
            assert!(!shown.contains(forbidden), "{shown}");
        }
    }
}
