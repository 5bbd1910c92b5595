//! The pages, one file each.

mod integrations;
mod numbers;
mod overview;
mod people;
mod sending;
mod sign_in;

use axum::Router;

use crate::App;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .merge(sign_in::routes())
        .merge(overview::routes())
        .merge(people::routes())
        .merge(numbers::routes())
        .merge(integrations::routes())
        .merge(sending::routes())
}
