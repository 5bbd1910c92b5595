//! Schedules, and their overrides.

mod merge;
mod on_call;
mod timeline;

use api::{FieldError, Layer, Notice, Override, Overrides, Schedule, Stored};
use axum::extract::State;
use jiff::Timestamp;
use oncall::{
    NamedSchedule, Person, PersonId, Problem, ScheduleId,
    schedule::{self, Definition, LayerDefinition, OverrideDefinition},
};

use crate::{
    answer::{Added, Tagged},
    app::App,
    argument::{Body, Id, Two},
    caller::{Caller, Operator},
    endpoint::{Endpoint, delete, post},
    failure::{Cause, Failure},
    objects::{self, Kept, change},
    secret::opaque_id,
};
use merge::merged;

pub(crate) fn endpoints() -> Vec<Endpoint> {
    let mut endpoints = objects::endpoints::<Schedule>();
    endpoints.push(post("/schedules/{id}/overrides", add_override).says(
        "Adds an override",
        "One that overlaps others of the same people is joined with them. It needs no condition. Version and ETag are \
         the schedule's.",
    ));
    endpoints.push(delete("/schedules/{id}/overrides/{override}", remove_override).says(
        "Removes an override",
        "It needs no condition: an override that was changed has another id. Version and ETag are the schedule's.",
    ));
    endpoints.extend(on_call::endpoints());
    endpoints.extend(timeline::endpoints());
    endpoints
}

async fn add_override(
    caller: Caller<Operator>,
    State(app): State<App>,
    Id(id): Id,
    Body(wanted): Body<Override>,
) -> Result<Added<Stored<Overrides>>, Failure> {
    let wanted = domain_override(wanted);
    app.check_override(&wanted).await?;
    let mut answer = change_overrides(&app, &caller, &id, |overrides| {
        overrides.push(wanted.clone());
        *overrides = merged(std::mem::take(overrides));
        Ok(())
    })
    .await?;
    let end: Option<Timestamp> = wanted.end.parse().ok();
    if end.is_some_and(|end| end <= app.clock.now()) {
        let message = "is in the past: nobody is on call by it any more".to_owned();
        answer.warnings.push(Notice { field: "end".to_owned(), message });
    }
    Ok(Added(answer))
}

impl App {
    /// Refuses an override that no schedule could have, by the fields of its own: among the schedule's others it may
    /// have any place.
    async fn check_override(&self, wanted: &OverrideDefinition) -> Result<(), Failure> {
        let alone = Definition { timezone: "UTC".to_owned(), layers: Vec::new(), overrides: vec![wanted.clone()] };
        let (_, refusals) = schedule::Schedule::stored(&alone);
        let own = |field: &str| field.strip_prefix("overrides[0].").unwrap_or(field).to_owned();
        let mut errors: Vec<FieldError> =
            refusals.iter().map(|found| FieldError::new(own(&found.field), found.problem.to_string())).collect();
        let named = wanted.users.iter().map(PersonId::as_str).collect();
        let known = self.store.find_all::<Person>(&named).await?;
        for (place, user) in wanted.users.iter().enumerate() {
            if !known.iter().any(|found| found.value.id == *user) {
                errors.push(FieldError::new(format!("users[{place}]"), Problem::UnknownPerson.to_string()));
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(Failure::refused(errors)) }
    }
}

async fn remove_override(
    caller: Caller<Operator>,
    State(app): State<App>,
    Two(id, unwanted): Two,
) -> Result<Tagged<Stored<Overrides>>, Failure> {
    change_overrides(&app, &caller, &id, |overrides| {
        let before = overrides.len();
        overrides.retain(|one| override_id(one) != unwanted);
        if overrides.len() < before { Ok(()) } else { Err(Cause::NotFound.into()) }
    })
    .await
    .map(Tagged)
}

async fn change_overrides(
    app: &App,
    caller: &Caller<Operator>,
    id: &str,
    each: impl Fn(&mut Vec<OverrideDefinition>) -> Result<(), Failure>,
) -> Result<Stored<Overrides>, Failure> {
    let with = |schedule: &mut NamedSchedule| each(&mut schedule.definition.overrides);
    let Stored { value, version, warnings, rebuilding } = change::<Schedule, _>(app, caller, id, with).await?;
    Ok(Stored { value: Overrides { overrides: value.overrides }, version, warnings, rebuilding })
}

impl Kept for Schedule {
    type Domain = NamedSchedule;
    type Editor = Operator;
    const PREFIX: &'static str = "sc";
    const RESERVED: &'static [&'static str] = &["preview"];

    fn shown(schedule: NamedSchedule) -> Self {
        let Definition { timezone, layers, overrides } = schedule.definition;
        Self {
            id: Some(schedule.id.to_string()),
            name: schedule.name,
            timezone,
            layers: layers.into_iter().map(shown_layer).collect(),
            overrides: overrides.into_iter().map(shown_override).collect(),
        }
    }

    fn domain(self, id: &str, _: Option<&NamedSchedule>) -> Result<NamedSchedule, Vec<FieldError>> {
        let definition = Definition {
            timezone: self.timezone,
            layers: self.layers.into_iter().map(domain_layer).collect(),
            overrides: merged(self.overrides.into_iter().map(domain_override).collect()),
        };
        Ok(NamedSchedule { id: ScheduleId::new(id), name: self.name, definition })
    }
}

fn override_id(one: &OverrideDefinition) -> String {
    let users = one.users.iter().map(PersonId::as_str);
    opaque_id(&[one.start.as_str(), one.end.as_str()].into_iter().chain(users).collect::<Vec<_>>())
}

fn shown_override(one: OverrideDefinition) -> Override {
    Override {
        id: Some(override_id(&one)),
        start: one.start,
        end: one.end,
        users: one.users.iter().map(ToString::to_string).collect(),
    }
}

fn domain_override(one: Override) -> OverrideDefinition {
    OverrideDefinition { start: one.start, end: one.end, users: one.users.into_iter().map(PersonId::new).collect() }
}

fn shown_layer(layer: LayerDefinition) -> Layer {
    Layer {
        name: layer.name,
        priority: layer.priority,
        users: layer.users.iter().map(|group| group.iter().map(ToString::to_string).collect()).collect(),
        rotation: layer.rotation,
        frequency: layer.frequency,
        interval: layer.interval,
        start: layer.start,
        handoff: layer.handoff,
        shift_length: layer.shift_length,
        until: layer.until,
        by_day: layer.by_day,
    }
}

fn domain_layer(layer: Layer) -> LayerDefinition {
    LayerDefinition {
        name: layer.name,
        priority: layer.priority,
        users: layer.users.into_iter().map(|group| group.into_iter().map(PersonId::new).collect()).collect(),
        rotation: layer.rotation,
        frequency: layer.frequency,
        interval: layer.interval,
        start: layer.start,
        handoff: layer.handoff,
        shift_length: layer.shift_length,
        until: layer.until,
        by_day: layer.by_day,
    }
}
