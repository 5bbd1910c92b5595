//! Twilio accounts: connected, tried, rotated, renamed and disconnected. What Twilio says of one takes a question to
//! Twilio, so the list asks for each when it stands.

mod account;
mod addresses;
mod connect;
mod disconnect;

use api::{Integration, Role};
use askama::Template;
use axum::{
    Router,
    extract::Query,
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};

use super::numbers::all_accounts;
use crate::{App, editor::Done, failure::Failure, frame::Frame, visitor::Visitor};

/// Where they are listed.
const SECTION: &str = "/console/integrations";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(SECTION, get(list))
        .route("/console/integrations/new", get(connect::fresh).post(connect::connect))
        .route("/console/integrations/{account}", get(account::show).post(account::change))
        .route("/console/integrations/{account}/disconnect", post(disconnect::disconnect))
        .route("/console/integrations/{account}/addresses", get(addresses::list).post(addresses::change))
}

#[derive(Template)]
#[template(path = "integrations.html")]
struct List {
    frame: Frame,
    accounts: Vec<Integration>,
}

async fn list(visitor: Visitor, Query(done): Query<Done>) -> Result<Response, Failure> {
    // whoever may not see them is told so by the page
    let accounts = if visitor.is(Role::Admin) { all_accounts(&visitor.client).await? } else { Vec::new() };
    let frame = Frame::of(&visitor, SECTION, "Twilio").after(done.done.as_deref());
    Ok(Html(List { frame, accounts }.render()?).into_response())
}
