//! Signing in with a token or at an issuer, and out again.

mod by_issuer;

use api::{FieldError, client::ClientError};
use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use http::{HeaderValue, StatusCode, header::SET_COOKIE};
use secrecy::SecretString;
use serde::Deserialize;

use crate::{
    App,
    failure::Failure,
    form::Form,
    frame::Frame,
    session::{Session, forgotten},
    visitor::{Anonymous, Submitted, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/console/sign-in", get(show).post(sign_in))
        .route("/console/sign-in/issuer", get(by_issuer::leave))
        .route("/console/sign-in/done", get(by_issuer::come_back))
        .route("/console/sign-out", post(sign_out))
        .route("/console/account", get(account))
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    frame: Frame,
    form: Form,
    next: String,
    /// Where to sign in instead, if there is an issuer.
    issuer: Option<String>,
}

impl SignIn {
    fn of(app: &App, frame: Frame, form: Form, next: String) -> Self {
        let host = |url: &str| url.parse::<http::Uri>().ok().and_then(|uri| uri.host().map(str::to_owned));
        Self { frame, form, next, issuer: app.issuer().and_then(|issuer| host(&issuer.url)) }
    }
}

/// What an address says beside its path.
#[derive(Debug, Default, Deserialize)]
struct Wanted {
    next: Option<String>,
    done: Option<String>,
}

async fn show(State(app): State<App>, Query(wanted): Query<Wanted>) -> Result<Response, Failure> {
    let frame = Frame::bare("Sign in").after(wanted.done.as_deref());
    let page = SignIn::of(&app, frame, Form::default(), inside(wanted.next.as_deref()));
    Ok(Html(page.render()?).into_response())
}

async fn sign_in(State(app): State<App>, Anonymous(fields): Anonymous) -> Result<Response, Failure> {
    let next = inside(fields.find("_next"));
    let token = fields.text("token").trim();
    if token.is_empty() {
        return again(&app, next, "Paste a token: it cannot be empty.");
    }
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return again(&app, next, "This is no token: tokens have letters, digits and signs without blanks.");
    }
    match enter(&app, token.into()).await? {
        Ok(cookie) => Ok(([(SET_COOKIE, cookie)], Redirect::to(&next)).into_response()),
        Err(KeptOut::Unknown) => {
            again(&app, next, "This token does not count. It may have ended, or been revoked, or not be all of it.")
        }
        Err(KeptOut::Refused(why)) => again(&app, next, &why),
    }
}

/// Why somebody is not let in with a token.
enum KeptOut {
    /// It is nobody's.
    Unknown,
    /// The API says why.
    Refused(String),
}

/// What a browser keeps, if the API knows whose token it is.
async fn enter(app: &App, token: SecretString) -> Result<Result<HeaderValue, KeptOut>, Failure> {
    match app.client(token.clone()).me().await {
        Ok(me) => {
            let session = Session { token, name: me.name, role: me.role };
            Ok(Ok(session.cookie(app).ok_or(Failure::NoAnswer)?))
        }
        Err(ClientError::Problem(problem)) if problem.status == 401 => Ok(Err(KeptOut::Unknown)),
        Err(ClientError::Problem(problem)) if problem.status == 403 => Ok(Err(KeptOut::Refused(problem.to_string()))),
        Err(other) => Err(other.into()),
    }
}

/// The page once more, because of what was typed: the token itself is not shown again.
fn again(app: &App, next: String, message: &str) -> Result<Response, Failure> {
    kept_out(app, next, Form::default().with_errors(vec![FieldError::new("token", message)]))
}

fn kept_out(app: &App, next: String, form: Form) -> Result<Response, Failure> {
    let page = SignIn::of(app, Frame::bare("Sign in"), form, next);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

/// Where to go on: a page of ours, whatever an address says.
fn inside(next: Option<&str>) -> String {
    let ours = |path: &&str| {
        path.strip_prefix("/console").is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
            && !path.starts_with("/console/sign-")
            && HeaderValue::from_str(path).is_ok()
            && !path.contains(['\\', ';'])
    };
    next.filter(ours).unwrap_or("/console").to_owned()
}

/// Out of this browser; or everywhere, by ending the token itself.
async fn sign_out(submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, fields } = submitted;
    if fields.text("_do") == "everywhere" {
        match visitor.client.revoke_me().await {
            Ok(()) => {}
            Err(ClientError::Problem(problem)) if problem.status == 401 => {}
            Err(ClientError::Problem(problem)) if problem.status == 409 => {
                let page = Account::of(&visitor, Some(problem.to_string()))?;
                return Ok((StatusCode::CONFLICT, Html(page)).into_response());
            }
            Err(other) => return Err(other.into()),
        }
    }
    let gone = Redirect::to("/console/sign-in?done=signed-out");
    match forgotten(&visitor.app) {
        Some(cookie) => Ok(([(SET_COOKIE, cookie)], gone).into_response()),
        None => Ok(gone.into_response()),
    }
}

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
    frame: Frame,
    name: String,
    role: api::Role,
    problem: Option<String>,
}

impl Account {
    fn of(visitor: &Visitor, problem: Option<String>) -> askama::Result<String> {
        let (name, role) = (visitor.session.name.clone(), visitor.session.role);
        Self { frame: Frame::of(visitor, "/console/account", "You"), name, role, problem }.render()
    }
}

async fn account(visitor: Visitor) -> Result<Response, Failure> {
    Ok(Html(Account::of(&visitor, None)?).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for ours in ["/console", "/console/people?done=saved", "/console/incidents/x"] {
            assert_eq!(inside(Some(ours)), ours);
        }
        let others = [
            "https://example.org",
            "//example.org",
            "/consoles",
            "/console\\@example.org",
            "/api/v1/me",
            "",
            "/console/sign-out",
            "/console/\r\nx",
        ];
        for other in others {
            assert_eq!(inside(Some(other)), "/console", "{other}");
        }
    }
}
