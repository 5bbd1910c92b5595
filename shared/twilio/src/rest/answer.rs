//! From a status and a body to a yes, a no, or neither.

use hyper::body::Bytes;
use serde::Deserialize;

use crate::Private;

use super::error::{Cause, Error, Refusal, Uncertainty};
use super::wire::Answer;

/// What a yes says. The status decides before the body is looked at: in front of Twilio's own servers stand others
/// whose answers are HTML, or empty.
pub(super) fn judged(answer: Answer) -> Result<Bytes, Error> {
    match answer.status {
        200..=299 => answer.body.map_err(Error::Unknown),
        401 => Err(Error::Unauthorised(refusal(&answer))),
        404 => Err(Error::NotFound(refusal(&answer))),
        429 => Err(Error::TooManyRequests { retry_after: answer.retry_after(), refusal: refusal(&answer) }),
        // somebody in between gave up waiting, for us or for Twilio
        408 | 499 => Err(Error::Unknown(Uncertainty::ServerFault { status: answer.status })),
        400..=498 => Err(Error::Refused(refusal(&answer))),
        status => Err(Error::Unknown(Uncertainty::ServerFault { status })),
    }
}

/// A yes in JSON.
pub(super) fn parsed<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Result<T, Error> {
    serde_json::from_slice(json).map_err(|error| unreadable_json(&error))
}

/// Says where, not what: serde's own text repeats values.
fn unreadable_json(error: &serde_json::Error) -> Error {
    let what = match error.classify() {
        serde_json::error::Category::Eof => "it ends too early",
        serde_json::error::Category::Data => "it has another shape",
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => "it is not JSON",
    };
    let (line, column) = (error.line(), error.column());
    Error::Unknown(Uncertainty::Unreadable(Cause::new(&format!("{what}, line {line} column {column}"))))
}

/// A yes of which this is not understood.
pub(super) fn unreadable(what: &str) -> Error {
    Error::Unknown(Uncertainty::Unreadable(Cause::new(what)))
}

/// A no with whatever can be read of its reasons.
fn refusal(answer: &Answer) -> Refusal {
    #[derive(Default, Deserialize)]
    struct Said {
        code: Option<u32>,
        message: Option<String>,
    }
    let body = answer.body.as_deref().unwrap_or_default();
    let said: Said = serde_json::from_slice(body).unwrap_or_default();
    Refusal { status: answer.status, code: said.code, message: said.message.map(Private::from) }
}

#[cfg(test)]
mod tests {
    use hyper::HeaderMap;

    use super::*;

    #[track_caller]
    fn check(status: u16, body: &'static str, expected: &str) {
        let answer = Answer { status, headers: HeaderMap::new(), length: None, body: Ok(body.as_bytes().into()) };
        let shown = match judged(answer) {
            Ok(said) => format!("yes {}", str::from_utf8(&said).unwrap()),
            Err(error) => format!("{error:?}"),
        };
        assert_eq!(shown, expected, "{status} {body}");
    }

    #[test]
    fn a_status_decides_before_its_body() {
        const NO: &str = r#"{"code":21422,"message":"gone","more_info":"https://www.twilio.com/","status":400}"#;
        check(201, "{}", "yes {}");
        check(204, "", "yes ");
        let said = "message: Some(Private(4 bytes)) }";
        check(400, NO, &format!("Refused(Refusal {{ status: 400, code: Some(21422), {said})"));
        check(409, "", "Refused(Refusal { status: 409, code: None, message: None })");
        check(403, "<html>", "Refused(Refusal { status: 403, code: None, message: None })");
        check(400, r#"{"code":null}"#, "Refused(Refusal { status: 400, code: None, message: None })");
        check(401, "", "Unauthorised(Refusal { status: 401, code: None, message: None })");
        check(404, "", "NotFound(Refusal { status: 404, code: None, message: None })");
        let refused = "refusal: Refusal { status: 429, code: None, message: None }";
        check(429, "", &format!("TooManyRequests {{ retry_after: None, {refused} }}"));
        for status in [100, 302, 307, 408, 499, 500, 502, 503, 504] {
            check(status, NO, &format!("Unknown(ServerFault {{ status: {status} }})"));
        }
    }

    #[test]
    fn a_no_stays_a_no_when_its_body_breaks() {
        let answer =
            |status| Answer { status, headers: HeaderMap::new(), length: None, body: Err(Uncertainty::TimedOut) };
        assert!(matches!(judged(answer(400)), Err(Error::Refused(_))));
        assert!(matches!(judged(answer(201)), Err(Error::Unknown(Uncertainty::TimedOut))));
    }

    #[test]
    fn what_cannot_be_read_is_not_repeated() {
        let error = parsed::<u8>(br#""+4791234589""#).unwrap_err().to_string();
        assert!(error.ends_with("it has another shape, line 1 column 13"), "{error}");
        for other in [b"<html>".as_slice(), b"\"\xff\""] {
            assert!(parsed::<String>(other).unwrap_err().to_string().contains("it is not JSON"));
        }
        assert!(parsed::<Vec<u8>>(b"[1,").unwrap_err().may_have_happened());
    }
}
