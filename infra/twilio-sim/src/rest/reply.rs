//! Answers in Twilio's shape, and those that are not.
use axum::{
    body::Bytes,
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{ACCEPT_RANGES, CONTENT_RANGE, CONTENT_TYPE, LOCATION, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// An answer of the REST API.
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(HeaderName, String)>,
    body: Bytes,
}

impl Reply {
    pub(crate) fn json(status: u16, body: Value) -> Self {
        Self::of(status, "application/json", body.to_string())
    }

    /// 204 after a deletion.
    pub(crate) fn gone() -> Self {
        Self::empty(204)
    }

    pub(crate) fn error(status: u16, code: u32, message: &str) -> Self {
        let body = json!({
            "code": code,
            "message": message,
            "more_info": format!("https://www.twilio.com/docs/errors/{code}"),
            "status": status,
        });
        Self::json(status, body)
    }

    pub(crate) fn not_found(path: &str) -> Self {
        Self::error(404, 20404, &format!("The requested resource {path} was not found"))
    }

    /// What a test asked for.
    pub(crate) fn refused(status: u16) -> Self {
        match status {
            401 => Self::error(401, 20003, "Authenticate"),
            403 => Self::error(403, 20403, "403 Forbidden"),
            404 => Self::error(404, 20404, "Not Found"),
            429 => Self::error(429, 20429, "Too Many Requests"),
            500 => Self::error(500, 20500, "Internal Server Error"),
            503 => Self::error(503, 20503, "Service unavailable"),
            status => Self::empty(status),
        }
    }

    /// What stands in front of Twilio answers, not Twilio.
    pub(crate) fn html(status: u16) -> Self {
        let body = format!("<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>");
        Self::of(status, "text/html", body)
    }

    /// A file, or the one part of it that a header `Range` names.
    pub(crate) fn file(kind: &'static str, content: Vec<u8>, range: Option<&str>) -> Self {
        let (total, content) = (content.len(), Bytes::from(content));
        let wanted = range.and_then(|range| wanted(range, total));
        let reply = match wanted {
            None => Self::of(200, kind, content),
            Some(None) => Self::empty(416).with(CONTENT_RANGE, format!("bytes */{total}")),
            Some(Some((first, last))) => Self::of(206, kind, content.slice(first..=last))
                .with(CONTENT_RANGE, format!("bytes {first}-{last}/{total}")),
        };
        reply.with(ACCEPT_RANGES, "bytes")
    }

    /// The same broken off.
    pub(crate) fn cut_off(mut self) -> Self {
        self.body.truncate(self.body.len() / 2);
        self
    }

    pub(crate) fn retry_after(self, seconds: u64) -> Self {
        self.with(RETRY_AFTER, seconds.to_string())
    }

    /// 307: it is at another address.
    pub(crate) fn elsewhere(location: String) -> Self {
        Self::empty(307).with(LOCATION, location)
    }

    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    /// What it says, for the journal.
    pub(crate) fn body(&self) -> String {
        match str::from_utf8(&self.body) {
            Ok(text) => text.to_owned(),
            Err(_) => format!("{} bytes", self.body.len()),
        }
    }

    pub(crate) fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::try_from(value) {
                response.headers_mut().insert(name, value);
            }
        }
        *response.body_mut() = self.body.into();
        response
    }

    fn of(status: u16, kind: &'static str, body: impl Into<Bytes>) -> Self {
        Self { body: body.into(), ..Self::empty(status).with(CONTENT_TYPE, kind) }
    }

    fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Bytes::new() }
    }

    fn with(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// The first and the last byte that a header `Range` names, if there are such bytes. None if it does not name one range.
fn wanted(range: &str, total: usize) -> Option<Option<(usize, usize)>> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let end = total.checked_sub(1);
    let (first, last) = match (first, last) {
        ("", count) => (total.saturating_sub(count.parse().ok()?), end),
        (first, "") => (first.parse().ok()?, end),
        (first, last) => (first.parse().ok()?, Some(last.parse().ok()?).min(end)),
    };
    Some(last.filter(|last| first <= *last).map(|last| (first, last)))
}

#[cfg(test)]
mod tests {
    use super::wanted;

    #[test]
    fn parts_of_ten_bytes() {
        for (range, expected) in [
            ("bytes=0-", Some(Some((0, 9)))),
            ("bytes=2-3", Some(Some((2, 3)))),
            ("bytes=2-99", Some(Some((2, 9)))),
            ("bytes=-3", Some(Some((7, 9)))),
            ("bytes=-30", Some(Some((0, 9)))),
            ("bytes=10-", Some(None)),
            ("bytes=-0", Some(None)),
            ("bytes=0-1,3-4", None),
            ("lines=0-1", None),
        ] {
            assert_eq!(wanted(range, 10), expected, "{range}");
        }
        assert_eq!(wanted("bytes=0-", 0), Some(None));
    }
}
