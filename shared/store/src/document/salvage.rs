//! What can be read of a plan that cannot be read whole: a plan that lost one layer still rings somebody.

use std::fmt;

use serde_json::{Map, Value, json};

use crate::Kind;

use super::{
    calendar_document::{CalendarDocument, HolidayDocument},
    event_document::EventDocument,
    incident_document::IncidentDocument,
    incident_log_document::EntryDocument,
    line_document::{DestinationDocument, LineDocument},
    mirror::{Mirror, Read},
    page_document::{PageDocument, PursuitDocument},
    policy_document::{PolicyDocument, StepDocument, TargetDocument},
    schedule_document::{LayerDocument, NamedScheduleDocument, OverrideDocument},
    service_document::{PersonDocument, PhoneDocument, ServiceDocument, TeamDocument},
};

/// A part of a stored plan, object or incident that cannot be read and was left out. The rest counts; somebody should be told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    part: String,
}

impl Problem {
    /// Where it stands in the document, as `directory.people[3].phones[0]`; never what stands there.
    pub fn part(&self) -> &str {
        &self.part
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot be read and is left out", self.part)
    }
}

/// Leaves out of a plan's document what cannot be read.
pub(super) fn salvage(plan: &mut Value) -> Vec<Problem> {
    let mut salvage = Salvage::default();
    if let Some(line) = plan.get_mut("line") {
        salvage.line(line, "line.");
    }
    salvage.list::<ServiceDocument>(plan, "", "services", Salvage::service);
    salvage.list::<PolicyDocument>(plan, "", "policies", Salvage::policy);
    if let Some(directory) = plan.get_mut("directory") {
        salvage.directory(directory);
    }
    salvage.problems
}

/// Leaves out of one object's document what cannot be read.
pub(super) fn salvage_object(kind: Kind, object: &mut Value) -> Vec<Problem> {
    let mut salvage = Salvage::default();
    match kind {
        Kind::Person => salvage.person(object, ""),
        Kind::Team => salvage.team(object, ""),
        Kind::Schedule => salvage.schedule(object, ""),
        Kind::Calendar => salvage.calendar(object, ""),
        Kind::Policy => salvage.policy(object, ""),
        Kind::Service => salvage.service(object, ""),
        Kind::Line => salvage.line(object, ""),
    }
    salvage.problems
}

/// Leaves out of an incident's document what cannot be read.
pub(super) fn salvage_incident(incident: &mut Value) -> Vec<Problem> {
    let mut salvage = Salvage::default();
    if let Some(policy) = incident.get_mut("snapshot").and_then(|snapshot| snapshot.get_mut("policy")) {
        salvage.climbed(policy, "snapshot.policy.");
    }
    if let Some(events) = incident.get_mut("events") {
        salvage.list::<EventDocument>(events, "events.", "recent", |_, _, _| {});
    }
    if let Some(log) = incident.get_mut("log") {
        salvage.list::<EntryDocument>(log, "log.", "entries", |_, _, _| {});
    }
    salvage.list::<PageDocument>(incident, "", "pages", |_, _, _| {});
    salvage.list::<PursuitDocument>(incident, "", "pursuits", |_, _, _| {});
    salvage.fields::<IncidentDocument>(incident, "", &["id", "opened_at", "touched_at", "since"]);
    salvage.problems
}

#[derive(Default)]
struct Salvage {
    problems: Vec<Problem>,
}

impl Salvage {
    fn directory(&mut self, directory: &mut Value) {
        self.list::<PersonDocument>(directory, "directory.", "people", Self::person);
        self.list::<TeamDocument>(directory, "directory.", "teams", Self::team);
        self.list::<NamedScheduleDocument>(directory, "directory.", "schedules", Self::schedule);
        self.list::<CalendarDocument>(directory, "directory.", "calendars", Self::calendar);
    }

    fn line(&mut self, line: &mut Value, path: &str) {
        self.list::<DestinationDocument>(line, path, "destinations", |_, _, _| {});
        self.list::<phone::NumberPattern>(line, path, "blocked", |_, _, _| {});
        self.list::<phone::NumberPattern>(line, path, "allowed", |_, _, _| {});
        self.fields::<LineDocument>(line, path, &["id", "number"]);
    }

    fn service(&mut self, service: &mut Value, path: &str) {
        self.fields::<ServiceDocument>(service, path, &["id", "policy"]);
    }

    fn person(&mut self, person: &mut Value, path: &str) {
        self.list::<PhoneDocument>(person, path, "phones", |_, _, _| {});
        self.fields::<PersonDocument>(person, path, &["id"]);
    }

