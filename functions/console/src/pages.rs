//! The pages, one file each.

mod calls;
mod incidents;
mod overview;
mod people;
mod sign_in;
mod softphone;

use axum::Router;

use crate::App;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .merge(sign_in::routes())
        .merge(overview::routes())
        .merge(people::routes())
        .merge(incidents::routes())
        .merge(calls::routes())
        .merge(softphone::routes())
}
