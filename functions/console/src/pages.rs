//! The pages, one file each.

mod holidays;
mod overview;
mod people;
pub(crate) mod schedules;
mod sign_in;

use axum::Router;

use crate::App;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .merge(sign_in::routes())
        .merge(overview::routes())
        .merge(people::routes())
        .merge(schedules::routes())
        .merge(holidays::routes())
}
