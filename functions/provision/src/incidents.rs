//! Incidents: seen, acted upon, and opened by hand.
//!
//! 1. `shown`: an incident as the API tells it.
//! 2. `act`: what somebody wants done with one.
//! 3. `direct`: people are paged directly.
//!
//! Nothing is sent from here: what is to leave is due at once in what is saved, and a message wakes whoever sends.

mod act;
mod direct;
mod shown;

pub(crate) use shown::summary;

use api::{Incident, IncidentCall, IncidentQuery, Page};
use axum::extract::State;
use oncall::{CallId, IncidentId, ServiceId};
use store::IncidentsOf;

use crate::{
    answer::Shown,
    app::App,
    argument::{self, Id, Query, cursor_at, place_of},
    caller::{Caller, Reader},
    calls,
    endpoint::{Endpoint, get, post},
    failure::{Cause, Failure},
};

/// The largest page: any incident may have the largest document.
const MOST: u16 = 50;

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/incidents", list)
            .says("Lists incidents", "Latest first: those of all services that are not over, or all of one service.")
            .refuses(&[Cause::NotFound]),
        get("/incidents/{id}", read).says("Shows an incident", "With its pages and everything that was done."),
        post("/incidents", direct::open)
            .says(
                "Pages people directly",
                "Opens an incident of no service and pages these people by their own rules. The same Idempotency-Key \
                 opens it once.",
            )
            .refuses(&[Cause::KeyReused]),
        post("/incidents/{id}/actions", act::act).says(
            "Does something with an incident",
            "By the name of the token. Done once for each Idempotency-Key. Whoever asks is told who was first.",
        ),
    ]
}

async fn list(
    _: Caller<Reader>,
    State(app): State<App>,
    Query(query): Query<IncidentQuery>,
) -> Result<Shown<Page<Incident>>, Failure> {
    let IncidentQuery { service, cursor, limit } = query;
    let limit = argument::limit(limit, MOST, MOST)?;
    let cursor = cursor.as_deref().map(place_of).transpose()?;
    let service = service.map(ServiceId::new);
    if let Some(service) = &service {
        app.store.find::<oncall::Service>(service.as_str()).await?.ok_or(Cause::NotFound)?;
    }
    let of = service.as_ref().map_or(IncidentsOf::Open, IncidentsOf::Service);
    let found = app.store.listed_incidents(of, limit, cursor.as_deref()).await?;
    for id in &found.unreadable {
        tracing::error!(incident = id.as_str(), "an incident cannot be read");
    }
    let items = found.incidents.iter().map(|found| shown::summary(&found.incident)).collect();
    Ok(Shown(Page { items, next: found.next.as_deref().map(cursor_at) }))
}

async fn read(_: Caller<Reader>, State(app): State<App>, Id(id): Id) -> Result<Shown<Incident>, Failure> {
    let found = app.store.incident(&IncidentId::new(id)).await?.ok_or(Cause::NotFound)?;
    let mut shown = shown::whole(&found.incident);
    if let Some(details) = &mut shown.details
        && shown::is_of_a_call(&found.incident)
    {
        details.call = app.store.call(&CallId::new(found.incident.key.as_str())).await?.map(|logged| IncidentCall {
            id: logged.call.id.to_string(),
            message: logged.call.message.as_ref().map(calls::message),
        });
    }
    Ok(Shown(shown))
}

impl From<carrier::Failed> for Failure {
    fn from(failed: carrier::Failed) -> Self {
        match failed {
            carrier::Failed::Store(error) => error.into(),
            carrier::Failed::Contended | carrier::Failed::NotTold => Cause::Unavailable.into(),
        }
    }
}
