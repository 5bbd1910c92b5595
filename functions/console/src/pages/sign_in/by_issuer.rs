//! Signing in at the issuer: there, and back with a code.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use entry::Chain;
use http::{
    HeaderMap, HeaderValue,
    header::{COOKIE, SET_COOKIE},
};
use serde::Deserialize;

use super::{KeptOut, Wanted, enter, inside, kept_out};
use crate::{
    App,
    failure::{Failure, Onwards},
    form::Form,
    issuer::{Issuer, Login, NotSignedIn},
};

/// Off to the issuer. The cookie may come back with a visitor whom somebody else's page sends, as the issuer's does.
pub(super) async fn leave(State(app): State<App>, Query(wanted): Query<Wanted>) -> Result<Response, Failure> {
    let issuer = app.issuer().ok_or(Failure::NoSuchPage)?;
    let login = Login::begin(inside(wanted.next.as_deref()));
    match issuer.entrance(app.transport(), &login, &back(&app)).await {
        Ok(entrance) => {
            let kept = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&login).unwrap_or_default());
            Ok(([(SET_COOKIE, cookie(&kept, 600)?)], Redirect::to(&entrance)).into_response())
        }
        Err(error) => no_answer(&app, login.next, &error),
    }
}

/// What the issuer sends a browser back with.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Answer {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
}

/// Back from the issuer.
pub(super) async fn come_back(
    State(app): State<App>,
    headers: HeaderMap,
    Query(answer): Query<Answer>,
) -> Result<Response, Failure> {
    let issuer: &Issuer = app.issuer().ok_or(Failure::NoSuchPage)?;
    let Some(login) = login_of(&headers) else {
        return unlucky(&app, inside(None), "Signing in took too long, or began in another browser. Try again.");
    };
    if !login.is_answered_by(answer.state.as_deref().unwrap_or_default()) {
        return unlucky(&app, login.next, "This answer belongs to another attempt to sign in. Try again.");
    }
    let Some(code) = answer.code.filter(|_| answer.error.is_none()) else {
        return unlucky(&app, login.next, "The issuer did not let you in.");
    };
    let token = match issuer.token(app.transport(), &login, &code, &back(&app)).await {
        Ok(token) => token,
        Err(error) => return no_answer(&app, login.next, &error),
    };
    let session = match enter(&app, token).await? {
        Ok(session) => session,
        Err(KeptOut::Unknown) => {
            let why = "The issuer has signed you in, but not for this Dutyline: what it says does not count here.";
            return unlucky(&app, login.next, why);
        }
        Err(KeptOut::Refused(why)) => return unlucky(&app, login.next, &why),
    };
    // a strict cookie does not go along where another page's redirect leads: this page leads on
    let mut entered = Html(Onwards { next: login.next }.render()?).into_response();
    for cookie in [session, cookie("", 0)?] {
        entered.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(entered)
}

fn back(app: &App) -> String {
    format!("{}/console/sign-in/done", app.base_url())
}

/// The page to sign in on, with why it did not work.
fn unlucky(app: &App, next: String, why: &str) -> Result<Response, Failure> {
    let mut form = Form::default();
    form.problem = Some(why.to_owned());
    kept_out(app, next, form)
}

fn no_answer(app: &App, next: String, error: &NotSignedIn) -> Result<Response, Failure> {
    tracing::warn!(error = %Chain(error), "nobody could sign in at the issuer");
    unlucky(app, next, &format!("You could not be signed in: {error}."))
}

const COOKIE_NAME: &str = "dutyline-login";

fn cookie(value: &str, seconds: u32) -> Result<HeaderValue, Failure> {
    let text =
        format!("{COOKIE_NAME}={value}; Path=/console/sign-in; HttpOnly; Secure; SameSite=Lax; Max-Age={seconds}");
    let mut header = HeaderValue::try_from(text).map_err(|_| Failure::NoAnswer)?;
    header.set_sensitive(true);
    Ok(header)
}

fn login_of(headers: &HeaderMap) -> Option<Login> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(name, _)| *name == COOKIE_NAME)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(value).ok()?).ok()
}
