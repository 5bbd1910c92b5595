//! The organisation as a file: out of here, and in again. What a file would change is shown first, and applied only to the
//! organisation that it was shown for.

use api::{
    Applied, ApplyQuery, Change, ChangeAction, ChangeOutcome, Problem,
    client::{BuiltOn, Client, ClientError, FileForm},
};
use askama::Template;
use axum::{
    Router,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use http::{
    StatusCode,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};

use super::places;
use crate::{
    App,
    failure::Failure,
    frame::Frame,
    visitor::{Submitted, Visitor},
};

const SECTION: &str = "/console/configuration";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(SECTION, get(show).post(apply))
        .route("/console/configuration/organisation.yaml", get(async |visitor| file(visitor, FileForm::Yaml).await))
        .route("/console/configuration/organisation.json", get(async |visitor| file(visitor, FileForm::Json).await))
}

#[derive(Template)]
#[template(path = "configuration.html")]
struct Page {
    frame: Frame,
    document: String,
    prune: bool,
    /// What was found to be wrong.
    problem: Option<Problem>,
    /// What is said of all of it.
    said: Option<&'static str>,
    applied: Option<Applied>,
    /// The revision that the changes were planned for.
    revision: Option<u64>,
}

impl Page {
    fn of(visitor: &Visitor) -> Self {
        let frame = Frame::of(visitor, SECTION, "The organisation as a file");
        let (document, prune, revision) = (String::new(), false, None);
        Self { frame, document, prune, problem: None, said: None, applied: None, revision }
    }

    /// Whether there is a plan that can be carried out.
    fn can_apply(&self) -> bool {
        self.applied.as_ref().is_some_and(|applied| applied.dry_run && !applied.changes.is_empty())
    }

    /// What becomes of an object.
    fn action(&self, change: &Change) -> &'static str {
        match change.action {
            ChangeAction::Create => "new",
            ChangeAction::Update => "changed",
            ChangeAction::Delete => "deleted",
        }
    }

    /// What became of it, and how good that is.
    fn outcome(&self, change: &Change) -> (&'static str, &'static str) {
        match change.outcome {
            ChangeOutcome::Planned => ("", "planned"),
            ChangeOutcome::Done => ("good", "done"),
            ChangeOutcome::Failed => ("bad", "failed"),
            ChangeOutcome::Postponed => ("warn", "left for the next time"),
        }
    }

    fn is_done(&self) -> bool {
        self.applied.as_ref().is_some_and(|applied| !applied.dry_run && applied.complete)
    }
}

async fn show(visitor: Visitor) -> Result<Response, Failure> {
    let page = Page::of(&visitor);
    Ok(Html(page.render()?).into_response())
}

async fn file(visitor: Visitor, form: FileForm) -> Result<Response, Failure> {
    let file = visitor.client.configuration_file(form).await?;
    let name = match form {
        FileForm::Yaml => "attachment; filename=\"organisation.yaml\"",
        FileForm::Json => "attachment; filename=\"organisation.json\"",
    };
    Ok(([(CONTENT_TYPE, form.media_type()), (CONTENT_DISPOSITION, name)], file.text).into_response())
}

/// An object in braces is JSON; all else is YAML.
fn form_of(document: &str) -> FileForm {
    if document.trim_start().starts_with('{') { FileForm::Json } else { FileForm::Yaml }
}

async fn apply(submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, fields } = submitted;
    let mut page = Page::of(&visitor);
    fields.text("document").clone_into(&mut page.document);
    page.prune = fields.text("prune") == "on";
    if page.document.trim().is_empty() {
        page.said = Some("There is nothing to look at: choose a file, or paste one.");
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response());
    }
    let planned_for: Option<u64> = fields.text("_revision").parse().ok();
    let wants_it = fields.text("_do") == "apply";
    let outcome = match planned_for.filter(|_| wants_it) {
        Some(revision) => {
            let how = ApplyQuery { dry_run: false, prune: page.prune };
            match send(&visitor.client, &page.document, how, revision).await {
                Err(ClientError::Problem(problem)) if problem.status == 412 => {
                    page.said = Some(
                        "Somebody has saved something since you looked at the plan, so nothing was applied. This is the \
                         plan for what is there now.",
                    );
                    plan(&visitor.client, &page.document, page.prune, problem.current_version).await
                }
                Ok(applied) => Ok((applied, revision)),
                Err(other) => Err(other),
            }
        }
        None => plan(&visitor.client, &page.document, page.prune, None).await,
    };
    let status = match outcome {
        Ok((applied, revision)) => {
            page.revision = Some(revision);
            page.applied = Some(applied);
            StatusCode::OK
        }
        Err(ClientError::Problem(problem)) if matches!(problem.status, 400 | 409 | 413 | 415 | 422) => {
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
            page.problem = Some(*problem);
            status
        }
        Err(other) => return Err(other.into()),
    };
    Ok((status, Html(page.render()?)).into_response())
}

async fn send(client: &Client, document: &str, how: ApplyQuery, revision: u64) -> Result<Applied, ClientError> {
    client.apply_file(document, form_of(document), &how, BuiltOn::Version(revision)).await
}

/// What would change, and of which revision that is true: the one that is expected, or else the one that a refusal names.
async fn plan(
    client: &Client,
    document: &str,
    prune: bool,
    expected: Option<u64>,
) -> Result<(Applied, u64), ClientError> {
    let how = ApplyQuery { dry_run: true, prune };
    let expected = match expected {
        Some(revision) => revision,
        None => client.status().await?.revision,
    };
    match send(client, document, how, expected).await {
        Ok(applied) => Ok((applied, expected)),
        Err(ClientError::Problem(problem)) => match problem.current_version.filter(|_| problem.status == 412) {
            Some(current) => Ok((send(client, document, how, current).await?, current)),
            None => Err(ClientError::Problem(problem)),
        },
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_beginning() {
        assert_eq!(form_of("\n {\"people\": []}"), FileForm::Json);
        assert_eq!(form_of("people: []"), FileForm::Yaml);
        assert_eq!(form_of("# {}\npeople: []"), FileForm::Yaml);
    }
}
