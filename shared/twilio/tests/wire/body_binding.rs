//! What binds a body to its signature, and how requests without one are read.

use twilio::webhook::{Payload, Refused, receive, receive_any};

use crate::signing::{ACCOUNT, FORM, Request, TOKEN, keys, sha1};

const URL: &str = "https://hooks.example.org/events";

#[track_caller]
fn check(request: &Request, expected: Result<&str, Refused>) {
    let received = receive_any(&request.signed(), &keys(&[TOKEN]));
    let shown = received.map(|verified| match verified.into_inner() {
        Payload::Form(form) => format!("{form:?}"),
        Payload::Raw(bytes) => String::from_utf8(bytes.into()).unwrap(),
    });
    assert_eq!(shown, expected.map(str::to_owned));
}

#[test]
fn json_is_bound_by_its_hash() {
    let request = Request::json(URL, br#"{"a":1}"#);
    check(&request, Ok(r#"{"a":1}"#));
    let body = br#"{"a":2}"#.to_vec();
    check(&Request { body, ..request.clone() }, Err(Refused::OtherBody));
    assert_eq!(receive(&request.signed(), &keys(&[TOKEN])).err(), Some(Refused::NotAForm));
}

#[test]
fn json_without_a_hash_is_refused_although_its_url_is_signed() {
    let request = Request { url: URL.into(), signature: Some(sha1(TOKEN, URL)), ..Request::json(URL, b"{}") };
    check(&request, Err(Refused::UnboundBody));
}

#[test]
fn a_hash_in_capitals_is_not_twilio_s() {
    let request = Request::json(URL, b"{}");
    let (front, hash) = request.url.split_once('=').unwrap();
    let url = format!("{front}={}", hash.to_uppercase());
    check(&Request { signature: Some(sha1(TOKEN, &url)), url, ..request }, Err(Refused::OtherBody));
}

#[test]
fn signed_json_presented_as_an_empty_form() {
    let request = Request::json(URL, br#"{"a":1}"#);
    for body in ["", "&", "&&"] {
        let request = Request { content_type: Some(FORM.into()), body: body.into(), ..request.clone() };
        check(&request, Err(Refused::OtherBody));
        check(&Request { content_type: None, ..request }, Err(Refused::OtherBody));
    }
    check(&Request { body: Vec::new(), ..request }, Err(Refused::OtherBody));
}

#[test]
fn a_form_may_hold_anything_beside_a_hash_in_its_url() {
    check(&Request::form("https://x.org/v?bodySHA256=abc", &[("A", "1")]), Ok(r#"{"A"}"#));
}

#[test]
fn of_a_get_the_query_is_the_form() {
    let url = format!("{URL}?AccountSid={ACCOUNT}&Digits=1");
    let request =
        Request { signature: Some(sha1(TOKEN, &url)), url, settings: None, content_type: None, body: Vec::new() };
    check(&request, Ok(r#"{"AccountSid", "Digits"}"#));
    let form = receive(&request.signed(), &keys(&[TOKEN])).unwrap();
    assert_eq!(form.get("Digits"), Some("1"));
}

#[test]
fn of_a_post_only_the_body_is_the_form() {
    let request = Request::form("https://x.org/v?To=9&Secret=1", &[("To", "8")]);
    let form = receive(&request.signed(), &keys(&[TOKEN])).unwrap();
    assert_eq!(form.pairs(), [("To".to_owned(), "8".to_owned())]);
}

#[test]
fn content_types_of_a_form() {
    let request = Request::form(URL, &[("A", "1")]);
    for content_type in
        [None, Some("application/x-www-form-urlencoded"), Some("APPLICATION/X-WWW-Form-urlencoded ; x=y")]
    {
        let content_type = content_type.map(str::to_owned);
        check(&Request { content_type, ..request.clone() }, Ok(r#"{"A"}"#));
    }
    for content_type in ["text/plain", "multipart/form-data", ""] {
        let content_type = Some(content_type.to_owned());
        check(&Request { content_type, ..request.clone() }, Err(Refused::UnboundBody));
    }
}
