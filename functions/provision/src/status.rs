//! The installation at a glance.

use api::{Counts, Status};
use axum::extract::State;
use store::Kind;

use crate::{
    answer::Shown,
    app::App,
    caller::{Caller, Reader},
    endpoint::{Endpoint, get},
    failure::Failure,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![get("/status", show).says("The installation at a glance", "Its version, its revision, and how much it holds.")]
}

async fn show(_: Caller<Reader>, State(app): State<App>) -> Result<Shown<Status>, Failure> {
    let standing = app.store.standing().await?;
    let count = |kind| standing.counts.get(&kind).copied().unwrap_or_default();
    Ok(Shown(Status {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        revision: standing.revision,
        rebuilding: standing.rebuilding.iter().map(ToString::to_string).collect(),
        counts: Counts {
            people: count(Kind::Person),
            teams: count(Kind::Team),
            schedules: count(Kind::Schedule),
            holidays: count(Kind::Calendar),
            escalation_policies: count(Kind::Policy),
            services: count(Kind::Service),
            lines: count(Kind::Line),
        },
    }))
}
