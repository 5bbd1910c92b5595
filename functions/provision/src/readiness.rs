//! Whether everything is there that a call or a page will need in the next days.

mod at_twilio;
mod findings;

use api::Readiness;
use axum::extract::State;
use jiff::SignedDuration;
use oncall::{Line, LineId};
use store::{Object, PlanKey, StoredPlan};

use crate::{
    answer::Shown,
    app::App,
    caller::{Caller, Reader},
    endpoint::{Endpoint, get},
    failure::{Cause, Failure},
};
use at_twilio::AtTwilio;
use findings::Findings;

/// How far it looks ahead.
const AHEAD: SignedDuration = SignedDuration::from_hours(14 * 24);

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![get("/readiness", show).says(
        "Whether everything is ready",
        "Looks at every moment of the next 14 days, by the ladder of a real call, and at what calls and pages need. Each \
         finding says what it is about and how to mend it. Twilio is asked about each connected account, for a few \
         seconds at most: of one that does not answer, what was last found there is told, with its time.",
    )]
}

async fn show(_: Caller<Reader>, State(app): State<App>) -> Result<Shown<Readiness>, Failure> {
    let from = app.clock.now();
    let to = from.checked_add(AHEAD).unwrap_or(from);
    let integrations = app.all_integrations().await?;
    let (at_twilio, whole) = tokio::join!(AtTwilio::ask(&app, integrations), app.store.whole());
    let whole = whole?;
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
    let (records, listed) = (app.all_numbers().await?, app.store.lines().await?);
    findings.lines(&lines, &at_twilio.sends(&lines, &records));
    findings.accounts(&at_twilio.accounts(), &records);
    findings.fallbacks(&listed);
    findings.rebuilding(whole.rebuilding.iter().map(LineId::as_str));
    for (integration, why) in at_twilio.silent() {
        findings.silent(integration, why.said());
    }
    for differing in at_twilio.differing(&app, &records, &listed).await? {
        findings.differing(&differing);
    }
    Ok(Shown(findings.told()))
}
