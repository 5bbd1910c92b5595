//! Giving a number back, for good: it is typed again.

use api::{FieldError, Line, Number, Release, client::ClientError};
use askama::Template;
use axum::{
    Router,
    extract::Path,
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use http::StatusCode;
use serde_json::{from_value, json};

use crate::{
    App,
    editor::Edited as _,
    failure::Failure,
    form::Form,
    frame::Frame,
    telephone,
    visitor::{Submitted, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/console/numbers/{id}/release", get(show).post(release))
}

#[derive(Template)]
#[template(path = "release.html")]
struct Page {
    frame: Frame,
    form: Form,
    id: String,
    line: Line,
    /// Nobody is there to give the number back to.
    is_account_gone: bool,
}

async fn show(visitor: Visitor, Path(id): Path<String>) -> Result<Response, Failure> {
    page(&visitor, id, Form::default(), StatusCode::OK, false).await
}

async fn release(Path(id): Path<String>, submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, fields } = submitted;
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let abandon = fields.text("abandon") == "on";
    let Some(number) = typed(fields.text("number")) else {
        let wrong = FieldError::new("number", "must be the whole number, with the country's code, as it stands above");
        return page(&visitor, id, Form::typed(fields).with_errors(vec![wrong]), refused, abandon).await;
    };
    let gone = || Redirect::to(&format!("{}?done=released", Line::SECTION)).into_response();
    match visitor.client.release(&id, &Release { number, abandon }).await {
        Ok(released) if released.still_rented => {
            Ok(Redirect::to(&format!("{}?done=abandoned", Line::SECTION)).into_response())
        }
        Ok(_) => Ok(gone()),
        // the same form, sent twice
        Err(ClientError::Problem(problem)) if problem.status == 404 => Ok(gone()),
        Err(ClientError::Problem(problem)) if ![401, 403].contains(&problem.status) => {
            let status = StatusCode::from_u16(problem.status).unwrap_or(refused);
            let is_account_gone = abandon || problem.slug() == "account-gone";
            page(&visitor, id, Form::typed(fields).refused(&problem), status, is_account_gone).await
        }
        Err(other) => Err(other.into()),
    }
}

/// A number as people write it, with blanks.
fn typed(text: &str) -> Option<Number> {
    from_value(json!(telephone::bare(text))).ok()
}

async fn page(
    visitor: &Visitor,
    id: String,
    form: Form,
    status: StatusCode,
    is_account_gone: bool,
) -> Result<Response, Failure> {
    let line = visitor.client.read::<Line>(&id).await?.value;
    let frame = Frame::of(visitor, Line::SECTION, format!("Release {}", line.name));
    Ok((status, Html(Page { frame, form, id, line, is_account_gone }.render()?)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        let number = |text| typed(text).map(|number| number.0.as_e164().to_owned());
        assert_eq!(number(" +47 21 00-00 (00)").as_deref(), Some("+4721000000"));
        assert_eq!((number("21 00 00 00"), number("")), (None, None));
    }
}
