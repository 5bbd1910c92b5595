//! Who is on call by a schedule.

use api::{AtQuery, OnCall, OnCallPerson};
use axum::extract::State;
use jiff::{
    Timestamp,
    tz::{TimeZone, TimeZoneDatabase},
};
use oncall::{NamedSchedule, Person, PersonId, ScheduleId, schedule::Schedule};

use crate::{
    answer::Shown,
    app::App,
    argument::{Id, Query},
    caller::{Caller, Reader},
    endpoint::{Endpoint, get},
    failure::{Cause, Failure},
};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/schedules/{id}/on-call", on_call)
            .says("Who is on call", "At an instant, and why nobody else is. Past shifts are what they were."),
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
