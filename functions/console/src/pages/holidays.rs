//! Calendars of holidays, which hours of lines and of escalation policies refer to.

use api::{HolidayCalendar, Kind, Stored};
use askama::Template;
use axum::{
    Router,
    extract::Query,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};

use crate::{
    App, choices,
    editor::{self, Done, Edited, Editing},
    failure::Failure,
    frame::Frame,
    visitor::Visitor,
};

pub(super) fn routes() -> Router<App> {
    Router::new().route(HolidayCalendar::SECTION, get(list)).merge(editor::routes::<HolidayCalendar>())
}

#[derive(Template)]
#[template(path = "holidays.html")]
struct List {
    frame: Frame,
    calendars: Vec<Stored<HolidayCalendar>>,
}

async fn list(visitor: Visitor, Query(done): Query<Done>) -> Result<Response, Failure> {
    let calendars = choices::all::<HolidayCalendar>(&visitor.client).await?;
    let frame = Frame::of(&visitor, HolidayCalendar::SECTION, "Holidays").after(done.done.as_deref());
    Ok(Html(List { frame, calendars }.render()?).into_response())
}

#[derive(Template)]
#[template(path = "holiday_calendar.html")]
struct Page<'a> {
    frame: &'a Frame,
    editing: &'a Editing<HolidayCalendar>,
}

impl Edited for HolidayCalendar {
    const ONE: &'static str = "holiday calendar";
    const SECTION: &'static str = "/console/holidays";
    const NEEDS: &'static [Kind] = &[];
    type Beside = ();

    fn fresh(list: Option<&str>) -> Value {
        let day = json!({"name": "", "from": "", "yearly": false});
        match list {
            Some(_) => day,
            None => json!({"name": "", "days": [day]}),
        }
    }

    fn page(editing: &Editing<Self>) -> askama::Result<String> {
        Page { frame: &editing.frame, editing }.render()
    }
}
