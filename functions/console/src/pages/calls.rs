//! Calls: whose phone rang, for how long, and what came of it; those that go on, as they go on.
//!
//! 1. `sound`: what callers left and what was said.
//! 2. `told`: calls in words and bars.

mod sound;
mod told;

use api::{AllCallsQuery, Call, Kind, Outcome};
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use jiff::Timestamp;
use serde::Deserialize;

use crate::{
    App,
    choices::{Choice, Choices},
    failure::Failure,
    frame::Frame,
    view::address,
    visitor::Visitor,
};

const SECTION: &str = "/console/calls";

pub(super) fn routes() -> Router<App> {
    Router::new().route(SECTION, get(list)).route("/console/calls/{id}", get(show)).merge(sound::routes())
}

/// Which calls are shown.
#[derive(Clone, Debug, Default, Deserialize)]
struct Wanted {
    line: Option<String>,
    outcome: Option<String>,
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "calls.html")]
struct List {
    frame: Frame,
    now: Timestamp,
    /// Those that go on, or have just ended.
    open: Vec<Call>,
    calls: Vec<Call>,
    next: Option<String>,
    lines: Vec<Choice>,
    wanted: Wanted,
}

impl List {
    fn is_line(&self, id: &str) -> bool {
        self.wanted.line.as_deref() == Some(id)
    }

    fn is_outcome(&self, word: &str) -> bool {
        self.wanted.outcome.as_deref() == Some(word)
    }

    /// What goes on, in a sentence that changes only when that does: it is read aloud.
    fn summary(&self) -> String {
        told::summary(&self.open)
    }

    /// How often to look again: often, while a call goes on.
    fn again(&self) -> &'static str {
        if self.open.is_empty() { "every 15s" } else { "every 3s" }
    }

    fn here(&self) -> String {
        self.address(self.wanted.cursor.as_deref())
    }

    fn older(&self) -> Option<String> {
        self.next.as_ref().map(|next| self.address(Some(next)))
    }

    fn address(&self, cursor: Option<&str>) -> String {
        let Wanted { line, outcome, .. } = &self.wanted;
        let said = [("line", line.as_deref()), ("outcome", outcome.as_deref()), ("cursor", cursor)];
        address(SECTION, &said.map(|(name, value)| (name, value.unwrap_or_default())))
    }
}

async fn list(visitor: Visitor, Query(wanted): Query<Wanted>) -> Result<Response, Failure> {
    let client = &visitor.client;
    let line = wanted.line.clone().filter(|line| !line.is_empty());
    let outcome = wanted.outcome.as_deref().and_then(told::outcome_named);
    let past = AllCallsQuery { line, outcome, cursor: wanted.cursor.clone(), ..AllCallsQuery::default() };
    let open = AllCallsQuery { open: true, ..AllCallsQuery::default() };
    let (open, page, choices) =
        tokio::try_join!(client.all_calls(&open), client.all_calls(&past), Choices::read(client, &[Kind::Line]))?;
    let frame = Frame::of(&visitor, SECTION, "Calls");
    let now = visitor.app.now();
    let list = List { frame, now, open: open.items, calls: page.items, next: page.next, lines: choices.lines, wanted };
    Ok(Html(list.render()?).into_response())
}

#[derive(Template)]
#[template(path = "call.html")]
struct Page {
    frame: Frame,
    now: Timestamp,
    call: Call,
}

impl Page {
    fn is_open(&self) -> bool {
        self.call.outcome == Outcome::Open
    }
}

async fn show(visitor: Visitor, Path(id): Path<String>) -> Result<Response, Failure> {
    let call = visitor.client.call(&id).await?;
    let title = format!("Call from {}", told::from(&call));
    let frame = Frame::of(&visitor, SECTION, title);
    Ok(Html(Page { frame, now: visitor.app.now(), call }.render()?).into_response())
}
