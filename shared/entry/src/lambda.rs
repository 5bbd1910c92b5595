//! Serving a router in AWS Lambda.

use std::future::Future;
use std::process::ExitCode;

use axum::Router;
use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use lambda_http::request::RequestContext;
use lambda_http::tower::util::MapRequest;
use lambda_http::{Error, Request};

use crate::chain::Chain;

/// Runs a function's `main` to its end on this thread: Lambda's smallest sizes have a fraction of a core, on which a
/// pool of threads only costs. An error is logged, and the process exits with failure.
pub fn main(function: impl Future<Output = Result<(), Error>>) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build();
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
    lambda_http::run(MapRequest::new(router, without_stage as fn(Request) -> Request)).await
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
