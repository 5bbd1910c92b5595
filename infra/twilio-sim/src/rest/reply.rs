//! Answers in Twilio's shape, and those that are not.
use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{LOCATION, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// An answer of the REST API.
pub(crate) struct Reply {
    status: u16,
    kind: &'static str,
    body: String,
    retry_after: Option<u64>,
    location: Option<String>,
}

impl Reply {
    pub(crate) fn json(status: u16, body: Value) -> Self {
        Self { kind: "application/json", body: body.to_string(), ..Self::empty(status) }
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
        Self { kind: "text/html", body, ..Self::empty(status) }
    }

    /// The same with its JSON broken off.
    pub(crate) fn cut_off(mut self) -> Self {
        let half = self.body.floor_char_boundary(self.body.len() / 2);
        self.body.truncate(half);
        self
    }

    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// 307: it is at another address.
    pub(crate) fn elsewhere(location: String) -> Self {
        Self { location: Some(location), ..Self::empty(307) }
    }

    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    pub(crate) fn body(&self) -> String {
        self.body.clone()
    }

    pub(crate) fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = match self.body.is_empty() {
            true => status.into_response(),
            false => (status, [("content-type", self.kind)], self.body).into_response(),
        };
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(location) = self.location.and_then(|location| HeaderValue::try_from(location).ok()) {
            response.headers_mut().insert(LOCATION, location);
        }
        response
    }

    fn empty(status: u16) -> Self {
        Self { status, kind: "", body: String::new(), retry_after: None, location: None }
    }
}
