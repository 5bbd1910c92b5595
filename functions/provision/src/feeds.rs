//! Calendar feeds: shifts for whatever program keeps somebody's calendar.
//!
//! Such a program can show no token. What lets it in is the feed's address: an id, and 256 random bits of which the
//! table keeps the digest. Whoever may see the organisation may make a feed of it, and take back their own.

mod icalendar;
mod shifts;

use std::collections::{BTreeMap, BTreeSet};

use api::{CreatedFeed, Feed, FieldError, NewFeed, Page, PageQuery, Role};
use axum::{
    extract::State,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH},
    },
    response::{IntoResponse, Response},
};
use oncall::{NamedSchedule, Person, PersonId, ScheduleId};
use store::{FeedOf, StoredFeed};

use crate::{
    answer::{Made, Removed, Shown},
    app::App,
    argument::{Body, Id, Query, page},
    caller::{Caller, Reader},
    describe::Description,
    endpoint::{Endpoint, delete, get, post},
    failure::{Cause, Failure},
    secret::{Digest, random_letters, random_secret},
};
use icalendar::Calendar;
use shifts::{Reach, Told};

/// Where calendars are read.
const PATH: &str = "/feeds/";

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/feeds", list).says("Lists calendar feeds", "One's own; an administrator's list has everybody's."),
        post("/feeds", create).says(
            "Makes a calendar feed",
            "Of a schedule, or of a person. Its address is in this answer and never shown again; it counts until the \
             feed is revoked, whatever becomes of the token.",
        ),
        delete("/feeds/{feed}", revoke)
            .says("Revokes a calendar feed", "One's own, or anybody's for an administrator."),
    ]
}

/// The feed itself, which is read without a token.
pub(crate) fn public() -> Endpoint {
    Endpoint::public(&format!("{PATH}{{secret}}"), read, |description: &mut Description| {
        description.says(
            "A calendar",
            "Shifts from 60 days ago until in 90 days, as iCalendar (RFC 5545). Past shifts are what they were.",
        );
        description.request_header("If-None-Match", "The ETag that is known.");
        let tag = ("ETag", "Changes when the calendar does.");
        description.answers_text(200, "The calendar.", MEDIA_TYPE, EXAMPLE, &[tag]);
        description.answers_empty(304, "It is as you know it.", &[("ETag", "As it was sent.")]);
        description.refuses(&[Cause::NotFound, Cause::Unavailable, Cause::Internal]);
    })
}

async fn list(
    caller: Caller<Reader>,
    State(app): State<App>,
    Query(query): Query<PageQuery>,
) -> Result<Shown<Page<Feed>>, Failure> {
    let (cursor, limit) = page(query)?;
    let found = app.store.feeds(cursor.as_deref(), limit).await?;
    let items = found.items.into_iter().filter(|feed| may_see(&caller, feed)).map(shown).collect();
    Ok(Shown(Page { items, next: found.next }))
}

async fn create(
    caller: Caller<Reader>,
    State(app): State<App>,
    Body(wanted): Body<NewFeed>,
) -> Result<Made<CreatedFeed>, Failure> {
    let of = match (wanted.schedule, wanted.person) {
        (Some(schedule), None) => {
            app.store.find::<NamedSchedule>(&schedule).await?.ok_or_else(|| unknown("schedule"))?;
            FeedOf::Schedule(ScheduleId::new(schedule))
        }
        (None, Some(person)) => {
            app.store.find::<Person>(&person).await?.ok_or_else(|| unknown("person"))?;
            FeedOf::Person(PersonId::new(person))
        }
        (None, None) => return Err(Failure::field("schedule", "must be given, or person")),
        (Some(_), Some(_)) => return Err(Failure::field("person", "cannot be given together with schedule")),
    };
    let id = random_letters(12)?;
    let secret = format!("{id}_{}", random_secret()?);
    let (hash, created_at, created_by) = (Digest::of(&secret).hex(), app.clock.now(), caller.author.token.clone());
    let feed = StoredFeed { id, of, hash, created_at, created_by };
    if !app.store.add_feed(&feed, &caller.author).await? {
        return Err(Failure::from(Cause::Exists));
    }
    Ok(Made(CreatedFeed { feed: shown(feed), path: format!("{PATH}{secret}") }))
}

