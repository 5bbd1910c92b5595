//! Answers in Twilio's shape.
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// An answer of the REST API.
pub(crate) struct Reply {
    status: u16,
    body: Option<Value>,
}

impl Reply {
    pub(crate) fn json(status: u16, body: Value) -> Self {
        Self { status, body: Some(body) }
    }

    /// 204 after a deletion.
    pub(crate) fn gone() -> Self {
        Self { status: 204, body: None }
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
            429 => Self::error(429, 20429, "Too Many Requests"),
            500 => Self::error(500, 20500, "Internal Server Error"),
            503 => Self::error(503, 20503, "Service unavailable"),
            status => Self { status, body: None },
        }
    }

    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    pub(crate) fn body(&self) -> String {
        self.body.as_ref().map(Value::to_string).unwrap_or_default()
    }

    pub(crate) fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        match self.body {
            Some(body) => (status, [("content-type", "application/json")], body.to_string()).into_response(),
            None => status.into_response(),
        }
    }
}
