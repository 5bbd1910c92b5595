//! The pages, one file each.

mod audit;
mod calls;
mod configuration;
mod holidays;
mod incidents;
mod integrations;
mod numbers;
mod overview;
mod people;
mod places;
mod policies;
mod readiness;
mod schedules;
mod sending;
mod services;
mod sign_in;
mod softphone;
mod teams;
mod texts;
mod tokens;

use axum::Router;

use crate::App;

pub(crate) fn routes() -> Router<App> {
    let pages = [
        audit::routes(),
        calls::routes(),
        configuration::routes(),
        holidays::routes(),
        incidents::routes(),
        integrations::routes(),
        numbers::routes(),
        overview::routes(),
        people::routes(),
        policies::routes(),
        readiness::routes(),
        schedules::routes(),
        sending::routes(),
        services::routes(),
        sign_in::routes(),
        softphone::routes(),
        teams::routes(),
        texts::routes(),
        tokens::routes(),
    ];
    pages.into_iter().fold(Router::new(), Router::merge)
}
