//! A schedule: who is on call now and why, and who when.

use api::{CreatedFeed, Feed, Kind, OnCall, Override, PageQuery, Schedule, Stored};
use askama::Template;
use axum::{
    extract::{Path, Query},
    response::{Html, IntoResponse, Response},
};
use http::StatusCode;
use jiff::{
    Timestamp,
    tz::{TimeZone, TimeZoneDatabase},
};

use super::{
    SECTION,
    drawing::{Drawing, Palette, Scale},
    takeover::{Takeover, takeovers},
    window::{self, Asked, LENGTHS, Window},
};
use crate::{
    choices::{Choice, Choices, name_of},
    failure::Failure,
    form::Form,
    frame::Frame,
    visitor::Visitor,
};

#[derive(Template)]
#[template(path = "schedule.html")]
struct Page {
    frame: Frame,
    id: String,
    schedule: Schedule,
    drawing: Drawing,
    window: Window,
    zone: TimeZone,
    now: Timestamp,
    on_call: OnCall,
    until: Option<Timestamp>,
    feeds: Vec<Feed>,
    people: Vec<Choice>,
    takeovers: Vec<Takeover>,
    told: Told,
}

/// What a page tells beside the schedule, after something was tried.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The override as it was typed.
    pub(super) form: Form,
    /// A feed that was just made.
    pub(super) made: Option<CreatedFeed>,
    /// Where these pages are.
    pub(super) base_url: String,
}

pub(super) async fn show(
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    page(&visitor, id, &asked, Told::default(), StatusCode::OK).await
}

/// The page, after whatever was tried.
pub(super) async fn page(
    visitor: &Visitor,
    id: String,
    asked: &Asked,
    told: Told,
    status: StatusCode,
) -> Result<Response, Failure> {
    let (client, now) = (&visitor.client, visitor.app.now());
    let window = asked.window(now);
    let (query, at) = (window.query(), api::AtQuery { at: Some(now) });
    let all = PageQuery { cursor: None, limit: Some(200) };
    let (stored, timeline, on_call, feeds, choices) = tokio::try_join!(
        client.read::<Schedule>(&id),
        client.timeline(&id, &query),
        client.on_call(&id, &at),
        client.feeds(&all),
        Choices::read(client, &[Kind::Person]),
    )?;
    let Stored { value: schedule, .. } = stored;
    let zone = zone(&schedule.timezone);
    let scale = window.scale(&zone).or_else(|| Scale::days(window.first(&TimeZone::UTC), window.days, TimeZone::UTC));
    let scale = scale.ok_or(Failure::NoSuchPage)?;
    let palette = Palette::of(people_of(&schedule).chain(timeline.names.keys().map(String::as_str)));
    let drawing = Drawing::of(&timeline, scale, &palette, now);
    let until = window::until(&timeline, now);
    let feeds = feeds.items.into_iter().filter(|feed| feed.schedule.as_deref() == Some(&id)).collect();
    let takeovers = takeovers(now, until, &zone);
    let frame = Frame::of(visitor, SECTION, schedule.name.clone()).after(asked.done.as_deref());
    let people = choices.people;
    let page = Page { frame, id, schedule, drawing, window, zone, now, on_call, until, feeds, people, takeovers, told };
    Ok((status, Html(page.render()?)).into_response())
}

/// The people whom a schedule names.
pub(super) fn people_of(schedule: &Schedule) -> impl Iterator<Item = &str> {
    let in_layers = schedule.layers.iter().flat_map(|layer| layer.users.iter().flatten());
    in_layers.chain(schedule.overrides.iter().flat_map(|one| &one.users)).map(String::as_str)
}

/// A zone by its name, the same on every machine; UTC if there is none of that name, as the API has it.
pub(super) fn zone(name: &str) -> TimeZone {
    TimeZoneDatabase::bundled().get(name).unwrap_or(TimeZone::UTC)
}

impl Page {
    fn written(&self, at: &Timestamp) -> String {
        self.drawing.scale.written(*at)
    }

    /// An instant of the API, on the schedule's clock.
    fn written_text(&self, at: &str) -> String {
        at.parse().map_or_else(|_| at.to_owned(), |at| self.written(&at))
    }

    fn name<'a>(&'a self, id: &'a str) -> &'a str {
        name_of(&self.people, id)
    }

    /// Overrides that are not over.
    fn overrides(&self) -> Vec<&Override> {
        let is_over = |one: &&Override| one.end.parse::<Timestamp>().is_ok_and(|end| end <= self.now);
        self.schedule.overrides.iter().filter(|one| !is_over(one)).collect()
    }

    fn first(&self) -> String {
        self.window.first(&self.zone).to_string()
    }

    /// Other days, as an address asks for them.
    fn moved(&self, windows: i64) -> String {
        format!("?from={}&days={}", self.window.moved(windows, &self.zone), self.window.days)
    }

    /// As many days from the same one on; around now, if now is among those that are shown.
    fn lengths(&self) -> Vec<(String, &'static str, bool)> {
        let from = if self.drawing.now.is_some() { String::new() } else { format!("from={}&", self.first()) };
        let link =
            |(days, label): &(u16, &'static str)| (format!("?{from}days={days}"), *label, *days == self.window.days);
        LENGTHS.iter().map(link).collect()
    }

    /// Whether whoever has signed in is called as one of the people is.
    fn is_me(&self, choice: &Choice) -> bool {
        self.frame.who.as_ref().is_some_and(|(name, _)| *name == choice.name)
    }

    /// Whether a person is to stand in the form: typed there, or whoever has signed in.
    fn is_chosen(&self, place: usize, choice: &Choice) -> bool {
        let typed = self.told.form.fields().list("users");
        match typed.get(place) {
            Some(id) => *id == choice.id,
            None => place == 0 && typed.is_empty() && self.is_me(choice),
        }
    }

    /// The address of a feed that was just made, for a browser and for a calendar program.
    fn feed_address(&self, made: &CreatedFeed) -> (String, String) {
        let address = format!("{}{}", self.told.base_url, made.path);
        let program = address.split_once("://").map_or(String::new(), |(_, rest)| format!("webcal://{rest}"));
        (address, program)
    }

    /// Why, with its instants on the schedule's clock.
    fn reason(&self, text: &str) -> String {
        text.split(' ').map(|word| self.written_text(word)).collect::<Vec<_>>().join(" ")
    }
}
