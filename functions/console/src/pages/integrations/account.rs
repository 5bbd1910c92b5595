//! One account: what Twilio says of it now, and what can be changed of it.

use api::{IntegrationChange, IntegrationState, Rotation, client::ClientError};
use askama::Template;
use axum::{
    extract::{Path, Query},
    response::{Html, IntoResponse, Redirect, Response},
};
use http::StatusCode;

use super::SECTION;
use crate::{
    editor::Done,
    failure::Failure,
    form::{self, Fields, Form},
    frame::Frame,
    visitor::{Submitted, Visitor},
};

#[derive(Template)]
#[template(path = "integration.html")]
struct Page {
    frame: Frame,
    form: Form,
    state: IntegrationState,
}

impl Page {
    fn name(&self) -> &str {
        self.form.value_or("name", &self.state.integration.name)
    }

    /// Which of the forms was refused, so that it stands open.
    fn did(&self, what: &str) -> bool {
        self.form.value("_do") == what
    }
}

pub(super) async fn show(
    visitor: Visitor,
    Path(account): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    page(&visitor, &account, Form::default(), StatusCode::OK, done.done.as_deref()).await
}

/// Renames it, replaces its secrets, or forgets the auth token before the latest one: what its button says.
pub(super) async fn change(Path(account): Path<String>, submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, fields } = submitted;
    let client = &visitor.client;
    let (done, answer) = match fields.text("_do") {
        "rename" => {
            let change = IntegrationChange { name: fields.text("name").to_owned() };
            ("saved", client.rename_integration(&account, &change).await)
        }
        "retire" => {
            let retire = Rotation { retire: true, ..Rotation::default() };
            ("retired", client.rotate(&account, &retire).await)
        }
        _ => match rotation(&fields) {
            Ok(rotation) => ("rotated", client.rotate(&account, &rotation).await),
            Err(form) => return page(&visitor, &account, form, StatusCode::UNPROCESSABLE_ENTITY, None).await,
        },
    };
    match answer {
        Ok(_) => Ok(Redirect::to(&format!("{SECTION}/{account}?done={done}")).into_response()),
        Err(ClientError::Problem(problem)) if ![401, 403, 404].contains(&problem.status) => {
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::BAD_GATEWAY);
            page(&visitor, &account, Form::typed(fields).refused(&problem), status, None).await
        }
        Err(other) => Err(other.into()),
    }
}

fn rotation(fields: &Fields) -> Result<Rotation, Form> {
    let rotation: Rotation = form::read(fields).map_err(|errors| Form::typed(fields.clone()).with_errors(errors))?;
    if rotation == Rotation::default() {
        let mut form = Form::typed(fields.clone());
        form.problem = Some("Nothing was typed, so nothing was replaced.".to_owned());
        return Err(form);
    }
    Ok(rotation)
}

async fn page(
    visitor: &Visitor,
    account: &str,
    form: Form,
    status: StatusCode,
    done: Option<&str>,
) -> Result<Response, Failure> {
    let state = visitor.client.integration(account).await?;
    let frame = Frame::of(visitor, SECTION, state.integration.name.clone()).after(done);
    Ok((status, Html(Page { frame, form, state }.render()?)).into_response())
}
