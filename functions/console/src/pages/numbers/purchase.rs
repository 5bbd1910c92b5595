//! Buying a number, in five clicks from the list of numbers: "Purchase number", a country's kind of number, "Search", one
//! of those that are on sale, "Buy". Whoever likes one of the first that are shown does without the search.

mod confirm;
mod follow;
mod market;

use api::{Country, Line, NumberKind};
use askama::Template;
use axum::{
    Router,
    extract::Path,
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};

pub(super) use confirm::LANGUAGES;

use crate::{App, editor::Edited as _, failure::Failure, frame::Frame, visitor::Visitor};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/console/numbers/purchase/{account}", get(countries).post(confirm::buy))
        .route("/console/numbers/purchase/{account}/search", get(market::search))
        .route("/console/numbers/purchase/{account}/confirm", get(back).post(confirm::ask))
        .route("/console/numbers/purchase/{account}/{purchase}", get(follow::show))
}

#[derive(Template)]
#[template(path = "purchase/countries.html")]
struct Countries {
    frame: Frame,
    account: String,
    countries: Vec<Country>,
}

async fn countries(visitor: Visitor, Path(account): Path<String>) -> Result<Response, Failure> {
    let countries = visitor.client.countries(&account).await?.items;
    let frame = Frame::of(&visitor, Line::SECTION, "Purchase a number");
    Ok(Html(Countries { frame, account, countries }.render()?).into_response())
}

/// The page that asks is made of a form; whoever loads it again chooses again.
async fn back(_: Visitor, Path(account): Path<String>) -> Redirect {
    Redirect::to(&format!("{}/purchase/{account}", Line::SECTION))
}

/// A kind of number, as addresses and the API name it, and as people do.
fn kind(kind: NumberKind) -> (&'static str, &'static str) {
    match kind {
        NumberKind::Local => ("local", "Local"),
        NumberKind::Mobile => ("mobile", "Mobile"),
        NumberKind::TollFree => ("toll_free", "Toll-free"),
        NumberKind::National => ("national", "National"),
    }
}

/// The same, by the word that stands in a form.
fn kind_named(word: &str) -> &'static str {
    use NumberKind::{Local, Mobile, National, TollFree};
    [Local, Mobile, TollFree, National].into_iter().map(kind).find(|(name, _)| *name == word).map_or("", |(_, is)| is)
}
