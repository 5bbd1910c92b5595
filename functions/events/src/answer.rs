//! Answers, in the shape that whoever asks understands.

use api::FieldError;
use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
    },
    response::{IntoResponse as _, Response},
};
use serde_json::Value;

use crate::{handler::LIMIT, intake::Refusal};

/// When table or queue are asked again, seconds.
const SOON: u16 = 1;

/// It is on the queue.
pub(crate) fn accepted(body: &Value) -> Response {
    json(StatusCode::ACCEPTED, "application/json", body.to_string())
}

fn json(status: StatusCode, media_type: &'static str, body: String) -> Response {
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn retry_after(mut response: Response, seconds: u16) -> Response {
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// Answers as PagerDuty's Events API v2 gives them.
pub(crate) mod for_pagerduty {
    use axum::{http::StatusCode, response::Response};
    use serde_json::{Value, json};

    use super::{FieldError, LIMIT, Refusal, SOON, retry_after};

    const INVALID: &str = "Event object is invalid";

    pub(crate) fn accepted(dedup_key: &str) -> Response {
        super::accepted(&json!({"status": "success", "message": "Event processed", "dedup_key": dedup_key}))
    }

    pub(crate) fn invalid(errors: &[FieldError]) -> Response {
        let said = |error: &FieldError| match error.field.as_str() {
            "" => format!("The event {}", error.message),
            field => format!("'{field}' {}", error.message),
        };
        refusal(StatusCode::BAD_REQUEST, "invalid event", INVALID, errors.iter().map(said).collect())
    }

    pub(crate) fn no_json() -> Response {
        refusal(StatusCode::BAD_REQUEST, "invalid event", INVALID, vec!["The body is no JSON".to_owned()])
    }

    pub(crate) fn too_large() -> Response {
        let said = format!("The body has more than {LIMIT} bytes");
        refusal(StatusCode::PAYLOAD_TOO_LARGE, "invalid event", "Event object is too large", vec![said])
    }

    pub(crate) fn refused(why: Refusal) -> Response {
        match why {
            Refusal::UnknownKey => {
                refusal(StatusCode::BAD_REQUEST, "invalid event", INVALID, vec!["Invalid routing key".to_owned()])
            }
            Refusal::TooMany { seconds } => {
                let said = "Events with this routing key arrive too quickly: send it again later";
                retry_after(refusal(StatusCode::TOO_MANY_REQUESTS, "throttle exceeded", said, vec![]), seconds)
            }
            Refusal::Unavailable => {
                let said = "The event could not be queued: send it again";
                retry_after(refusal(StatusCode::SERVICE_UNAVAILABLE, "unavailable", said, vec![]), SOON)
            }
        }
    }

    fn refusal(status: StatusCode, word: &str, message: &str, errors: Vec<String>) -> Response {
        let mut body = json!({"status": word, "message": message});
        if !errors.is_empty() {
            body["errors"] = Value::from(errors);
        }
        super::json(status, "application/json", body.to_string())
    }
}

/// Refusals as the admin API gives them: RFC 9457, with the fields that are wrong.
pub(crate) struct Problem;

impl Problem {
    pub(crate) fn fields(errors: Vec<FieldError>) -> Response {
        let title = "Some fields cannot stay as they are";
        Self::of(StatusCode::UNPROCESSABLE_ENTITY, "refused", title, None, errors)
    }

    pub(crate) fn malformed(line: usize, column: usize) -> Response {
        let detail = format!("the body is no JSON at line {line}, column {column}");
        Self::of(StatusCode::BAD_REQUEST, "malformed", "The request cannot be read", Some(detail), vec![])
    }

    pub(crate) fn not_json() -> Response {
        let detail = "Content-Type has to be application/json".to_owned();
        let title = "The body is not of a type that is understood here";
        Self::of(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", title, Some(detail), vec![])
    }

    pub(crate) fn too_large() -> Response {
        let detail = format!("at most {LIMIT} bytes are read");
        Self::of(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The body is too large", Some(detail), vec![])
    }

    pub(crate) fn without_key() -> Response {
        Self::unauthenticated(r#"Bearer realm="dutyline events", Basic realm="dutyline events""#)
    }

    pub(crate) fn refused(why: Refusal) -> Response {
        match why {
            Refusal::UnknownKey => Self::unauthenticated(r#"Bearer realm="dutyline events", error="invalid_token""#),
            Refusal::TooMany { seconds } => {
                let title = "Too many events came with this routing key";
                retry_after(Self::of(StatusCode::TOO_MANY_REQUESTS, "too-often", title, None, vec![]), seconds)
            }
            Refusal::Unavailable => {
                let (title, detail) = ("It cannot be answered now", "send it again".to_owned());
                let problem = Self::of(StatusCode::SERVICE_UNAVAILABLE, "unavailable", title, Some(detail), vec![]);
                retry_after(problem, SOON)
            }
        }
    }

    fn unauthenticated(challenge: &'static str) -> Response {
        let title = "A valid routing key is needed";
        let detail = "as bearer token, or as password of basic authentication".to_owned();
        let mut response = Self::of(StatusCode::UNAUTHORIZED, "unauthenticated", title, Some(detail), vec![]);
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        response
    }

    fn of(status: StatusCode, slug: &str, title: &str, detail: Option<String>, errors: Vec<FieldError>) -> Response {
        let problem = api::Problem {
            kind: format!("{}{slug}", api::Problem::URN),
            title: title.to_owned(),
            status: status.as_u16(),
            detail,
            errors,
            ..api::Problem::default()
        };
        let body = serde_json::to_string(&problem).unwrap_or_default();
        json(status, api::Problem::MEDIA_TYPE, body)
    }
}
