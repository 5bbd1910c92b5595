//! Overrides: somebody takes over for a while.

use api::{FieldError, Override, Problem, client::ClientError};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use jiff::{SignedDuration, Timestamp, civil::DateTime};

use super::{
    SECTION,
    drawing::to_minute,
    show::{Told, page, zone},
    window::Asked,
};
use crate::{
    failure::Failure,
    form::{Fields, Form},
    visitor::Submitted,
};

/// Adds one, or takes one away.
pub(super) async fn change(Path(id): Path<String>, submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, fields } = submitted;
    let client = &visitor.client;
    let asked = Asked::kept(fields.text("_from"), fields.text("_days"));
    if let Some(unwanted) = fields.text("_do").strip_prefix("remove:") {
        return match client.remove_override(&id, unwanted).await {
            Ok(_) => Ok(back(&id, &fields, "override-removed")),
            // the same form, sent twice
            Err(ClientError::Problem(problem)) if problem.status == 404 => Ok(back(&id, &fields, "override-removed")),
            Err(other) => Err(other.into()),
        };
    }
    let wanted = match read(&fields, visitor.app.now()) {
        Ok(wanted) => wanted,
        Err(errors) => {
            let told = Told { form: Form::typed(fields).with_errors(errors), ..Told::default() };
            return page(&visitor, id, &asked, told, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    match client.add_override(&id, &wanted).await {
        Ok(_) => Ok(back(&id, &fields, "override-added")),
        Err(ClientError::Problem(problem)) if problem.status == 422 || problem.status == 400 => {
            let told = Told { form: Form::typed(fields).refused(&in_form(*problem)), ..Told::default() };
            page(&visitor, id, &asked, told, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Back to the days that were looked at.
fn back(id: &str, fields: &Fields, done: &str) -> Response {
    let kept = [("done", done), ("from", fields.text("_from")), ("days", fields.text("_days"))];
    let query: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish();
    Redirect::to(&format!("{SECTION}/{id}?{query}#overrides")).into_response()
}

/// The override that a form asks for. What is typed is read on the schedule's clock.
fn read(fields: &Fields, now: Timestamp) -> Result<Override, Vec<FieldError>> {
    let zone = zone(fields.text("_zone"));
    let mut errors = Vec::new();
    let users = fields.list("users");
    if users.is_empty() {
        errors.push(FieldError::new("users", "say who"));
    }
    let now = to_minute(now);
    let (start, end) = match fields.text("_do").split_once(':') {
        Some(("for", minutes)) => {
            let minutes: i64 = minutes.parse().unwrap_or(60);
            (Some(now), now.checked_add(SignedDuration::from_secs(minutes.saturating_mul(60))).ok())
        }
        Some(("until", end)) => (Some(now), end.parse().ok()),
        _ => {
            let typed = |field: &str| {
                let local: DateTime = fields.text(field).trim().parse().ok()?;
                local.to_zoned(zone.clone()).ok().map(|at| at.timestamp())
            };
            (typed("start"), typed("end"))
        }
    };
    for (field, at) in [("start", start), ("end", end)] {
        if at.is_none() {
            errors.push(FieldError::new(field, "must be a day and a time of day"));
        }
    }
    match (start, end) {
        (Some(start), Some(end)) if errors.is_empty() => {
            let written = |at: Timestamp| at.display_with_offset(zone.to_offset(at)).to_string();
            Ok(Override { id: None, start: written(start), end: written(end), users })
        }
        _ => Err(errors),
    }
}

/// The API names an override by its place among all; the form has one.
fn in_form(mut problem: Problem) -> Problem {
    for error in &mut problem.errors {
        let rest = error.field.strip_prefix("overrides[").and_then(|rest| rest.split_once("]."));
        let field = rest.map_or(error.field.as_str(), |(_, field)| field);
        error.field = field.split(['[', '.']).next().unwrap_or_default().to_owned();
    }
    problem
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(body: &str) -> Result<Override, Vec<FieldError>> {
        read(&Fields::submitted(body.as_bytes()), "2026-11-22T20:37:50Z".parse().unwrap())
    }

    #[test]
    fn what_is_typed_is_on_the_clock_of_the_schedule() {
        let body = "_do=add&_zone=Europe/Oslo&users:list=ada&users:list=&start=2026-10-24T20:00&end=2026-10-25T08:00";
        let wanted = asked(body).unwrap();
        assert_eq!(wanted.users, ["ada"]);
        assert_eq!(
            (wanted.start.as_str(), wanted.end.as_str()),
            ("2026-10-24T20:00:00+02:00", "2026-10-25T08:00:00+01:00")
        );
    }

    #[test]
    fn a_time_that_does_not_exist_is_later_and_one_that_comes_twice_the_first() {
        let times = |start: &str, end: &str| {
            let wanted = asked(&format!("_zone=Europe/Oslo&users:list=ada&start={start}&end={end}")).unwrap();
            (wanted.start, wanted.end)
        };
        assert_eq!(times("2027-03-28T02:30", "2027-03-28T09:00").0, "2027-03-28T03:30:00+02:00");
        assert_eq!(times("2026-10-25T02:30", "2026-10-25T09:00").0, "2026-10-25T02:30:00+02:00");
    }

    #[test]
    fn whoever_takes_over_begins_now() {
        let wanted = asked("_do=for:60&_zone=Europe/Oslo&users:list=bo&start=&end=").unwrap();
        assert_eq!(
            (wanted.start.as_str(), wanted.end.as_str()),
            ("2026-11-22T21:37:00+01:00", "2026-11-22T22:37:00+01:00")
        );
        let wanted = asked("_do=until:2026-11-23T07:00:00Z&_zone=Europe/Oslo&users:list=bo").unwrap();
        assert_eq!(wanted.end, "2026-11-23T08:00:00+01:00");
    }

    #[test]
    fn what_is_missing_is_named() {
        let errors = asked("_do=add&_zone=Europe/Oslo&start=soon&end=2026-10-25T08:00").unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["users", "start"]);
        let problem = Problem {
            errors: vec![FieldError::new("overrides[3].end", "late"), FieldError::new("overrides[3].users[0]", "who")],
            ..Problem::default()
        };
        let fields: Vec<String> = in_form(problem).errors.into_iter().map(|error| error.field).collect();
        assert_eq!(fields, ["end", "users"]);
    }
}
