//! The pages, one file each.

mod audit;
mod configuration;
mod overview;
mod people;
mod places;
mod policies;
mod readiness;
mod services;
mod sign_in;
mod teams;
mod tokens;

use axum::Router;

use crate::App;

pub(crate) fn routes() -> Router<App> {
    let pages = [
        sign_in::routes(),
        overview::routes(),
        people::routes(),
        teams::routes(),
        policies::routes(),
        services::routes(),
        readiness::routes(),
        audit::routes(),
        configuration::routes(),
        tokens::routes(),
    ];
    pages.into_iter().fold(Router::new(), Router::merge)
}
