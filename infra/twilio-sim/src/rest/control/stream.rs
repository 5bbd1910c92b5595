//! A call's transcript as it happens.
use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    body::Body,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use futures_util::stream;

use super::{Named, Shared, show, unknown};
use crate::engine::Engine;

/// Newline-delimited JSON until every leg of the call is over. With a driven clock reading makes
/// time pass.
pub(super) async fn transcript(State(engine): Shared, Path(sid): Named) -> Response {
    let Some(root) = engine.read(|w| w.legs.get(&sid).map(|leg| leg.root.clone())) else {
        return unknown("call");
    };
    let lines = stream::unfold((engine, root, 0), |(engine, root, from)| async move {
        let (text, next) = more(&engine, &root, from).await?;
        Some((Ok::<_, Infallible>(text), (engine, root, next)))
    });
    ([("content-type", "application/x-ndjson")], Body::from_stream(lines)).into_response()
}

/// The next lines of a call; None when it is over and all were given.
async fn more(engine: &Arc<Engine>, root: &str, from: usize) -> Option<(String, usize)> {
    let day = Duration::from_secs(86400);
    let found = engine.wait(day, |w| {
        let news = w.transcript.iter().skip(from).filter(|line| line.call == root);
        let text: String = news.map(|line| format!("{}\n", show::line(line))).collect();
        let over = || w.legs.values().filter(|leg| leg.root == root).all(|leg| leg.status.is_over());
        match text.is_empty() {
            false => Some(Some((text, w.transcript.len()))),
            true => over().then_some(None),
        }
    });
    found.await.ok().flatten()
}
