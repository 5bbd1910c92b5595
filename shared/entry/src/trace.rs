//! Logs for readers.

use std::fmt;
use std::str::FromStr;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tracing::level_filters::LevelFilter;
use tracing::{Instrument as _, field};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;

use crate::clock::Clock;
use crate::environment::{Environment, Misconfigured};

/// Sends this process's log to standard output: JSON in Lambda, where CloudWatch searches it, plain text elsewhere.
/// `LOG_LEVEL` is one of `off`, `error`, `warn`, `info` (the default), `debug` and `trace`.
///
/// A second call changes nothing, so that tests and the laptop may start several functions in one process.
///
/// # Errors
/// [`Misconfigured`] when `LOG_LEVEL` is none of them.
pub fn start(environment: &Environment, clock: &Clock) -> Result<(), Misconfigured> {
    let level = environment
        .parsed_or("LOG_LEVEL", Level(LevelFilter::INFO))?
        .0;
    let builder = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_timer(Time(clock.clone()));
    let in_lambda = environment.optional("AWS_LAMBDA_FUNCTION_NAME").is_some();
    let started = if in_lambda {
        builder
            .json()
            .flatten_event(true)
            .with_span_list(false)
            .with_target(false)
            .try_init()
    } else {
        builder
            .compact()
            .with_target(false)
            .with_ansi(false)
            .try_init()
    };
    if started.is_err() {
        tracing::debug!("the log has been started before");
    }
    Ok(())
}

/// Middleware that writes one line a request: route, status and `duration_ms`. What is known later joins that line
/// and every line within the request by [`call`] and by recording `line` and `service` in the current span.
pub async fn requests(State(clock): State<Clock>, request: Request, next: Next) -> Response {
    let began = clock.now();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("", MatchedPath::as_str)
        .to_owned();
    let span = tracing::info_span!(
        "request",
        route,
        call.sid = field::Empty,
        line = field::Empty,
        service = field::Empty
    );
    async {
        let response = next.run(request).await;
        let duration_ms = clock.now().as_millisecond() - began.as_millisecond();
        tracing::info!(status = response.status().as_u16(), duration_ms, "answered");
        response
    }
    .instrument(span)
    .await
}

/// Notes which call the current request is about.
pub fn call(sid: &str) {
    tracing::Span::current().record("call.sid", sid);
}

/// Notes which line and which service the current request is about, by their ids.
pub fn destination(line: &str, service: Option<&str>) {
    let span = tracing::Span::current();
    span.record("line", line);
    if let Some(service) = service {
        span.record("service", service);
    }
}

struct Time(Clock);

impl FormatTime for Time {
    fn format_time(&self, w: &mut Writer<'_>) -> fmt::Result {
        write!(w, "{:.3}", self.0.now())
    }
}

struct Level(LevelFilter);

#[derive(Debug, thiserror::Error)]
#[error("it is none of off, error, warn, info, debug, trace")]
struct NotALevel;

impl FromStr for Level {
    type Err = NotALevel;

    fn from_str(text: &str) -> Result<Self, NotALevel> {
        text.parse().map(Self).map_err(|_| NotALevel)
    }
}
