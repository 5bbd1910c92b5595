//! Whether everything is there that a call or a page will need in the next days.

mod findings;

use api::Readiness;
use axum::extract::State;
use jiff::SignedDuration;
use oncall::{Line, LineId};
use store::{Finding, Object, PlanKey, StoredPlan};

use crate::{
    answer::Shown,
    app::App,
    caller::{Caller, Reader},
    endpoint::{Endpoint, get},
    failure::{Cause, Failure},
};
use findings::Findings;

/// How far it looks ahead.
const AHEAD: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How many findings of sweeps are read at once.
const MANY: u16 = 200;

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![get("/readiness", show).says(
        "Whether everything is ready",
        "Looks at every moment of the next 14 days, by the ladder of a real call, and at what calls and pages need. Each \
         finding says what it is about and how to mend it.",
    )]
}

async fn show(_: Caller<Reader>, State(app): State<App>) -> Result<Shown<Readiness>, Failure> {
    let from = app.clock.now();
    let to = from.checked_add(AHEAD).unwrap_or(from);
    let whole = app.store.whole().await?;
    let whole = whole.ok_or_else(|| Failure::from(Cause::Unavailable).detail("others kept saving at the same time"))?;
    let mut findings = Findings::new(from, to);
    let mut lines: Vec<Line> = Vec::new();
    for (name, found) in &whole.objects {
        findings.unreadable(name, &found.problems);
        if let Object::Line(line) = &found.object {
            lines.push(line.clone());
        }
    }
    for line in &lines {
        // what a call reads, which is what counts
        let Some(StoredPlan { plan, .. }) = app.store.plan(PlanKey::Line(&line.id)).await? else { continue };
        findings.line(&plan);
        // another request may be answered in between
        tokio::task::yield_now().await;
    }
    findings.lines(&lines);
    findings.accounts(&app.all_integrations().await?, &app.all_numbers().await?);
    findings.fallbacks(&app.store.lines().await?);
    findings.rebuilding(whole.rebuilding.iter().map(LineId::as_str));
    for finding in swept(&app).await? {
        findings.swept(&finding);
    }
    Ok(Shown(findings.told()))
}

async fn swept(app: &App) -> Result<Vec<Finding>, Failure> {
    let mut swept = Vec::new();
    let mut after = None;
    loop {
        let page = app.store.findings(after.as_deref(), MANY).await?;
        swept.extend(page.items);
        after = page.next;
        if after.is_none() {
            return Ok(swept);
        }
    }
}
