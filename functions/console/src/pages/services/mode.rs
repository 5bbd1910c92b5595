//! A service's mode: as usual, being tried out, or maintenance, for a while or until somebody says otherwise.

use api::{FieldError, Mode, ModeChange, Service, client::ClientError};
use axum::{
    Router,
    extract::Path,
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use http::StatusCode;
use jiff::{Timestamp, civil::DateTime, tz::TimeZoneDatabase};

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

/// The end that was typed, on the clock of the zone beside it; a browser fills in its own.
fn typed_end(fields: &Fields) -> Result<Timestamp, FieldError> {
    let wrong = |field: &str, message: &str| FieldError::new(field, message);
    let end: DateTime =
        fields.text("until").trim().parse().map_err(|_| wrong("until", "must be a day and a time of day"))?;
    let zone = TimeZoneDatabase::bundled().get(fields.text("_zone").trim());
    let zone = zone.map_err(|_| wrong("_zone", "must be a time zone, as Europe/Oslo"))?;
    let end = end.to_zoned(zone).map_err(|_| wrong("until", "cannot be so far away"))?;
    Ok(end.timestamp())
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
    if minutes == "until" {
        return Ok(ModeChange { mode, minutes: None, until: Some(typed_end(fields)?) });
    }
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
    #[track_caller]
    fn check_end(body: &str, expected: Result<&str, &str>) {
        let change = change(&Fields::submitted(format!("_do=maintenance:until&{body}").as_bytes()));
        let told = change.map(|change| change.until.unwrap().to_string()).map_err(|error| error.field);
        assert_eq!(told.as_deref().map_err(String::as_str), expected, "{body}");
    }

    #[test]
    fn an_end_is_typed_on_the_clock_of_a_zone() {
        check_end("until=2026-12-24T16:00&_zone=Europe/Oslo", Ok("2026-12-24T15:00:00Z"));
        check_end("until=2026-12-24T16:00&_zone=UTC", Ok("2026-12-24T16:00:00Z"));
        check_end("until=&_zone=UTC", Err("until"));
        check_end("until=2026-12-24T16:00&_zone=Oslo", Err("_zone"));
    }
}
