//! Running in AWS Lambda: serving a router, or working on a schedule.

use std::future::Future;
use std::pin::Pin;
use std::process::ExitCode;

use axum::Router;
use axum::http::uri::PathAndQuery;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use lambda_http::request::RequestContext;
use lambda_http::tower::util::{MapRequest, MapResponse};
use lambda_http::{Body, Error, IntoResponse, Request};
use lambda_runtime::{LambdaEvent, service_fn};
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::chain::Chain;

/// Runs a function's `main` to its end on this thread: Lambda's smallest sizes have a fraction of a core, on which a
/// pool of threads only costs. An error is logged, and the process exits with failure.
pub fn main(function: impl Future<Output = Result<(), Error>>) -> ExitCode {
    // host names are resolved on a thread of their own; a second one would cost more than it saves
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_io().enable_time().max_blocking_threads(1).build();
    let ended = runtime.map_err(Error::from).and_then(|runtime| runtime.block_on(function));
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(error = %Chain(&*error), "the function could not run");
            ExitCode::FAILURE
        }
    }
}

/// Answers the requests of an API Gateway HTTP API (payload version 2) with the router, until Lambda ends the process.
///
/// The router sees the same as on a laptop: bodies are decoded, and a path begins with its route, whichever stage the
/// API is deployed to (the stage belongs to [`PublicUrl`](crate::PublicUrl)). Two rules follow for routes. No stage may
/// be named like a route's first segment, since with a custom domain the one cannot be told from the other. And the
/// segments hold letters, digits, `-`, `.`, `_` and `~` alone: HTTP APIs decode the path that they hand on, so that
/// anything which has to be escaped would no longer be what Twilio signed.
///
/// # Errors
/// When Lambda's runtime API cannot be spoken to.
pub async fn serve(router: Router) -> Result<(), Error> {
    let router = MapRequest::new(router, without_stage as fn(Request) -> Request);
    lambda_http::run(MapResponse::new(router, Answer as fn(Response) -> Answer)).await
}

/// Does the same work at each event, whatever the event says, until Lambda ends the process: for a function that a
/// schedule calls. An error is logged and fails the invocation.
///
/// # Errors
/// When Lambda's runtime API cannot be spoken to.
pub async fn on_schedule<E>(work: impl AsyncFn() -> Result<(), E>) -> Result<(), Error>
where
    E: std::error::Error + Send + Sync + 'static,
{
    let work = &work;
    let handler = service_fn(async move |_: LambdaEvent<IgnoredAny>| {
        work().await.map_err(|error| {
            tracing::error!(error = %Chain(&error), "the work failed");
            Error::from(error)
        })
    });
    lambda_runtime::run(handler).await
}

/// Hands each event's payload to a handler and answers what it answers, until Lambda ends the process: for a function
/// that queues, buses and people call directly. An error is logged and fails the invocation.
///
/// # Errors
/// When Lambda's runtime API cannot be spoken to.
pub async fn on_event<E>(handle: impl AsyncFn(Value) -> Result<Value, E>) -> Result<(), Error>
where
    E: std::error::Error + Send + Sync + 'static,
{
    let handle = &handle;
    let handler = service_fn(async move |event: LambdaEvent<Value>| {
        handle(event.payload).await.map_err(|error| {
            tracing::error!(error = %Chain(&error), "the invocation failed");
            Error::from(error)
        })
    });
    lambda_runtime::run(handler).await
}

/// A response whose body is handed to Lambda as text if it is UTF-8, else as bytes. `lambda_http` would decide by
/// `Content-Type`, and has the tables of forty character sets for that: a thirtieth of a function's size.
struct Answer(Response);

impl IntoResponse for Answer {
    fn into_response(self) -> Pin<Box<dyn Future<Output = lambda_http::Response<Body>> + Send>> {
        let (mut parts, body) = self.0.into_parts();
        Box::pin(async move {
            let body = match axum::body::to_bytes(body, usize::MAX).await {
                Ok(bytes) => body_of(bytes.into()),
                Err(error) => {
                    tracing::error!(error = %Chain(&error), "the answer broke off");
                    parts.status = StatusCode::INTERNAL_SERVER_ERROR;
                    Body::Empty
                }
            };
            lambda_http::Response::from_parts(parts, body)
        })
    }
}

fn body_of(bytes: Vec<u8>) -> Body {
    String::from_utf8(bytes).map_or_else(|error| Body::Binary(error.into_bytes()), Body::Text)
}

/// The request with the stage taken off its path. API Gateway's `rawPath` begins with the stage unless that is
/// `$default`, and `lambda_http` puts it there where it does not (custom domains).
fn without_stage(mut request: Request) -> Request {
    let stage = match request.extensions().get::<RequestContext>() {
        Some(RequestContext::ApiGatewayV2(context)) => context.stage.as_deref(),
        _ => None,
    };
    if let Some(stripped) = stage.and_then(|stage| strip(request.uri(), stage)) {
        *request.uri_mut() = stripped;
    }
    request
}

fn strip(uri: &Uri, stage: &str) -> Option<Uri> {
    let rest = uri.path_and_query()?.as_str().strip_prefix('/')?.strip_prefix(stage)?;
    let rest = match rest.as_bytes().first() {
        Some(b'/') => rest.to_owned(),
        Some(b'?') | None => format!("/{rest}"),
        Some(_) => return None,
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(rest).ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(uri: &str, stage: &str, stripped: Option<&str>) {
        let uri: Uri = uri.parse().unwrap();
        assert_eq!(strip(&uri, stage).map(|uri| uri.to_string()).as_deref(), stripped);
    }

    #[test]
    fn utf_8_is_text_and_all_else_is_bytes() {
        assert_eq!(body_of(b"<Say>Hj\xc3\xa6lp</Say>".to_vec()), Body::Text("<Say>Hjælp</Say>".to_owned()));
        assert_eq!(body_of(vec![0x1f, 0x8b, 8]), Body::Binary(vec![0x1f, 0x8b, 8])); // gzip
        assert_eq!(body_of(vec![]), Body::Text(String::new()));
    }

    #[test]
    fn a_stage_is_taken_off_as_a_whole_segment_and_once() {
        check("https://h/live/voice?a=b", "live", Some("https://h/voice?a=b"));
        check("/live/live/voice", "live", Some("/live/voice"));
        check("/live", "live", Some("/"));
        check("/live?a", "live", Some("/?a"));
        check("/lively/voice", "live", None);
        check("/voice/live", "live", None);
        check("/voice", "$default", None);
    }
}
