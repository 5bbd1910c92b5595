//! All schedules, each with who is on call now and until when.

use api::Schedule;
use askama::Template;
use axum::{
    extract::Query,
    response::{Html, IntoResponse, Response},
};

use super::SECTION;
use crate::{choices, editor::Done, failure::Failure, frame::Frame, visitor::Visitor};

#[derive(Template)]
#[template(path = "schedules.html")]
struct List {
    frame: Frame,
    schedules: Vec<api::Stored<Schedule>>,
}

pub(super) async fn list(visitor: Visitor, Query(done): Query<Done>) -> Result<Response, Failure> {
    let schedules = choices::all::<Schedule>(&visitor.client).await?;
    let frame = Frame::of(&visitor, SECTION, "Schedules").after(done.done.as_deref());
    Ok(Html(List { frame, schedules }.render()?).into_response())
}