    fn team(&mut self, team: &mut Value, path: &str) {
        self.list::<oncall::PersonId>(team, path, "members", |_, _, _| {});
        self.fields::<TeamDocument>(team, path, &["id"]);
    }

    fn schedule(&mut self, schedule: &mut Value, path: &str) {
        if let Some(definition) = schedule.get_mut("definition") {
            let path = format!("{path}definition.");
            self.list::<LayerDocument>(definition, &path, "layers", |_, _, _| {});
            self.list::<OverrideDocument>(definition, &path, "overrides", |_, _, _| {});
        }
        self.fields::<NamedScheduleDocument>(schedule, path, &["id", "definition"]);
    }

    fn calendar(&mut self, calendar: &mut Value, path: &str) {
        self.list::<HolidayDocument>(calendar, path, "days", |_, _, _| {});
        self.fields::<CalendarDocument>(calendar, path, &["id"]);
    }

    fn policy(&mut self, policy: &mut Value, path: &str) {
        self.list::<StepDocument>(policy, path, "steps", |salvage, step, path| {
            let Some((kind, body)) = step.as_object_mut().and_then(|step| step.iter_mut().next()) else {
                return;
            };
            let notify = if kind == "notify" { Some(body) } else { body.get_mut("notify") };
            let Some(notify) = notify else { return };
            salvage.list::<TargetDocument>(notify, path, "targets", |_, _, _| {});
            // a condition that cannot be read holds: somebody is rung rather than nobody
            let unconditional = Value::Object(Map::from_iter([("notify".to_owned(), notify.clone())]));
            if !reads::<StepDocument>(step) && reads::<StepDocument>(&unconditional) {
                salvage.lost(path, "condition");
                *step = unconditional;
            }
        });
        self.fields::<PolicyDocument>(policy, path, &["id"]);
    }

    /// A policy that is being climbed: positions count its steps, so that one that is lost leaves a wait of no time.
    fn climbed(&mut self, policy: &mut Value, path: &str) {
        let steps = policy.get_mut("steps").and_then(Value::as_array_mut);
        for (index, step) in steps.into_iter().flatten().enumerate() {
            if !reads::<StepDocument>(step) {
                let mut alone = json!({ "id": "", "steps": [step.take()] });
                self.policy(&mut alone, &format!("{path}steps[{index}]."));
                let left = alone.pointer_mut("/steps/0").map(Value::take);
                *step = left.unwrap_or_else(|| json!({ "wait": { "minutes": 0 } }));
            }
        }
        self.policy(policy, path);
    }

    /// Leaves out the elements of a list that cannot be read even after `repair`.
    fn list<M: Mirror>(
        &mut self,
        owner: &mut Value,
        path: &str,
        key: &str,
        repair: impl Fn(&mut Self, &mut Value, &str),
    ) {
        let list = match owner.get_mut(key) {
            None => return,
            Some(Value::Array(list)) => list,
            Some(nonsense) => {
                self.lost(path, key);
                return *nonsense = Value::Array(Vec::new());
            }
        };
        let mut index = 0;
        list.retain_mut(|element| {
            let name = format!("{key}[{index}]");
            index += 1;
            if reads::<M>(element) {
                return true;
            }
            let before = self.problems.len();
            repair(self, element, &format!("{path}{name}."));
            if reads::<M>(element) {
                return true;
            }
            self.problems.truncate(before);
            self.lost(path, &name);
            false
        });
    }

    /// Leaves out the fields that keep an object from being read, except those that it cannot do without.
    fn fields<M: Mirror>(&mut self, object: &mut Value, path: &str, needed: &[&str]) {
        if reads::<M>(object) {
            return;
        }
        let Value::Object(fields) = object else {
            return;
        };
        let core: Map<String, Value> =
            needed.iter().filter_map(|key| Some(((*key).to_owned(), fields.get(*key)?.clone()))).collect();
        fields.retain(|key, value| {
            let mut probe = core.clone();
            probe.insert(key.clone(), value.clone());
            let kept = needed.contains(&key.as_str()) || reads::<M>(&Value::Object(probe));
            if !kept {
                self.lost(path, key);
            }
            kept
        });
    }

    fn lost(&mut self, path: &str, part: &str) {
        self.problems.push(Problem { part: format!("{path}{part}") });
    }
}

fn reads<M: Mirror>(value: &Value) -> bool {
    serde_json::from_value::<Read<M>>(value.clone()).is_ok()
}
