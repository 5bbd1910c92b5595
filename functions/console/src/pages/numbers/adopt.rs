//! Making a line of a number that a Twilio account has already.

use api::{
    Line, NewAdoption, OwnedNumber, Webhooks,
    client::{Client, ClientError},
};
use askama::Template;
use axum::{
    Router,
    extract::Path,
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use http::StatusCode;

use crate::{
    App,
    editor::Edited as _,
    failure::Failure,
    form::{self, Form},
    frame::Frame,
    visitor::{Submitted, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/console/numbers/adopt/{account}", get(show).post(adopt))
}

#[derive(Template)]
#[template(path = "adopt.html")]
struct Owned {
    frame: Frame,
    /// What was typed for one of them, and what is wrong with it.
    form: Form,
    account: String,
    numbers: Vec<OwnedNumber>,
}

impl Owned {
    fn is_typed(&self, number: &OwnedNumber) -> bool {
        self.form.value("id") == number.id
    }

    fn name<'o>(&'o self, number: &'o OwnedNumber) -> &'o str {
        let own = if number.name.starts_with('+') { "Hotline" } else { number.name.as_str() };
        if self.is_typed(number) { self.form.value("name") } else { own }
    }

    fn free(&self) -> impl Iterator<Item = &OwnedNumber> {
        self.numbers.iter().filter(|number| number.line.is_none())
    }
}

/// Where a number's calls and texts go: the member's name, what people call it, and what is there.
fn settings(webhooks: &Webhooks) -> [(&'static str, &'static str, Option<&str>); 8] {
    let Webhooks {
        voice,
        voice_fallback,
        status_callback,
        sms,
        sms_fallback,
        voice_application,
        sms_application,
        trunk,
    } = webhooks;
    [
        ("voice", "Calls", voice.as_deref()),
        ("voice_fallback", "Calls, if that fails", voice_fallback.as_deref()),
        ("status_callback", "Ends of calls", status_callback.as_deref()),
        ("sms", "Texts", sms.as_deref()),
        ("sms_fallback", "Texts, if that fails", sms_fallback.as_deref()),
        ("voice_application", "Calls, by an application", voice_application.as_deref()),
        ("sms_application", "Texts, by an application", sms_application.as_deref()),
        ("trunk", "Calls, by a SIP trunk", trunk.as_deref()),
    ]
}

/// What people call a setting of a number at Twilio.
pub(super) fn setting(name: &str) -> String {
    let none = Webhooks::default();
    let known = settings(&none).into_iter().find(|(known, ..)| *known == name);
    known.map_or_else(|| name.to_owned(), |(_, words, _)| words.to_owned())
}

async fn show(visitor: Visitor, Path(account): Path<String>) -> Result<Response, Failure> {
    page(&visitor, &visitor.client, account, Form::default(), StatusCode::OK).await
}

async fn adopt(Path(account): Path<String>, submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, fields } = submitted;
    let client = &visitor.client;
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let wanted: NewAdoption = match form::read(&fields) {
        Ok(wanted) => wanted,
        Err(errors) => return page(&visitor, client, account, Form::typed(fields).with_errors(errors), refused).await,
    };
    let to_line = |line: &str| Redirect::to(&format!("{}?done=adopted#{line}", Line::SECTION)).into_response();
    match client.adopt(&account, &wanted).await {
        Ok(adoption) => Ok(to_line(&adoption.line)),
        // the same form, sent twice: it is a line now
        Err(ClientError::Problem(problem)) if problem.slug() == "number-taken" => Ok(to_line("")),
        Err(ClientError::Problem(problem)) if [409, 412, 422].contains(&problem.status) => {
            let status = StatusCode::from_u16(problem.status).unwrap_or(refused);
            page(&visitor, client, account, Form::typed(fields).refused(&problem), status).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn page(
    visitor: &Visitor,
    client: &Client,
    account: String,
    form: Form,
    status: StatusCode,
) -> Result<Response, Failure> {
    let numbers = client.owned_numbers(&account).await?.items;
    let frame = Frame::of(visitor, Line::SECTION, "Use a number you have");
    Ok((status, Html(Owned { frame, form, account, numbers }.render()?)).into_response())
}
