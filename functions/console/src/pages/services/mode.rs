//! A service's mode: as usual, being tried out, or maintenance, for a while or until somebody says otherwise.

use api::{FieldError, Mode, ModeChange, Service, client::ClientError};
use axum::{
    Router,
    extract::Path,
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use http::StatusCode;

use super::again;
use crate::{
    App,
    editor::Edited,
    failure::Failure,
    form::{Fields, Form},
    visitor::Submitted,
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/console/services/{id}/mode", get(service).post(set))
}

/// A form's own address, if somebody loads it again.
async fn service(Path(id): Path<String>) -> Redirect {
    Redirect::to(&format!("{}/{id}", Service::SECTION))
}

async fn set(Path(id): Path<String>, submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, fields } = submitted;
    let form = match change(&fields) {
        Ok(change) => match visitor.client.set_mode(&id, &change).await {
            Ok(_) => return Ok(Redirect::to(&format!("{}/{id}?done=mode-set", Service::SECTION)).into_response()),
            Err(ClientError::Problem(problem)) if problem.status == 422 => Form::typed(fields).refused(&problem),
            Err(other) => return Err(other.into()),
        },
        Err(error) => Form::typed(fields).with_errors(vec![error]),
    };
    let page = again(&visitor, id, |beside| beside.mode_form = form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

/// A button says all of it (`maintenance:60`), or the mode alone, whose minutes are typed.
fn change(fields: &Fields) -> Result<ModeChange, FieldError> {
    let wanted = fields.text("_do");
    let (mode, minutes) = wanted.split_once(':').unwrap_or((wanted, ""));
    let mode = match mode {
        "debug" => Mode::Debug,
        "maintenance" => Mode::Maintenance,
        _ => Mode::Normal,
    };
    let minutes = match minutes {
        "" => None,
        "typed" => {
            let typed = fields.text("minutes").trim();
            Some(typed.parse().map_err(|_| FieldError::new("minutes", "must be a whole number"))?)
        }
        said => said.parse().ok(),
    };
    Ok(ModeChange { mode, minutes, until: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, expected: Result<(Mode, Option<u32>), &str>) {
        let change = change(&Fields::submitted(body.as_bytes()));
        let told = change.as_ref().map(|change| (change.mode, change.minutes));
        assert_eq!(told.map_err(|error| error.message.as_str()), expected, "{body}");
    }

    #[test]
    fn a_button_says_for_how_long() {
        check("_do=normal&minutes=5", Ok((Mode::Normal, None)));
        check("_do=maintenance:60&minutes=", Ok((Mode::Maintenance, Some(60))));
        check("_do=maintenance:typed&minutes=+90", Ok((Mode::Maintenance, Some(90))));
        check("_do=debug&minutes=", Ok((Mode::Debug, None)));
        check("_do=debug:typed&minutes=soon", Err("must be a whole number"));
    }
}
