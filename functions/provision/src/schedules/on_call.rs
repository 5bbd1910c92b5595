//! Who is on call by a schedule.

use std::collections::BTreeSet;

use api::{AtQuery, OnCall, OnCallNow, OnCallPerson, Page, PageQuery};
use axum::extract::State;
use jiff::{
    SignedDuration, Timestamp,
    tz::{TimeZone, TimeZoneDatabase},
};
use oncall::{NamedSchedule, Person, PersonId, ScheduleId, schedule::Schedule};

use crate::{
    answer::Shown,
    app::App,
    argument::{Id, Query, page},
    caller::{Caller, Reader},
    endpoint::{Endpoint, get},
    failure::{Cause, Failure},
};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/schedules/{id}/on-call", on_call)
            .says("Who is on call", "At an instant, and why nobody else is. Past shifts are what they were."),
        get("/on-call", everywhere)
            .says("Who is on call by each schedule", "Now, until when, and who comes next. By id, a page at a time."),
    ]
}

async fn on_call(
    _: Caller<Reader>,
    State(app): State<App>,
    Id(id): Id,
    Query(query): Query<AtQuery>,
) -> Result<Shown<OnCall>, Failure> {
    let at = query.at.unwrap_or_else(|| app.clock.now());
    let (named, versions) = history(&app, &id, at).await?;
    let in_force = versions.into_iter().rfind(|(saved, _)| *saved <= at);
    // before the first save, nobody was
    let schedule = in_force.map(|(_, named)| Schedule::stored(&named.definition).0);
    let explanation = schedule.as_ref().map(|schedule| schedule.explain(at));
    let mut people = Vec::new();
    let mut skipped = Vec::new();
    if let Some(explanation) = &explanation {
        for (person, reason) in explanation.on_call.reasons() {
            people.push(OnCallPerson {
                id: person.to_string(),
                name: name(&app, person).await?,
                reason: reason.to_string(),
            });
        }
        skipped.extend(explanation.skipped.iter().map(ToString::to_string));
    }
    Ok(Shown(OnCall { schedule: id, at: shown(at, &zone(&named)), people, skipped }))
}

async fn everywhere(
    _: Caller<Reader>,
    State(app): State<App>,
    Query(query): Query<PageQuery>,
) -> Result<Shown<Page<OnCallNow>>, Failure> {
    let (cursor, limit) = page(query)?;
    let now = app.clock.now();
    let found = app.store.list::<NamedSchedule>(cursor.as_deref(), limit).await?;
    let mut items: Vec<OnCallNow> = found.items.into_iter().map(|found| at_present(&found.value, now)).collect();
    let people = items.iter().flat_map(|item| item.people.iter().chain(&item.next));
    let ids: BTreeSet<String> = people.map(|person| person.id.clone()).collect();
    let names = app.names_of_people(&ids.iter().map(String::as_str).collect()).await?;
    for person in items.iter_mut().flat_map(|item| item.people.iter_mut().chain(&mut item.next)) {
        person.name = names.get(&person.id).cloned();
    }
    Ok(Shown(Page { items, next: found.next }))
}

/// A schedule as it is now, in which nobody has a name yet.
fn at_present(named: &NamedSchedule, now: Timestamp) -> OnCallNow {
    let schedule = Schedule::stored(&named.definition).0;
    let until = first_change(&schedule, now);
    let people = |at: Timestamp| {
        let explanation = schedule.explain(at);
        let reasons = explanation.on_call.reasons().iter();
        reasons.map(|(person, reason)| unnamed(person, reason)).collect::<Vec<_>>()
    };
    OnCallNow {
        schedule: named.id.to_string(),
        name: named.name.clone(),
        timezone: named.definition.timezone.clone(),
        people: people(now),
        until: until.map(|until| shown(until, &zone(named))),
        next: until.map(people).unwrap_or_default(),
    }
}

fn unnamed(person: &PersonId, reason: impl ToString) -> OnCallPerson {
    OnCallPerson { id: person.to_string(), name: None, reason: reason.to_string() }
}

/// When somebody else is on call, or nobody. Most shifts end soon: further days are looked at if they have to be.
fn first_change(schedule: &Schedule, now: Timestamp) -> Option<Timestamp> {
    AHEAD.into_iter().find_map(|days| {
        let end = now.checked_add(SignedDuration::from_hours(24 * days)).ok()?;
        let shifts = schedule.shifts(now, end).ok()?;
        shifts.first().map(|shift| shift.end).filter(|change| *change < end)
    })
}

/// How many days ahead a change is looked for.
const AHEAD: [i64; 3] = [2, 14, 60];

/// The schedule as it is, and what it was from an instant on.
pub(super) async fn history(
    app: &App,
    id: &str,
    from: Timestamp,
) -> Result<(NamedSchedule, Vec<(Timestamp, NamedSchedule)>), Failure> {
    let named = app.store.find::<NamedSchedule>(id).await?.ok_or(Cause::NotFound)?.value;
    let versions = app.store.schedule_history(&ScheduleId::new(id), from).await?;
    Ok((named, versions))
}

async fn name(app: &App, person: &PersonId) -> Result<Option<String>, Failure> {
    Ok(app.store.find::<Person>(person.as_str()).await?.map(|found| found.value.name))
}

/// The zone of a schedule, the same on every machine; UTC if it cannot be read.
pub(super) fn zone(named: &NamedSchedule) -> TimeZone {
    TimeZoneDatabase::bundled().get(&named.definition.timezone).unwrap_or(TimeZone::UTC)
}

/// An instant with the offset that the zone's clock has then: the hour that comes twice is told apart.
pub(super) fn shown(at: Timestamp, zone: &TimeZone) -> String {
    at.display_with_offset(zone.to_offset(at)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hour_that_comes_twice_is_told_apart() {
        let oslo = TimeZoneDatabase::bundled().get("Europe/Oslo").unwrap();
        let shown = |at: &str| shown(at.parse().unwrap(), &oslo);
        assert_eq!(shown("2026-10-25T00:30:00Z"), "2026-10-25T02:30:00+02:00");
        assert_eq!(shown("2026-10-25T01:30:00Z"), "2026-10-25T02:30:00+01:00");
    }
}
