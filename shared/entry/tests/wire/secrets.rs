use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use entry::{Chain, Clock, TwilioSecrets};
use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use serde_json::json;
use twilio::signature::AccountSecrets as _;

use crate::aws_on_loopback::Aws;

pub(crate) const ACCOUNT: &str = "AC00000000000000000000000000000001";

/// A clock that stands until it is moved.
#[derive(Clone, Default)]
pub(crate) struct Hands(Arc<AtomicI64>);

impl Hands {
    pub(crate) fn clock(&self) -> Clock {
        let hands = self.0.clone();
        Clock::of(move || Timestamp::from_second(1_900_000_000 + hands.load(Ordering::SeqCst)).unwrap())
    }

    pub(crate) fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

pub(crate) fn document(token: &str) -> String {
    json!({"accounts": {ACCOUNT: {"auth_tokens": [token], "shared_keys": {"HK1": "shared"}}}}).to_string()
}

pub(crate) fn secrets(aws: &Aws, clock: Clock) -> TwilioSecrets {
    TwilioSecrets::new(aws_sdk_secretsmanager::Client::new(&aws.sdk()), "dutyline/twilio", clock)
}

fn token(accounts: &entry::Accounts) -> &str {
    accounts.auth_tokens(Some(ACCOUNT))[0].expose_secret()
}

#[tokio::test]
async fn requests_that_come_together_share_one_read() {
    let aws = Aws::with_secret(&document("one")).await;
    aws.slow_down(Duration::from_millis(100));
    let secrets = secrets(&aws, Clock::system());
    let warming = tokio::spawn({
        let secrets = secrets.clone();
        async move { secrets.warm().await }
    });
    let (a, b, c) = tokio::join!(secrets.accounts(), secrets.accounts(), secrets.accounts());
    warming.await.unwrap();
    assert_eq!([token(&a.unwrap()), token(&b.unwrap()), token(&c.unwrap())], ["one"; 3]);
    let once = ("secretsmanager.GetSecretValue".to_owned(), json!({"SecretId": "dutyline/twilio"}));
    assert_eq!(aws.asked(), [once]);
    secrets.accounts().await.unwrap();
    assert_eq!(aws.asked(), [], "kept in memory");
}

#[tokio::test]
async fn a_read_that_failed_is_tried_again_by_the_next_request() {
    let aws = Aws::start().await;
    let secrets = secrets(&aws, Clock::system());
    secrets.warm().await;
    let error = secrets.accounts().await.unwrap_err();
    let said = Chain(&error).to_string();
    assert!(said.starts_with("Secrets Manager did not give the Twilio accounts: "), "{said}");
    assert!(said.contains("ResourceNotFoundException"), "{said}");
    aws.set_secret(Some(&document("one")));
    assert_eq!(token(&secrets.accounts().await.unwrap()), "one");
}

#[tokio::test]
async fn a_document_that_is_not_understood_is_not_repeated() {
    let aws = Aws::with_secret(r#"{"accounts": {"AC1": {"auth_tokens": "hush"}}}"#).await;
    let error = secrets(&aws, Clock::system()).accounts().await.unwrap_err();
    assert_eq!(
        Chain(&error).to_string(),
        "the secret of the Twilio accounts is not understood: not the expected JSON at line 1, column 43"
    );
    assert!(!format!("{error:?}").contains("hush"));
}

#[tokio::test]
async fn an_answer_that_broke_off_is_not_repeated() {
    let aws = Aws::start().await;
    aws.answer_with(r#"{"SecretString": "hush"#);
    let error = secrets(&aws, Clock::system()).accounts().await.unwrap_err();
    assert!(!format!("{error:?} {}", Chain(&error)).contains("hush"));
}

#[tokio::test]
async fn newer_accounts_are_read_at_most_twice_a_minute() {
    let aws = Aws::with_secret(&document("one")).await;
    let hands = Hands::default();
    let secrets = secrets(&aws, hands.clock());
    let first = secrets.accounts().await.unwrap();
    aws.set_secret(Some(&document("two")));
    aws.asked();

    let (a, b) = tokio::join!(secrets.newer_than(&first), secrets.newer_than(&first));
    let (a, b) = (a.unwrap(), b.unwrap());
    assert_eq!((token(&a), token(&b)), ("two", "two"));
    assert_eq!(aws.asked().len(), 1, "both saw the same read");

    hands.advance(29);
    assert!(secrets.newer_than(&a).await.is_none());
    assert_eq!(aws.asked(), []);
    assert!(secrets.newer_than(&first).await.is_some(), "what is in memory costs nothing");

    hands.advance(1);
    assert!(secrets.newer_than(&a).await.is_some());
    assert_eq!(aws.asked().len(), 1);
}

#[tokio::test]
async fn a_refresh_that_fails_keeps_what_is_known_and_counts() {
    let aws = Aws::with_secret(&document("one")).await;
    let secrets = secrets(&aws, Hands::default().clock());
    let first = secrets.accounts().await.unwrap();
    aws.set_secret(None);
    aws.asked();
    assert!(secrets.newer_than(&first).await.is_none());
    assert!(secrets.newer_than(&first).await.is_none());
    assert_eq!(aws.asked().len(), 1);
    assert_eq!(token(&secrets.accounts().await.unwrap()), "one");
}
