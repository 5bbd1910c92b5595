//! The routes: in which shape a body comes, and where its key stands.

use std::time::Duration;

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, header::CONTENT_TYPE},
    middleware::from_fn_with_state,
    response::Response,
    routing::post,
};
use entry::trace;
use pipeline::ToolEvent;
use serde_json::{Value, json};
use statement::{Said, own};
use tokio::time::timeout;

use crate::{
    alertmanager,
    answer::{self, Problem, for_pagerduty},
    app::App,
    intake::Refusal,
    pagerduty,
    routing_key::RoutingKey,
};

/// The longest body that is read.
pub(crate) const LIMIT: usize = 256 * 1024;
/// How long table and queue may take together. Lambda gives the function 10 s.
const DEADLINE: Duration = Duration::from_secs(8);

/// The routes under `/events`, each request with its line in the log.
pub fn router(app: App) -> Router {
    let log = from_fn_with_state(app.clock.clone(), trace::requests);
    Router::new()
        .route("/events/v2/enqueue", post(enqueue))
        .route("/events/alertmanager", post(alerts))
        .route("/events", post(event))
        .layer(log)
        .with_state(app)
}

/// PagerDuty's Events API v2. Its clients show the key in the body, and say of it whatever content type they like.
async fn enqueue(State(app): State<App>, request: Request) -> Response {
    let Ok(bytes) = to_bytes(request.into_body(), LIMIT).await else { return for_pagerduty::too_large() };
    let Ok(body) = serde_json::from_slice::<Value>(&bytes) else { return for_pagerduty::no_json() };
    let (key, said) = match pagerduty::read(&body) {
        Ok(read) => read,
        Err(errors) => return for_pagerduty::invalid(&errors),
    };
    match app.take(&key, vec![said]).await {
        Ok(events) => for_pagerduty::accepted(events.first().map_or("", |event| &event.dedup_key)),
        Err(refusal) => for_pagerduty::refused(refusal),
    }
}

/// Alertmanager's webhook.
async fn alerts(State(app): State<App>, request: Request) -> Response {
    let (key, body) = match admitted(request).await {
        Ok(admitted) => admitted,
        Err(problem) => return problem,
    };
    let said = match alertmanager::read(&body) {
        Ok(said) => said,
        Err(errors) => return Problem::fields(errors),
    };
    let left_out = alertmanager::left_out(&body);
    if left_out > 0 {
        tracing::warn!(left_out, "Alertmanager has left alerts out of a group (max_alerts)");
    }
    match app.take(&key, said).await {
        Ok(events) => answer::accepted(&json!({"accepted": events.len()})),
        Err(refusal) => Problem::refused(refusal),
    }
}

/// Our own shape.
async fn event(State(app): State<App>, request: Request) -> Response {
    let (key, body) = match admitted(request).await {
        Ok(admitted) => admitted,
        Err(problem) => return problem,
    };
    let said = match own::read(&body) {
        Ok(said) => said,
        Err(errors) => return Problem::fields(errors),
    };
    match app.take(&key, vec![said]).await {
        Ok(events) => {
            let (id, dedup_key) = events.first().map_or(("", ""), |event| (&event.id, &event.dedup_key));
            answer::accepted(&json!({"id": id, "dedup_key": dedup_key}))
        }
        Err(refusal) => Problem::refused(refusal),
    }
}

/// The key and the body of a request that shows its key in a header.
async fn admitted(request: Request) -> Result<(RoutingKey, Value), Response> {
    let (parts, body) = request.into_parts();
    let key = RoutingKey::of_headers(&parts.headers).ok_or_else(Problem::without_key)?;
    if !is_json(&parts.headers) {
        return Err(Problem::not_json());
    }
    Ok((key, json_of(body).await?))
}

async fn json_of(body: Body) -> Result<Value, Response> {
    let bytes = to_bytes(body, LIMIT).await.map_err(|_| Problem::too_large())?;
    serde_json::from_slice(&bytes).map_err(|error| Problem::malformed(error.line(), error.column()))
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

impl App {
    async fn take(&self, key: &RoutingKey, said: Vec<Said>) -> Result<Vec<ToolEvent>, Refusal> {
        let taken = timeout(DEADLINE, async {
            let service = self.service_of(key).await?;
            self.queue(key, &service, said).await
        });
        taken.await.unwrap_or_else(|_| {
            tracing::error!("table and queue did not answer in time");
            Err(Refusal::Unavailable)
        })
    }
}
