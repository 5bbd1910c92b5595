//! Whether everything is there that the calls and pages of the next days will need.

use api::{Kind, Readiness, ReadinessCode as Code, ReadinessFinding, Severity};
use askama::Template;
use axum::{
    Router,
    response::{Html, IntoResponse, Response},
    routing::get,
};

use super::places;
use crate::{
    App,
    choices::{Choices, name_of},
    failure::Failure,
    frame::Frame,
    visitor::Visitor,
};

const SECTION: &str = "/console/readiness";

pub(super) fn routes() -> Router<App> {
    Router::new().route(SECTION, get(show))
}

#[derive(Template)]
#[template(path = "readiness.html")]
struct Page {
    frame: Frame,
    readiness: Readiness,
    choices: Choices,
}

/// How grave findings are called, in order.
const SEVERITIES: [(Severity, &str, &str); 3] = [
    (Severity::Critical, "Critical", "Somebody who calls, or is to be told, will reach nobody."),
    (Severity::Warning, "Warnings", "Less works than was meant to."),
    (Severity::Note, "Notes", "It may be meant so."),
];

/// So many gaps are shown at once.
const SHOWN: usize = 6;

impl Page {
    fn of(&self, severity: &Severity) -> Vec<&ReadinessFinding> {
        self.readiness.findings.iter().filter(|finding| finding.severity == *severity).collect()
    }

    /// What a finding is about, as people call it, unless it says so itself.
    fn about(&self, finding: &ReadinessFinding) -> String {
        let choices = match finding.kind.as_str() {
            "person" => &self.choices.people,
            "service" => &self.choices.services,
            "organisation" | "integration" => return String::new(),
            _ => &self.choices.lines,
        };
        let name = name_of(choices, &finding.id);
        match (&finding.key, finding.what.contains(name)) {
            (Some(key), false) => format!("{name}, key {key}"),
            (Some(key), true) => format!("Key {key}"),
            (None, false) => name.to_owned(),
            (None, true) => String::new(),
        }
    }

    /// Where a finding is mended, and what the link there says.
    fn mended_at(&self, finding: &ReadinessFinding) -> Option<(String, &'static str)> {
        let section = |path: &str, words| Some((path.to_owned(), words));
        match finding.code {
            Code::NoAccount | Code::AccountGone | Code::NotAsked => {
                section("/console/integrations", "To the Twilio accounts")
            }
            Code::NoLine | Code::NoSenderOfTexts | Code::NoSenderOfCalls => {
                section("/console/numbers", "To the numbers")
            }
            Code::NobodyOnCall => section("/console/schedules", "To the schedules"),
            Code::DiffersAtTwilio if finding.kind == "orphan" => section("/console/numbers", "To the numbers"),
            Code::DiffersAtTwilio if finding.kind == "drift" || finding.kind == "fallback" => {
                Some((format!("/console/numbers/{}/drift", finding.id), "To its repair"))
            }
            _ => places::page(&finding.kind, &finding.id).map(|path| (path, "Open it")),
        }
    }
}

async fn show(visitor: Visitor) -> Result<Response, Failure> {
    let client = &visitor.client;
    let needs = [Kind::Line, Kind::Person, Kind::Service];
    let (readiness, choices) = tokio::try_join!(client.readiness(), Choices::read(client, &needs))?;
    let frame = Frame::of(&visitor, SECTION, "Readiness");
    Ok(Html(Page { frame, readiness, choices }.render()?).into_response())
}
