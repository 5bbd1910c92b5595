//! The whole organisation as one document, so that a team can keep it under version control.
//!
//! A document is applied object by object, each saved as it would be by itself: what names others after what it names,
//! what goes in the reverse order. So the organisation is whole after each step, and a document that was applied half
//! is applied again. Before the first step all of it is read, compared and judged; a document that would leave
//! something wrong is refused, and nothing of it is written.

mod apply;
mod document;
mod plan;

use api::{Applied, ApplyQuery, Configuration};
use axum::extract::State;
use store::Whole;

use crate::{
    answer::Shown,
    app::App,
    argument::{Conditions, Query},
    caller::{Admin, Caller, Reader},
    endpoint::{Endpoint, get, put},
    failure::{Cause, Failure},
};
use document::{Document, Form, Written};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/configuration", show).says(
            "The organisation as one document",
            "As JSON, or as YAML if `Accept` asks for `application/yaml`; in the same order each time. It holds no \
             secrets and no versions. Its ETag is the organisation's revision.",
        ),
        put("/configuration", replace).says(
            "Applies a document",
            "Objects that differ are saved, one after the other; with `prune`, objects of a list that it does not name \
             go. With `dry_run`, only says what would change. Applied again, it changes nothing. With `If-Match`, nothing \
             is saved if anybody has saved anything since the document with that ETag was read.",
        )
        .refuses(&[Cause::Stale]),
    ]
}

async fn show(
    _: Caller<Reader>,
    State(app): State<App>,
    conditions: Conditions,
    form: Form,
) -> Result<Written, Failure> {
    let whole = whole(&app).await?;
    let revision = whole.revision;
    if conditions.is_known(revision) {
        return Ok(Written { form, revision, configuration: None });
    }
    // after the rest: what is newer than the revision does no harm, what is older would
    let sending = app.store.sending_settings().await?.settings;
    let configuration = Some(plan::shown(whole, sending));
    Ok(Written { form, revision, configuration })
}

async fn replace(
    caller: Caller<Admin>,
    State(app): State<App>,
    conditions: Conditions,
    Query(how): Query<ApplyQuery>,
    document: Document,
) -> Result<Shown<Applied>, Failure> {
    let condition = conditions.of_write_if_any()?;
    let kept = whole(&app).await?;
    if condition.is_some_and(|condition| !condition.holds(kept.revision)) {
        return Err(Failure::stale(Some(kept.revision)));
    }
    let sending = app.store.sending_settings().await?;
    let plan = plan::Plan::of(document, &kept, sending, how.prune).map_err(Failure::refused)?;
    let warnings = apply::judged(&app, &caller, &plan).await?;
    let (changes, rebuilding) =
        if how.dry_run { (plan.told(), Vec::new()) } else { apply::carried_out(&app, &caller, plan).await };
    let is_done = |change: &api::Change| change.outcome == api::ChangeOutcome::Done;
    Ok(Shown(Applied { dry_run: how.dry_run, complete: changes.iter().all(is_done), changes, warnings, rebuilding }))
}

async fn whole(app: &App) -> Result<Whole, Failure> {
    let whole = app.store.whole().await?;
    whole.ok_or_else(|| Failure::from(Cause::Unavailable).detail("others kept saving at the same time"))
}

/// A document's lists, each with its name.
macro_rules! lists {
    ($each:ident) => {
        $each! {
            people: api::Person,
            teams: api::Team,
            schedules: api::Schedule,
            holidays: api::HolidayCalendar,
            escalation_policies: api::EscalationPolicy,
            services: api::Service,
            lines: api::Line,
        }
    };
}
use lists;
