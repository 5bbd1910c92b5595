//! Answers: TwiML for Twilio, problems for programs.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// A TwiML document. `no-store`, since Twilio caches like a browser what it may.
#[must_use]
pub fn twiml(document: impl Into<String>) -> Response {
    let mut response = Body::from(document.into()).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The answer to a callback that wants none: 204. (An empty 200 makes Twilio log error 11770.)
#[must_use]
pub fn noted() -> Response {
    empty(StatusCode::NO_CONTENT)
}

/// A status and nothing else: what a request gets that did not prove where it comes from.
#[must_use]
pub fn empty(status: StatusCode) -> Response {
    let mut response = status.into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// An error told to a program: RFC 9457's `application/problem+json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    status: StatusCode,
    title: &'static str,
    detail: Option<String>,
}

impl Problem {
    /// A problem; `title` is the same for every occurrence of it.
    #[must_use]
    pub fn new(status: StatusCode, title: &'static str) -> Self {
        Self { status, title, detail: None }
    }

    /// Adds what is particular to this occurrence. It is shown to the client: no secrets, no phone numbers.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        #[derive(Serialize)]
        struct Members<'a> {
            title: &'a str,
            status: u16,
            #[serde(skip_serializing_if = "Option::is_none")]
            detail: Option<&'a str>,
        }
        let members = Members { title: self.title, status: self.status.as_u16(), detail: self.detail.as_deref() };
        let json = serde_json::to_vec(&members).unwrap_or_default();
        let mut response = (self.status, json).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn check(response: Response, status: u16, content_type: Option<&str>, body: &str) {
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(response.headers().get(CONTENT_TYPE).map(|value| value.to_str().unwrap()), content_type);
        assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
        let bytes = axum::body::to_bytes(response.into_body(), 1024).await.unwrap();
        assert_eq!(bytes, body.as_bytes());
    }

    #[tokio::test]
    async fn answers_as_they_go_over_the_wire() {
        check(twiml("<Response/>"), 200, Some("text/xml; charset=utf-8"), "<Response/>").await;
        check(noted(), 204, None, "").await;
        check(empty(StatusCode::FORBIDDEN), 403, None, "").await;
        let problem = Problem::new(StatusCode::CONFLICT, "The line has changed");
        let json = r#"{"title":"The line has changed","status":409}"#;
        check(problem.clone().into_response(), 409, Some("application/problem+json"), json).await;
        let json = r#"{"title":"The line has changed","status":409,"detail":"it is at version 4"}"#;
        let problem = problem.with_detail("it is at version 4");
        check(problem.into_response(), 409, Some("application/problem+json"), json).await;
    }
}
