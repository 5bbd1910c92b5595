//! What of a line's number is not at Twilio as it should be, and setting it again. It takes a question to Twilio, so the
//! line's own page asks for this one when it stands.

use api::{Drift, Line, client::ClientError};
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use http::StatusCode;

use super::adopt::setting;
use crate::{
    App,
    editor::{Done, Edited as _},
    failure::Failure,
    frame::Frame,
    visitor::{Submitted, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/console/numbers/{id}/drift", get(show).post(repair))
}

#[derive(Template)]
#[template(path = "drift.html")]
struct Page {
    frame: Frame,
    id: String,
    drift: Option<Drift>,
    /// Why it is not known.
    trouble: Option<String>,
}

async fn show(visitor: Visitor, Path(id): Path<String>, Query(done): Query<Done>) -> Result<Response, Failure> {
    let drift = visitor.client.drift(&id).await;
    page(&visitor, id, drift, done.done.as_deref())
}

async fn repair(Path(id): Path<String>, submitted: Submitted) -> Result<Response, Failure> {
    let visitor = submitted.visitor;
    match visitor.client.repair(&id).await {
        Ok(drift) if drift.owned && drift.differences.is_empty() => {
            Ok(Redirect::to(&format!("{}/{id}/drift?done=repaired", Line::SECTION)).into_response())
        }
        other => page(&visitor, id, other, None),
    }
}

fn page(
    visitor: &Visitor,
    id: String,
    drift: Result<Drift, ClientError>,
    done: Option<&str>,
) -> Result<Response, Failure> {
    let (status, drift, trouble) = match drift {
        Ok(drift) => (StatusCode::OK, Some(drift), None),
        Err(ClientError::Problem(problem)) if ![401, 403].contains(&problem.status) => {
            (StatusCode::from_u16(problem.status).unwrap_or(StatusCode::BAD_GATEWAY), None, Some(problem.to_string()))
        }
        Err(other) => return Err(other.into()),
    };
    let frame = Frame::of(visitor, Line::SECTION, "At Twilio").after(done);
    Ok((status, Html(Page { frame, id, drift, trouble }.render()?)).into_response())
}
