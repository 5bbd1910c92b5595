//! When there is no page to show: what happened, in words, and where to go on.

use api::{Problem, client::ClientError};
use askama::Template;
use axum::{
    http::request::Parts,
    response::{Html, IntoResponse, Redirect, Response},
};
use entry::Chain;
use http::{Method, StatusCode};

use crate::frame::Frame;

/// Why there is no page.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nobody has signed in, or the token does not count any more; afterwards they want to be there.
    SignedOut { wanted: String },
    /// The browser follows somebody else's link, and so keeps the cookie back: from a page of ours it sends it.
    FromElsewhere { wanted: String },
    /// The form was not made by us for this visitor.
    NotFromHere,
    /// The form holds more than anything needs.
    TooLarge,
    /// There is no such page.
    NoSuchPage,
    /// The API says why not.
    Problem(Box<Problem>),
    /// The API does not answer, or not as it should.
    NoAnswer,
    /// A page could not be written.
    Unwritten(askama::Error),
}

impl Failure {
    /// Whoever has not signed in does so, and goes on to where they wanted to be.
    pub(crate) fn signed_out(parts: &Parts) -> Self {
        let wanted = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
        let from = parts.headers.get("sec-fetch-site").map(|site| site.as_bytes());
        if parts.method == Method::GET && from == Some(b"cross-site") {
            return Self::FromElsewhere { wanted };
        }
        Self::SignedOut { wanted }
    }

    fn words(&self) -> (StatusCode, &'static str, String) {
        match self {
            Self::SignedOut { .. } | Self::FromElsewhere { .. } => (StatusCode::SEE_OTHER, "", String::new()),
            Self::NotFromHere => {
                let detail = "This form was not made for you, or not by these pages. Nothing was changed. Go back, \
                              load the page again, and repeat what you did.";
                (StatusCode::FORBIDDEN, "Not from here", detail.to_owned())
            }
            Self::TooLarge => {
                (StatusCode::PAYLOAD_TOO_LARGE, "Too much at once", "The form holds more than can be sent.".to_owned())
            }
            Self::NoSuchPage => (StatusCode::NOT_FOUND, "No such page", "Nothing is at this address.".to_owned()),
            Self::Problem(problem) => {
                let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::BAD_GATEWAY);
                let title = match status {
                    StatusCode::NOT_FOUND => "Not found",
                    StatusCode::FORBIDDEN => "Your token may not do this",
                    StatusCode::CONFLICT => "This cannot be done now",
                    StatusCode::PRECONDITION_FAILED => "Somebody else was first",
                    _ => "This did not work",
                };
                (status, title, problem.to_string())
            }
            Self::NoAnswer => {
                let detail =
                    "Dutyline's API does not answer. Calls and pages do not depend on it. Try again in a moment.";
                (StatusCode::BAD_GATEWAY, "No answer", detail.to_owned())
            }
            Self::Unwritten(_) => {
                (StatusCode::INTERNAL_SERVER_ERROR, "This page is broken", "The page could not be written.".to_owned())
            }
        }
    }
}

/// What a page can do without: nothing, if the API says why there is none.
pub(crate) fn if_any<T>(answer: Result<T, ClientError>) -> Result<Option<T>, ClientError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(ClientError::Problem(problem)) if problem.status != 401 => Ok(None),
        Err(other) => Err(other),
    }
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Problem(problem) if problem.status == 401 => Self::SignedOut { wanted: "/console".to_owned() },
            ClientError::Problem(problem) => Self::Problem(problem),
            other => {
                tracing::warn!(error = %Chain(&other), "the admin API did not answer as it should");
                Self::NoAnswer
            }
        }
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        Self::Unwritten(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match &self {
            Self::SignedOut { wanted } => {
                let next: String = form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
                return Redirect::to(&format!("/console/sign-in?next={next}")).into_response();
            }
            Self::FromElsewhere { wanted } => {
                let page = Onwards { next: wanted.clone() }.render();
                return Html(page.unwrap_or_default()).into_response();
            }
            Self::Unwritten(error) => tracing::error!(%error, "a page could not be written"),
            _ => {}
        }
        let (status, title, detail) = self.words();
        let page = Broken { frame: Frame::bare(title), detail: &detail }.render();
        (status, Html(page.unwrap_or(detail))).into_response()
    }
}

/// A page that leads on by itself.
#[derive(Template)]
#[template(path = "onwards.html")]
pub(crate) struct Onwards {
    pub(crate) next: String,
}

#[derive(Template)]
#[template(path = "broken.html")]
struct Broken<'a> {
    frame: Frame,
    detail: &'a str,
}
