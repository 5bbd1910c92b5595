//! People are paged directly.

use api::{FieldError, IncidentSeverity, NewIncident, client::ClientError};
use askama::Template;
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::StatusCode;

use super::{SECTION, targets, to};
use crate::{
    choices::Choices,
    failure::Failure,
    form::{Fields, Form},
    frame::Frame,
    once,
    visitor::{Submitted, Visitor},
};

#[derive(Template)]
#[template(path = "incident_new.html")]
struct Page {
    frame: Frame,
    form: Form,
    choices: Choices,
    key: String,
}

impl Page {
    fn has_target(&self, list: &str, kind: &str, id: &str) -> bool {
        self.form.has(list, &format!("{kind}:{id}"))
    }

    fn is_severity(&self, severity: &str) -> bool {
        self.form.value_or("severity", "critical") == severity
    }

    fn severities(&self) -> [(&'static str, &'static str); 4] {
        [
            ("critical", "Critical: by their rules for high urgency"),
            ("error", "Error: by their rules for high urgency"),
            ("warning", "Warning: by their rules for low urgency"),
            ("info", "Information: by their rules for low urgency"),
        ]
    }
}

pub(super) async fn show(visitor: Visitor) -> Result<Response, Failure> {
    let page = page(&visitor, Form::default(), once::key()).await?;
    Ok(Html(page).into_response())
}

async fn page(visitor: &Visitor, form: Form, key: String) -> Result<String, Failure> {
    let needs = [api::Kind::Person, api::Kind::Team, api::Kind::Schedule];
    let choices = Choices::read(&visitor.client, &needs).await?;
    let frame = Frame::of(visitor, SECTION, "Page somebody");
    Ok(Page { frame, form, choices, key }.render()?)
}

pub(super) async fn open(submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, fields } = submitted;
    let wanted = match wanted(&fields) {
        Ok(wanted) => wanted,
        Err(errors) => return again(&visitor, Form::typed(fields).with_errors(errors)).await,
    };
    match visitor.client.page_people(&wanted, fields.text("_key")).await {
        Ok(incident) => Ok(Redirect::to(&format!("{}?done=paged", to(&incident.id))).into_response()),
        Err(ClientError::Problem(problem)) if problem.status < 500 && problem.status != 401 => {
            again(&visitor, Form::typed(fields).refused(&problem)).await
        }
        Err(other) => Err(other.into()),
    }
}

fn wanted(fields: &Fields) -> Result<NewIncident, Vec<FieldError>> {
    let severity = match fields.text("severity") {
        "critical" => IncidentSeverity::Critical,
        "error" => IncidentSeverity::Error,
        "warning" => IncidentSeverity::Warning,
        "info" => IncidentSeverity::Info,
        _ => return Err(vec![FieldError::new("severity", "must be one of the list")]),
    };
    Ok(NewIncident { summary: fields.text("summary").trim().to_owned(), severity, whom: targets(fields, "whom") })
}

/// Once more, with what was typed. Nobody was paged, so a new key does no harm: what was typed may be changed now.
async fn again(visitor: &Visitor, form: Form) -> Result<Response, Failure> {
    let page = page(visitor, form, once::key()).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_paged_is_read() {
        let fields = Fields::submitted(b"summary=+Please+look+&severity=warning&whom:list=&whom:list=team:leads");
        let wanted = wanted(&fields).unwrap();
        assert_eq!((wanted.summary.as_str(), wanted.severity), ("Please look", IncidentSeverity::Warning));
        assert_eq!(wanted.whom.iter().map(|target| target.id.as_str()).collect::<Vec<_>>(), ["leads"]);
    }
}
