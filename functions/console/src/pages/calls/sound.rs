//! What callers left and what was said, passed on from the API to a browser's player.

use api::client::Audio;
use axum::{
    Router,
    extract::Path,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{
    HeaderMap, StatusCode,
    header::{ACCEPT_RANGES, CONTENT_RANGE, CONTENT_TYPE, RANGE},
};

use crate::{App, failure::Failure, visitor::Visitor};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/console/calls/{id}/message.mp3", get(message))
        .route("/console/calls/{id}/recording.mp3", get(recording))
}

async fn message(visitor: Visitor, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, Failure> {
    Ok(passed_on(visitor.client.message_audio(&id, range(&headers)).await?))
}

async fn recording(visitor: Visitor, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, Failure> {
    Ok(passed_on(visitor.client.recording_audio(&id, range(&headers)).await?))
}

fn range(headers: &HeaderMap) -> Option<&str> {
    headers.get(RANGE)?.to_str().ok()
}

fn passed_on(audio: Audio) -> Response {
    let usual = [(CONTENT_TYPE, "audio/mpeg"), (ACCEPT_RANGES, "bytes")];
    match audio.range {
        None => (usual, audio.bytes).into_response(),
        Some(range) => (StatusCode::PARTIAL_CONTENT, usual, [(CONTENT_RANGE, range)], audio.bytes).into_response(),
    }
}