async fn revoke(caller: Caller<Reader>, State(app): State<App>, Id(id): Id) -> Result<Removed, Failure> {
    // one that is somebody else's is as if there were none
    app.store.feed(&id).await?.filter(|feed| may_see(&caller, feed)).ok_or(Cause::NotFound)?;
    if app.store.revoke_feed(&id, &caller.author, app.clock.now()).await? {
        Ok(Removed)
    } else {
        Err(Failure::from(Cause::NotFound))
    }
}

fn may_see(caller: &Caller<Reader>, feed: &StoredFeed) -> bool {
    caller.role == Role::Admin || caller.author.token == feed.created_by
}

fn unknown(field: &str) -> Failure {
    Failure::refused(vec![FieldError::new(field, "does not exist")])
}

fn shown(feed: StoredFeed) -> Feed {
    let (schedule, person) = match feed.of {
        FeedOf::Schedule(id) => (Some(id.to_string()), None),
        FeedOf::Person(id) => (None, Some(id.to_string())),
    };
    Feed { id: feed.id, schedule, person, created_at: feed.created_at, created_by: feed.created_by }
}

const EXAMPLE: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Dutyline//Shifts//EN\r\nEND:VCALENDAR\r\n";

const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";

async fn read(State(app): State<App>, headers: HeaderMap, Id(secret): Id) -> Result<Response, Failure> {
    let (id, _) = secret.split_once('_').ok_or(Cause::NotFound)?;
    let feed = app.store.feed(id).await?.filter(|feed| Digest::of_hex(&feed.hash).is(&Digest::of(&secret)));
    // an unknown and a revoked feed look the same from outside
    let text = match feed.ok_or(Cause::NotFound)?.of {
        FeedOf::Schedule(id) => app.calendar_of_schedule(&id).await?,
        FeedOf::Person(id) => app.calendar_of_person(&id).await?,
    }
    .text();
    let tag = format!("\"{}\"", Digest::of(&text).hex());
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let is_known = known.flat_map(|tags| tags.split(',')).any(|one| one.trim().trim_start_matches("W/") == tag);
    let mut response = if is_known { StatusCode::NOT_MODIFIED.into_response() } else { text.into_response() };
    let headers = response.headers_mut();
    if !is_known {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, max-age=300"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    Ok(response)
}

impl App {
    async fn calendar_of_schedule(&self, id: &ScheduleId) -> Result<Calendar, Failure> {
        let reach = Reach::around(self.clock.now());
        let named = self.store.find::<NamedSchedule>(id.as_str()).await?.ok_or(Cause::NotFound)?.value;
        let told = self.told(&named, reach).await?;
        let people = told.people(reach);
        let ids: BTreeSet<&str> = people.iter().map(PersonId::as_str).collect();
        let found = self.store.find_all::<Person>(&ids).await?;
        let names: BTreeMap<_, _> = found.into_iter().map(|person| (person.value.id, person.value.name)).collect();
        Ok(Calendar { name: format!("On call: {}", named.name), events: told.events(reach, &names) })
    }

    async fn calendar_of_person(&self, id: &PersonId) -> Result<Calendar, Failure> {
        let reach = Reach::around(self.clock.now());
        let person = self.store.find::<Person>(id.as_str()).await?.ok_or(Cause::NotFound)?.value;
        let schedules = self.store.schedules_lately(id).await?;
        let mut events = Vec::new();
        let mut found =
            self.store.find_all::<NamedSchedule>(&schedules.iter().map(ScheduleId::as_str).collect()).await?;
        found.sort_by(|one, next| one.value.id.cmp(&next.value.id));
        for named in found {
            events.extend(self.told(&named.value, reach).await?.events_of(id, reach));
        }
        Ok(Calendar { name: format!("On call: {}", person.name), events })
    }

    async fn told(&self, named: &NamedSchedule, reach: Reach) -> Result<Told, Failure> {
        Ok(Told::new(named, &self.store.schedule_history(&named.id, reach.first()).await?))
    }
}
