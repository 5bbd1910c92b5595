//! Incidents: what is the matter, who has it, what was done; and what somebody who is woken up does about it.
//!
//! 1. `acting`: what a form wants done.
//! 2. `direct`: people are paged directly.
//! 3. `told`: incidents in words.

mod acting;
mod direct;
mod told;

use api::{ActionOutcome, Incident, IncidentCall, IncidentQuery, IncidentStatus, Kind, client::ClientError};
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use http::StatusCode;
use serde::Deserialize;

pub(super) use acting::done;

use crate::{
    App,
    choices::{self, Choices},
    editor::Done,
    failure::Failure,
    form::{Fields, Form},
    frame::Frame,
    once,
    view::address,
    visitor::{Submitted, Visitor},
};
use told::Teller;

const SECTION: &str = "/console/incidents";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(SECTION, get(list))
        .route("/console/incidents/new", get(direct::show).post(direct::open))
        .route("/console/incidents/{id}", get(show).post(act))
}

/// Which incidents are shown.
#[derive(Clone, Debug, Default, Deserialize)]
struct Wanted {
    service: Option<String>,
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "incidents.html")]
struct List {
    frame: Frame,
    incidents: Vec<Incident>,
    next: Option<String>,
    wanted: Wanted,
    choices: Choices,
    me: String,
    key: String,
}

impl List {
    fn teller(&self) -> Teller<'_> {
        Teller { people: &self.choices.people, me: &self.me }
    }

    fn service(&self) -> &str {
        self.wanted.service.as_deref().unwrap_or_default()
    }

    fn service_name<'a>(&'a self, incident: &'a Incident) -> &'a str {
        incident.service.as_deref().map_or("", |id| choices::name_of(&self.choices.services, id))
    }

    /// What there is, in a sentence that changes only when that does: it is read aloud.
    fn summary(&self) -> String {
        told::summary(&self.incidents, self.next.is_some())
    }

    /// Where the same list is, as it is now.
    fn here(&self) -> String {
        self.from(self.wanted.cursor.as_deref())
    }

    fn older(&self) -> Option<String> {
        self.next.as_ref().map(|next| self.from(Some(next)))
    }

    fn from(&self, cursor: Option<&str>) -> String {
        address(SECTION, &[("service", self.service()), ("cursor", cursor.unwrap_or_default())])
    }
}

async fn list(visitor: Visitor, Query(wanted): Query<Wanted>) -> Result<Response, Failure> {
    let client = &visitor.client;
    let service = wanted.service.clone().filter(|service| !service.is_empty());
    let query = IncidentQuery { service, cursor: wanted.cursor.clone(), limit: None };
    let needs = [Kind::Person, Kind::Service];
    let (page, choices, me) = tokio::try_join!(client.incidents(&query), Choices::read(client, &needs), client.me())?;
    let frame = Frame::of(&visitor, SECTION, "Incidents");
    let list = List { frame, incidents: page.items, next: page.next, wanted, choices, me: me.id, key: once::key() };
    Ok(Html(list.render()?).into_response())
}

#[derive(Template)]
#[template(path = "incident.html")]
struct Page {
    frame: Frame,
    incident: Incident,
    choices: Choices,
    me: String,
    form: Form,
    key: String,
}

impl Page {
    fn teller(&self) -> Teller<'_> {
        Teller { people: &self.choices.people, me: &self.me }
    }

    fn service_name(&self) -> Option<&str> {
        self.incident.service.as_deref().map(|id| choices::name_of(&self.choices.services, id))
    }

    fn is(&self, status: IncidentStatus) -> bool {
        self.incident.status == status
    }

    fn is_over(&self) -> bool {
        self.is(IncidentStatus::Resolved)
    }

    /// Whether nobody has it, so that it can be taken.
    fn is_free(&self) -> bool {
        self.is(IncidentStatus::Triggered) || self.is(IncidentStatus::Silenced)
    }

    /// Whether whoever looks has it, and is asked again after a while whether they still do.
    fn is_mine_for_a_while(&self) -> bool {
        self.is(IncidentStatus::Acknowledged)
            && self.incident.until.is_some()
            && self.incident.by.as_ref().is_some_and(|by| by.id.as_deref() == Some(&self.me))
    }

    /// Whether there may be somebody to whom a reply would go: whoever reported it by text.
    fn has_reporter(&self) -> bool {
        told::may_have_reporter(&self.incident)
    }

    /// The call that it is about.
    fn call(&self) -> Option<&IncidentCall> {
        self.incident.details.as_ref()?.call.as_ref()
    }

    /// Which of the forms below the buttons is open: the one that could not stay as it is.
    fn is_open(&self, deed: &str) -> bool {
        self.form.value("_do") == deed
    }

    fn has_target(&self, list: &str, kind: &str, id: &str) -> bool {
        self.form.has(list, &format!("{kind}:{id}"))
    }
}

/// All that can be named stands in the forms below.
const NEEDS: [Kind; 4] = [Kind::Person, Kind::Team, Kind::Schedule, Kind::Service];

async fn show(visitor: Visitor, Path(id): Path<String>, Query(done): Query<Done>) -> Result<Response, Failure> {
    let page = page(&visitor, &id, Form::default(), done.done.as_deref()).await?;
    Ok(Html(page).into_response())
}

async fn page(visitor: &Visitor, id: &str, form: Form, done: Option<&str>) -> Result<String, Failure> {
    let client = &visitor.client;
    let (incident, choices, me) = tokio::try_join!(client.incident(id), Choices::read(client, &NEEDS), client.me())?;
    let title = format!("#{} {}", incident.number, incident.summary);
    let frame = Frame::of(visitor, SECTION, title).after(done);
    Ok(Page { frame, incident, choices, me: me.id, form, key: once::key() }.render()?)
}

async fn act(Path(id): Path<String>, submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, fields } = submitted;
    let action = match acting::wanted(&fields) {
        Ok(action) => action,
        Err(errors) => return again(&visitor, &id, Form::typed(fields).with_errors(errors)).await,
    };
    match visitor.client.act(&id, &action, fields.text("_key")).await {
        Ok(answer) if answer.outcome == ActionOutcome::NobodyNamed => {
            let message = "nobody of these can be reached, or is there any more";
            let wrong = vec![api::FieldError::new(acting::field(&fields), message)];
            again(&visitor, &id, Form::typed(fields).with_errors(wrong)).await
        }
        Ok(answer) => {
            let done = acting::done(&action, answer.outcome);
            Ok(Redirect::to(&format!("{}?done={done}", to(&id))).into_response())
        }
        Err(ClientError::Problem(problem)) if problem.status == 422 || problem.status == 400 => {
            again(&visitor, &id, Form::typed(fields).refused(&problem)).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn again(visitor: &Visitor, id: &str, form: Form) -> Result<Response, Failure> {
    let page = page(visitor, id, form, None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

/// The page of an incident.
fn to(id: &str) -> String {
    let id: String = form_urlencoded::byte_serialize(id.as_bytes()).collect();
    format!("{SECTION}/{id}")
}

/// The people, teams and schedules that a form names, each as `person:ada`.
fn targets(fields: &Fields, list: &str) -> Vec<api::Target> {
    let target = |named: &String| {
        let (kind, id) = named.split_once(':')?;
        let kind = match kind {
            "person" => api::TargetKind::Person,
            "team" => api::TargetKind::Team,
            "schedule" => api::TargetKind::Schedule,
            _ => return None,
        };
        Some(api::Target { kind, id: id.to_owned() })
    };
    fields.list(list).iter().filter_map(target).collect()
}
