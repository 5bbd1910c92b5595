//! What is going on, at a glance; in an organisation that has nothing yet, what to do next.

use api::{Incident, IncidentQuery, Line, OnCallNow, PageQuery, Readiness, Severity, Status, Stored};
use askama::Template;
use axum::{
    Router,
    response::{Html, IntoResponse, Response},
    routing::get,
};

use crate::{App, choices, failure::Failure, frame::Frame, visitor::Visitor};

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
}

/// Of so many schedules it is told who is on call; of the others where they are listed.
const MOST_SCHEDULES: u16 = 12;

/// One of the things between nothing and a line that rings.
struct FirstStep {
    title: &'static str,
    why: &'static str,
    path: &'static str,
    done: bool,
}

impl Overview {
    fn critical(&self) -> usize {
        self.readiness.findings.iter().filter(|finding| finding.severity == Severity::Critical).count()
    }

    /// Whether somebody is still on their way to the first call.
    fn begins(&self) -> bool {
        self.steps.iter().any(|step| !step.done)
    }

    fn next(&self) -> Option<&FirstStep> {
        self.steps.iter().find(|step| !step.done)
    }
}

async fn show(visitor: Visitor) -> Result<Response, Failure> {
    let client = &visitor.client;
    let open = IncidentQuery { limit: Some(20), ..IncidentQuery::default() };
    let schedules = PageQuery { cursor: None, limit: Some(MOST_SCHEDULES) };
    let (status, readiness, incidents, on_call, mut lines) = tokio::try_join!(
        client.status(),
        client.readiness(),
        client.incidents(&open),
        client.on_call_everywhere(&schedules),
        choices::all::<Line>(client),
    )?;
    lines.sort_by(|one, other| one.value.name.cmp(&other.value.name));
    let steps = first_steps(&status, &readiness, &lines);
    let frame = Frame::of(&visitor, "/console", "Overview");
    let page = Overview { frame, status, readiness, incidents: incidents.items, on_call: on_call.items, lines, steps };
    Ok(Html(page.render()?).into_response())
}

fn first_steps(status: &Status, readiness: &Readiness, lines: &[Stored<Line>]) -> Vec<FirstStep> {
    let counts = &status.counts;
    let found = |code| readiness.findings.iter().any(|finding| finding.code == code);
    let leads_somewhere = lines.iter().any(|line| line.value.enabled && !line.value.destinations.is_empty());
    vec![
        FirstStep {
            title: "Connect Twilio",
            why: "Calls and texts go through your own account.",
            path: "/console/integrations",
            done: !found(api::ReadinessCode::NoAccount),
        },
        FirstStep {
            title: "Get a number",
            why: "What people will dial. Its price is shown before you buy it.",
            path: "/console/numbers",
            done: counts.lines > 0,
        },
        FirstStep {
            title: "Add the people who answer",
            why: "Each proves their phone by a code that is sent to it.",
            path: "/console/people",
            done: counts.people > 0 && !found(api::ReadinessCode::NoVerifiedPhone),
        },
        FirstStep {
            title: "Say who is on call when",
            why: "A schedule of layers that take turns.",
            path: "/console/schedules",
            done: counts.schedules > 0,
        },
        FirstStep {
            title: "Say who comes after whom",
            why: "An escalation policy: whom to ring first, and who follows.",
            path: "/console/escalation-policies",
            done: counts.escalation_policies > 0,
        },
        FirstStep {
            title: "Name a service",
            why: "What people call about, and what alerts are about.",
            path: "/console/services",
            done: counts.services > 0,
        },
        FirstStep {
            title: "Let the number lead there",
            why: "Give the line its keys and enable it. Then it rings.",
            path: "/console/numbers",
            done: leads_somewhere,
        },
    ]
}
