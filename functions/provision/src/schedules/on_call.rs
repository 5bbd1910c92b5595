//! Who is on call by a schedule: now, and over time.

use api::{AtQuery, OnCall, OnCallPerson, Shift, Timeline, WindowQuery};
use axum::extract::State;
use jiff::{
    SignedDuration, Timestamp,
    tz::{TimeZone, TimeZoneDatabase},
};
use oncall::{
    NamedSchedule, Person, PersonId, ScheduleId,
    schedule::{FinalShift, History, Schedule},
};

use crate::{
    answer::Shown,
    app::App,
    argument::{Id, Query},
    caller::{Caller, Reader},
    endpoint::{Endpoint, get},
    failure::{Cause, Failure},
};

/// How far the timeline reaches to either side of now, if nothing is said.
const REACH: SignedDuration = SignedDuration::from_hours(60 * 24);
/// The longest timeline.
const LONGEST: SignedDuration = SignedDuration::from_hours(120 * 24);

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/schedules/{id}/on-call", on_call)
            .says("Who is on call", "At an instant, and why nobody else is. Past shifts are what they were."),
        get("/schedules/{id}/timeline", timeline)
            .says("Who is on call when", "Shift by shift, gaps too. Past shifts are what they were."),
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

async fn timeline(
    _: Caller<Reader>,
    State(app): State<App>,
    Id(id): Id,
    Query(query): Query<WindowQuery>,
) -> Result<Shown<Timeline>, Failure> {
    let (from, to) = window(&query, app.clock.now())?;
    let (named, versions) = history(&app, &id, from).await?;
    let versions = versions.iter().map(|(saved, named)| (*saved, Schedule::stored(&named.definition).0));
    let history = History::new(versions);
    let shifts = history.shifts(from, to).map_err(|error| Failure::field("to", error.to_string()))?;
    let zone = zone(&named);
    let shifts = shifts.iter().map(|shift| shown_shift(shift, &zone)).collect();
    Ok(Shown(Timeline { schedule: id, from: shown(from, &zone), to: shown(to, &zone), shifts }))
}

/// The schedule as it is, and what it was from an instant on.
async fn history(
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

fn window(query: &WindowQuery, now: Timestamp) -> Result<(Timestamp, Timestamp), Failure> {
    let shifted = |at: Timestamp, by: SignedDuration, limit| at.checked_add(by).unwrap_or(limit);
    let (from, to) = match (query.from, query.to) {
        (Some(from), Some(to)) => (from, to),
        (Some(from), None) => (from, shifted(from, LONGEST, Timestamp::MAX)),
        (None, Some(to)) => (shifted(to, -LONGEST, Timestamp::MIN), to),
        (None, None) => (shifted(now, -REACH, Timestamp::MIN), shifted(now, REACH, Timestamp::MAX)),
    };
    if to <= from {
        return Err(Failure::field("to", "must come after from"));
    }
    if to.duration_since(from) > LONGEST {
        return Err(Failure::field("to", "must be at most 120 days after from"));
    }
    Ok((from, to))
}

fn shown_shift(shift: &FinalShift<'_>, zone: &TimeZone) -> Shift {
    Shift {
        start: shown(shift.start, zone),
        end: shown(shift.end, zone),
        gap: shift.is_gap(),
        people: shift.people.iter().map(ToString::to_string).collect(),
        reasons: shift.reasons.iter().map(ToString::to_string).collect(),
    }
}

/// The zone of a schedule, the same on every machine; UTC if it cannot be read.
fn zone(named: &NamedSchedule) -> TimeZone {
    TimeZoneDatabase::bundled().get(&named.definition.timezone).unwrap_or(TimeZone::UTC)
}

/// An instant with the offset that the zone's clock has then: the hour that comes twice is told apart.
fn shown(at: Timestamp, zone: &TimeZone) -> String {
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

    #[test]
    fn a_timeline_has_an_end() {
        let at = |text: &str| Some(text.parse().unwrap());
        let now = "2026-11-20T09:00:00Z".parse().unwrap();
        let window = |from, to| window(&WindowQuery { from, to }, now);
        let (from, to) = window(None, None).unwrap();
        assert_eq!((from.to_string(), to.to_string()), ("2026-09-21T09:00:00Z".into(), "2027-01-19T09:00:00Z".into()));
        assert!(window(at("2026-01-01T00:00Z"), None).is_ok() && window(None, at("2026-01-01T00:00Z")).is_ok());
        assert!(window(at("2026-01-01T00:00Z"), at("2026-01-01T00:00Z")).is_err());
        assert!(window(at("2026-01-01T00:00Z"), at("2026-05-02T00:00Z")).is_err());
    }
}
