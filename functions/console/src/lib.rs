//! The console: the whole product in a browser.
//!
//! It is a client of the admin API with the visitor's own token, and has no other permission: nothing is kept here, and
//! nothing is decided. A page is a handler that takes a `Visitor`, a change one that takes a `Submitted` form
//! (`visitor.rs`). Objects of the configuration all have the same kind of form (`editor.rs`, `form.rs`).

mod app;
mod assets;
mod choices;
mod countries;
mod editor;
mod failure;
mod form;
mod frame;
mod headers;
mod issuer;
mod kept;
mod lists;
mod money;
mod once;
mod pages;
mod session;
mod setting_up;
mod settings;
mod telephone;
mod transport;
mod view;
mod visitor;

use axum::{Router, middleware, response::Redirect, routing::get};

pub use app::{App, NoTls};
pub use issuer::Issuer;
pub use settings::Settings;

/// The pages, under their addresses.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/", get(async || Redirect::to("/console")))
        .route("/console/assets/{hash}/{name}", get(assets::serve))
        .merge(pages::routes())
        .fallback(async || failure::Failure::NoSuchPage)
        .layer(middleware::from_fn(headers::added))
        .with_state(app)
}
