//! All schedules, each with who is on call now and until when.

use api::{OnCallNow, PageQuery};
use askama::Template;
use axum::{
    extract::Query,
    response::{Html, IntoResponse, Response},
};
use jiff::Timestamp;
use serde::Deserialize;

use super::{SECTION, drawing::written, show::zone};
use crate::{failure::Failure, frame::Frame, visitor::Visitor};

/// What the address of the list says.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// Where the list goes on.
    cursor: Option<String>,
    /// A word for what was just done.
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "schedules.html")]
struct List {
    frame: Frame,
    schedules: Vec<OnCallNow>,
    /// Where it goes on.
    next: Option<String>,
}

/// So many are shown at a time.
const MOST: u16 = 100;

pub(super) async fn list(visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let page = PageQuery { cursor: asked.cursor, limit: Some(MOST) };
    let page = visitor.client.on_call_everywhere(&page).await?;
    let escaped = |cursor: String| form_urlencoded::byte_serialize(cursor.as_bytes()).collect();
    let frame = Frame::of(&visitor, SECTION, "Schedules").after(asked.done.as_deref());
    let list = List { frame, schedules: page.items, next: page.next.map(escaped) };
    Ok(Html(list.render()?).into_response())
}

impl List {
    /// An instant on the clock of its schedule.
    fn written(&self, at: &str, schedule: &OnCallNow) -> String {
        let zone = zone(&schedule.timezone);
        at.parse::<Timestamp>().map_or_else(|_| at.to_owned(), |at| written(&at.to_zoned(zone)))
    }
}
