//! Connecting an account. Both secrets are tried at Twilio before they are kept.

use api::{NewIntegration, client::ClientError};
use askama::Template;
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::StatusCode;

use super::SECTION;
use crate::{
    failure::Failure,
    form::{self, Form},
    frame::Frame,
    visitor::{Submitted, Visitor},
};

#[derive(Template)]
#[template(path = "integration_new.html")]
struct Connect {
    frame: Frame,
    form: Form,
}

pub(super) async fn fresh(visitor: Visitor) -> Result<Response, Failure> {
    page(&visitor, Form::default(), StatusCode::OK)
}

pub(super) async fn connect(submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, mut fields } = submitted;
    for secret in ["account", "key_sid", "auth_token", "key_secret"] {
        // what is copied brings blanks along
        let trimmed = fields.text(secret).trim().to_owned();
        fields.set(secret, &trimmed);
    }
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let wanted: NewIntegration = match form::read(&fields) {
        Ok(wanted) => wanted,
        Err(errors) => return page(&visitor, Form::typed(fields).with_errors(errors), refused),
    };
    let connected = || Redirect::to(&format!("{SECTION}/{}?done=connected", wanted.account)).into_response();
    match visitor.client.connect(&wanted).await {
        Ok(_) => Ok(connected()),
        Err(ClientError::Problem(problem)) if ![401, 403].contains(&problem.status) => {
            let status = StatusCode::from_u16(problem.status).unwrap_or(refused);
            page(&visitor, Form::typed(fields).refused(&problem), status)
        }
        Err(other) => Err(other.into()),
    }
}

fn page(visitor: &Visitor, form: Form, status: StatusCode) -> Result<Response, Failure> {
    let frame = Frame::of(visitor, SECTION, "Connect a Twilio account");
    Ok((status, Html(Connect { frame, form }.render()?)).into_response())
}
