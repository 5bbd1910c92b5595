//! Logs for readers.

use std::fmt;
use std::str::FromStr;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tracing::level_filters::LevelFilter;
use tracing::{Instrument as _, field};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::clock::Clock;
use crate::environment::{Environment, Misconfigured};

/// Our own crates, by the beginning of their targets. `LOG_LEVEL` is about them.
const OURS: [&str; 15] = [
    "api",
    "console",
    "dutyline",
    "entry",
    "events",
    "fallback",
    "local",
    "notify",
    "oncall",
    "phone",
    "provision",
    "sms",
    "store",
    "twilio",
    "voice",
];

/// Sends this process's log to standard output: JSON in Lambda, where CloudWatch searches it, plain text elsewhere.
/// `LOG_LEVEL` is one of `off`, `error`, `warn`, `info` (the default), `debug` and `trace`.
///
/// Crates that are not ours write no more than `info`, whatever the level: below it they write whole requests, and in
/// those stand phone numbers and credentials.
///
/// A second call changes nothing, so that tests and the laptop may start several functions in one process.
///
/// # Errors
/// [`Misconfigured`] when `LOG_LEVEL` is none of them.
pub fn start(environment: &Environment, clock: &Clock) -> Result<(), Misconfigured> {
    let level = environment.parsed_or("LOG_LEVEL", Level(LevelFilter::INFO))?.0;
    let filter =
        Targets::new().with_default(level.min(LevelFilter::INFO)).with_targets(OURS.map(|target| (target, level)));
    let lines = tracing_subscriber::fmt::layer().with_target(false).with_timer(Time(clock.clone()));
    let in_lambda = environment.optional("AWS_LAMBDA_FUNCTION_NAME").is_some();
    let started = if in_lambda {
        let lines = lines.json().flatten_event(true).with_span_list(false);
        tracing_subscriber::registry().with(lines.with_filter(filter)).try_init()
    } else {
        let lines = lines.compact().with_ansi(false);
        tracing_subscriber::registry().with(lines.with_filter(filter)).try_init()
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
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str).to_owned();
    let span =
        tracing::info_span!("request", route, call.sid = field::Empty, line = field::Empty, service = field::Empty);
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

/// Notes which service the current request is about, by its id.
pub fn service(id: &str) {
    tracing::Span::current().record("service", id);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::Chain;

    fn check(level: &str, outcome: Result<(), &str>) {
        let level = level.to_owned();
        let environment = Environment::of(move |name| (name == "LOG_LEVEL").then(|| level.clone()));
        let started = start(&environment, &Clock::system());
        assert_eq!(started.map_err(|error| Chain(&error).to_string()), outcome.map_err(str::to_owned));
    }

    #[test]
    fn a_level_is_one_of_the_known_words() {
        check("", Ok(()));
        check("off", Ok(()));
        check("DEBUG", Ok(()));
        check("loud", Err("LOG_LEVEL cannot be used: it is none of off, error, warn, info, debug, trace"));
        check("voice=debug", Err("LOG_LEVEL cannot be used: it is none of off, error, warn, info, debug, trace"));
    }
}
