//! Twilio's REST API, as far as voice needs it, and the simulator's own control API.
use std::sync::Arc;

use axum::Router;

use crate::engine::Engine;

pub(crate) fn router(engine: &Arc<Engine>) -> Router {
    let _ = engine;
    Router::new()
}
