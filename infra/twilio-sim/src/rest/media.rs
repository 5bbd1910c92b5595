//! What came with a text: asked for with credentials, it is at an address that needs none.
use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};

use super::{Ask, Reply};
use crate::{engine::Engine, message::Message, world::World};

/// The address that needs no credentials.
pub(super) fn route() -> Router<Arc<Engine>> {
    Router::new().route("/media/{message}/{media}/{pass}", get(content))
}

/// Sends whoever has credentials to the content.
pub(super) fn fetch(engine: &Engine, ask: &Ask, message: &str, media: &str) -> Reply {
    let pass = engine.read(|w| {
        let text = w.messages.get(message).filter(|text| text.account == ask.account)?;
        Some(text.media.iter().find(|known| known.sid == media)?.pass.clone())
    });
    match pass {
        Some(pass) => Reply::elsewhere(format!("{}/media/{message}/{media}/{pass}", engine.base_url)),
        None => Reply::not_found(&ask.path),
    }
}

async fn content(
    State(engine): State<Arc<Engine>>,
    Path((message, media, pass)): Path<(String, String, String)>,
) -> Response {
    let found = engine.read(|w| attached(w, &message, &media, &pass));
    match found {
        Some((content_type, content)) => ([("content-type", content_type)], content).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn attached(world: &World, message: &str, media: &str, pass: &str) -> Option<(String, Vec<u8>)> {
    let text: &Message = world.messages.get(message)?;
    let found = text.media.iter().find(|known| known.sid == media && known.pass == pass)?;
    Some((found.attachment.content_type.clone(), found.attachment.content.clone()))
}
