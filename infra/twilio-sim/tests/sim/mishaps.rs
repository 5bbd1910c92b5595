//! What can go wrong with a purchase on the wire.
use std::time::Duration;

use reqwest::Method;
use serde_json::Value;
use twilio_sim::{Fault, Mishap, Sim};

use crate::client::{ask, buy, first, start};

/// What the client sees: a status, `Retry-After`, and the body if it is JSON; or how it failed.
#[derive(Debug, PartialEq)]
enum Outcome {
    Answer(u16, Option<u64>, bool),
    Reset,
    TimedOut,
}

async fn attempt(sim: &Sim, number: &str) -> Outcome {
    let body = twilio_sim::encode_form(&[("PhoneNumber".to_owned(), number.to_owned())]);
    let url = format!("{}/2010-04-01/Accounts/{}/IncomingPhoneNumbers.json", sim.base_url(), sim.account_sid());
    let request = reqwest::Client::new()
        .post(url)
        .basic_auth(sim.account_sid(), Some(sim.auth_token()))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body);
    let answer = match tokio::time::timeout(Duration::from_millis(500), request.send()).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => {
            let text = format!("{error:?}");
            assert!(text.contains("ConnectionReset"), "{text}");
            return Outcome::Reset;
        }
        Err(_) => return Outcome::TimedOut,
    };
    let retry_after = answer.headers().get("retry-after").map(|value| value.to_str().unwrap().parse().unwrap());
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    Outcome::Answer(status, retry_after, serde_json::from_str::<Value>(&text).is_ok())
}

async fn check(mishap: Mishap, outcome: Outcome, bought: bool) {
    let sim = start().await;
    let number = first(&sim, "US/Local.json").await;
    sim.fault(Fault::rest("POST /IncomingPhoneNumbers.json", mishap.clone()));
    assert_eq!(attempt(&sim, &number).await, outcome, "{mishap:?}");
    assert_eq!(sim.number(&number).is_some(), bought, "{mishap:?}");
    assert_eq!(sim.ledger().len(), usize::from(bought), "{mishap:?}");
    let entry = sim.journal().pop().unwrap();
    assert!(entry.fault.is_some(), "{mishap:?}");
    assert_eq!(entry.status == Some(0), outcome == Outcome::Reset, "{mishap:?}");
    // it is over, and the connection of the next request is whole
    assert_eq!(attempt(&sim, &number).await, Outcome::Answer(if bought { 400 } else { 201 }, None, true));
    sim.assert_clean();
}

#[tokio::test]
async fn before_and_after_the_purchase() {
    check(Mishap::ResetBefore, Outcome::Reset, false).await;
    check(Mishap::ResetAfter, Outcome::Reset, true).await;
    check(Mishap::Stalls(Duration::from_secs(5)), Outcome::TimedOut, true).await;
    check(Mishap::Refused(500), Outcome::Answer(500, None, true), false).await;
    check(Mishap::Refused(502), Outcome::Answer(502, None, false), false).await;
    check(Mishap::Refused(403), Outcome::Answer(403, None, true), false).await;
    check(Mishap::FailedAfter(503), Outcome::Answer(503, None, true), true).await;
    check(Mishap::TooMany { retry_after: 7 }, Outcome::Answer(429, Some(7), true), false).await;
    check(Mishap::Garbled, Outcome::Answer(201, None, false), true).await;
    check(Mishap::Html(503), Outcome::Answer(503, None, false), false).await;
    check(Mishap::HtmlAfter(504), Outcome::Answer(504, None, false), true).await;
}

#[tokio::test]
async fn so_many_requests_and_no_more() {
    let sim = start().await;
    let number = first(&sim, "US/Local.json").await;
    sim.fault(Fault::rest("POST /IncomingPhoneNumbers", Mishap::Refused(500)).times(2).nth(2));
    let mut found = Vec::new();
    for _ in 0..4 {
        found.push(buy(&sim, &[("PhoneNumber", &number)]).await.0);
        assert_eq!(ask(&sim, Method::GET, "/IncomingPhoneNumbers.json", &[]).await.0, 200);
    }
    assert_eq!(found, [201, 500, 500, 400]);
}
