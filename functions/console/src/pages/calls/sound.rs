//! What callers left and what was said, passed on from the API to a browser's player.

use axum::{Router, extract::Path, response::Response, routing::get};
use http::HeaderMap;

use crate::{
    App,
    failure::Failure,
    kept::{passed_on, range},
    visitor::Visitor,
};

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
