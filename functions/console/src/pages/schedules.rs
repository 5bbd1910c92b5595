//! Schedules: who is on call now, who when, and the layers behind it.

pub(crate) mod drawing;
mod edit;
mod feeds;
mod in_words;
mod list;
mod overrides;
mod show;
mod takeover;
mod window;

use api::Schedule;
use axum::{
    Router,
    routing::{get, post},
};

use crate::{App, editor};

/// Where they are.
const SECTION: &str = "/console/schedules";

pub(super) fn routes() -> Router<App> {
    let at = |rest: &str| format!("{SECTION}{rest}");
    Router::new()
        .route(SECTION, get(list::list))
        .route(&at("/new"), get(edit::begin).post(editor::create::<Schedule>))
        .route(&at("/{id}"), get(show::show))
        .route(&at("/{id}/edit"), get(editor::show::<Schedule>).post(editor::change::<Schedule>))
        .route(&at("/{id}/overrides"), post(overrides::change))
        .route(&at("/{id}/feeds"), post(feeds::change))
}
