//! From which Twilio account a number is to come, if there are several.

use api::{Integration, Line};
use askama::Template;
use axum::{
    Router,
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};

use super::all_accounts;
use crate::{App, editor::Edited as _, failure::Failure, frame::Frame, visitor::Visitor};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/console/numbers/purchase", get(async |visitor| choose(visitor, "purchase", "Purchase a number").await))
        .route("/console/numbers/adopt", get(async |visitor| choose(visitor, "adopt", "Use a number you have").await))
}

#[derive(Template)]
#[template(path = "choose_account.html")]
struct Choose {
    frame: Frame,
    way: &'static str,
    accounts: Vec<Integration>,
}

async fn choose(visitor: Visitor, way: &'static str, title: &'static str) -> Result<Response, Failure> {
    let accounts = all_accounts(&visitor.client).await?;
    if let [only] = accounts.as_slice() {
        return Ok(Redirect::to(&format!("{}/{way}/{}", Line::SECTION, only.account)).into_response());
    }
    let frame = Frame::of(&visitor, Line::SECTION, title);
    Ok(Html(Choose { frame, way, accounts }.render()?).into_response())
}
