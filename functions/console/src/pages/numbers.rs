//! Numbers: the lines that there are, how one is bought or taken over, and how one is given back.

mod adopt;
mod choose_account;
mod drift;
mod line;
mod purchase;
mod release;
mod sentences;

use api::{
    Integration, Line, NumberPlan, PageQuery, Readiness, ReadinessCode, ReadinessFinding, Role, Severity, Stored,
};
use askama::Template;
use axum::{
    Router,
    extract::Query,
    response::{Html, IntoResponse, Response},
    routing::get,
};

use crate::{
    App, choices,
    editor::{self, Done, Edited},
    failure::Failure,
    frame::Frame,
    money,
    visitor::Visitor,
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(Line::SECTION, get(list))
        .merge(choose_account::routes())
        .merge(purchase::routes())
        .merge(adopt::routes())
        .merge(drift::routes())
        .merge(release::routes())
        .merge(editor::routes::<Line>())
}

#[derive(Template)]
#[template(path = "numbers.html")]
struct List {
    frame: Frame,
    lines: Vec<Stored<Line>>,
    readiness: Readiness,
    plan: NumberPlan,
    /// Those from which a number can be had; none for somebody who may not.
    accounts: Vec<Integration>,
}

impl List {
    fn findings<'l>(&'l self, line: &'l Line) -> impl Iterator<Item = &'l ReadinessFinding> {
        let id = line.id.as_deref();
        let of_lines = ["line", "drift", "lost", "fallback"];
        let about = move |finding: &&ReadinessFinding| {
            of_lines.contains(&finding.kind.as_str())
                && Some(finding.id.as_str()) == id
                && finding.code != ReadinessCode::LineDisabled
                // a line that is not used yet has none, and needs none
                && (line.enabled || finding.code != ReadinessCode::NoFallback)
        };
        self.readiness.findings.iter().filter(about)
    }

    /// Numbers for which Twilio bills, and which nobody can call.
    fn orphans(&self) -> impl Iterator<Item = &ReadinessFinding> {
        self.readiness.findings.iter().filter(|finding| finding.kind == "orphan")
    }

    fn is_full(&self) -> bool {
        self.plan.active >= self.plan.max_active_numbers
    }

    /// Where a number is bought: with one account there is nothing to choose.
    fn way(&self, to: &str) -> String {
        match self.accounts.as_slice() {
            [only] => format!("/console/numbers/{to}/{}", only.account),
            _ => format!("/console/numbers/{to}"),
        }
    }

    fn cost(&self) -> String {
        self.plan.monthly_cost.iter().map(money::said).collect::<Vec<_>>().join(" and ")
    }
}

/// How grave something is, by the class that shows it.
pub(super) fn shade(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "bad",
        Severity::Warning => "warn",
        Severity::Note => "",
    }
}

/// The same, in a word.
pub(super) fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critical",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

async fn list(visitor: Visitor, Query(done): Query<Done>) -> Result<Response, Failure> {
    let client = &visitor.client;
    let accounts = async {
        // readers need not know the accounts
        if visitor.is(Role::Admin) { all_accounts(client).await } else { Ok(Vec::new()) }
    };
    let (lines, readiness, plan, accounts) =
        tokio::try_join!(choices::all::<Line>(client), client.readiness(), client.number_plan(), accounts)?;
    let frame = Frame::of(&visitor, Line::SECTION, "Numbers").after(done.done.as_deref());
    Ok(Html(List { frame, lines, readiness, plan, accounts }.render()?).into_response())
}

/// Every connected account.
pub(super) async fn all_accounts(client: &api::client::Client) -> Result<Vec<Integration>, api::client::ClientError> {
    let (mut accounts, mut cursor) = (Vec::new(), None);
    loop {
        let page = client.integrations(&PageQuery { cursor, limit: Some(200) }).await?;
        accounts.extend(page.items);
        if page.next.is_none() {
            return Ok(accounts);
        }
        cursor = page.next;
    }
}
