//! What is going on, at a glance; in an organisation that has nothing yet, what to do next.

mod first_steps;

use api::{Incident, IncidentQuery, Line, OnCallNow, PageQuery, Person, Readiness, Severity, Status, Stored};
use askama::Template;
use axum::{
    Router,
    response::{Html, IntoResponse, Response},
    routing::get,
};

use crate::{App, choices, failure::Failure, frame::Frame, setting_up, visitor::Visitor};
use first_steps::{FirstStep, first_steps, leads_somewhere};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/console", get(show))
}

#[derive(Template)]
#[template(path = "overview.html")]
struct Overview {
    frame: Frame,
    status: Status,
    readiness: Readiness,
    incidents: Vec<Incident>,
    on_call: Vec<OnCallNow>,
    lines: Vec<Stored<Line>>,
    steps: Vec<FirstStep>,
    /// Whether steps were left when they looked here last.
    was_setting_up: bool,
}

/// Of so many schedules it is told who is on call; of the others where they are listed.
const MOST_SCHEDULES: u16 = 12;

impl Overview {
    fn critical(&self) -> usize {
        self.readiness.findings.iter().filter(|finding| finding.severity == Severity::Critical).count()
    }

    /// Whether somebody is still on their way to the first call.
    fn begins(&self) -> bool {
        self.steps.iter().any(|step| !step.done)
    }

    /// The line to try, as soon as one leads somewhere.
    fn to_try(&self) -> Option<&str> {
        self.lines.iter().find(|line| leads_somewhere(line)).and_then(|line| line.value.id.as_deref())
    }

    fn next(&self) -> Option<&FirstStep> {
        self.steps.iter().find(|step| !step.done)
    }
}

async fn show(visitor: Visitor) -> Result<Response, Failure> {
    let client = &visitor.client;
    let open = IncidentQuery { limit: Some(20), ..IncidentQuery::default() };
    let some = PageQuery { limit: Some(50), ..PageQuery::default() };
    let schedules = PageQuery { cursor: None, limit: Some(MOST_SCHEDULES) };
    let (status, readiness, incidents, on_call, mut lines, people) = tokio::try_join!(
        client.status(),
        client.readiness(),
        client.incidents(&open),
        client.on_call_everywhere(&schedules),
        choices::all::<Line>(client),
        client.list::<Person>(&some),
    )?;
    lines.sort_by(|one, other| one.value.name.cmp(&other.value.name));
    let steps = first_steps(&status, &readiness, &lines, &people.items);
    let frame = Frame::of(&visitor, "/console", "Overview");
    let was_setting_up = visitor.is_setting_up;
    let incidents = incidents.items;
    let page = Overview { frame, status, readiness, incidents, on_call: on_call.items, lines, steps, was_setting_up };
    let mut answer = Html(page.render()?).into_response();
    setting_up::tell(answer.headers_mut(), was_setting_up, page.begins());
    Ok(answer)
}
