//! From a verified request to its answer: gather facts, decide, perform, write.

use std::time::Duration;

use axum::{
    Router,
    extract::{FromRef, OriginalUri, State},
    http::StatusCode,
    response::Response,
    routing::post,
};
use entry::{Chain, Clock, Gate, PublicUrl, Queue, Signed, reply, trace};
use store::{PlanKey, Saved, Store};
use tokio::time::timeout;
use twilio::{
    twiml::{Twiml, Voice},
    webhook::{Form, Verified},
};

use crate::{
    decide::{Decision, Facts, decide},
    degraded,
    event::Event,
    inbound::{self, Arrival, Dialled, Inbound, LegReport},
    render::Studio,
    route::Route,
};

/// How often a lost race is decided again. Each loss means that another webhook of the same call has won, and a
/// call has few.
const MOST_RACES: usize = 5;

/// All that the voice webhooks need.
#[derive(Clone)]
pub struct App {
    /// Who is let in.
    pub gate: Gate,
    /// The table.
    pub store: Store,
    /// Where the incident pipeline is told of calls.
    pub queue: Queue,
    /// What time it is.
    pub clock: Clock,
    /// What stands before every route.
    pub public_url: PublicUrl,
    /// After how long a caller is told to wait instead.
    pub deadline: Duration,
}

impl FromRef<App> for Gate {
    fn from_ref(app: &App) -> Self {
        app.gate.clone()
    }
}

/// The routes under `/voice`.
pub fn router(app: App) -> Router {
    Router::new().route("/voice/{*step}", post(webhook)).with_state(app)
}

async fn webhook(State(app): State<App>, OriginalUri(uri): OriginalUri, Signed(form): Signed) -> Response {
    let Some(route) = Route::parse(uri.path()) else {
        return reply::empty(StatusCode::NOT_FOUND);
    };
    match inbound::read(&route, None, &form) {
        Ok(Inbound::Step(arrival)) => app.step(&route, &arrival).await,
        Ok(Inbound::Leg(report)) => app.leg(&report).await,
        Ok(Inbound::Nothing) => reply::noted(),
        Err(error) => {
            tracing::error!(error = %Chain(&error), route = %route, "a webhook lacks what it needs");
            reply::empty(StatusCode::BAD_REQUEST)
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("the table failed")]
    Store(#[from] store::Error),
    #[error("the table did not answer in time")]
    Late,
    #[error("the call was changed by others {MOST_RACES} times in a row")]
    Races,
}
