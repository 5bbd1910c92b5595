//! What can be read of a plan that cannot be read whole: a plan that lost one layer still rings somebody.

use std::fmt;

use serde_json::{Map, Value};

use super::{
    line_document::{DestinationDocument, LineDocument},
    mirror::{Mirror, Read},
    policy_document::{PolicyDocument, StepDocument, TargetDocument},
    schedule_document::{LayerDocument, NamedScheduleDocument, OverrideDocument},
    service_document::{PersonDocument, PhoneDocument, ServiceDocument, TeamDocument},
};

/// A part of a stored plan that cannot be read and was left out. The rest counts; somebody should be told.
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
        salvage.list::<DestinationDocument>(line, "line.", "destinations", |_, _, _| {});
        salvage.list::<phone::NumberPattern>(line, "line.", "blocked", |_, _, _| {});
        salvage.list::<phone::NumberPattern>(line, "line.", "allowed", |_, _, _| {});
        salvage.fields::<LineDocument>(line, "line.", &["id", "number"]);
    }
    salvage.list::<ServiceDocument>(plan, "", "services", |salvage, service, path| {
        salvage.fields::<ServiceDocument>(service, path, &["id", "policy"]);
    });
    salvage.list::<PolicyDocument>(plan, "", "policies", Salvage::policy);
    if let Some(directory) = plan.get_mut("directory") {
        salvage.directory(directory);
    }
    salvage.problems
}

#[derive(Default)]
struct Salvage {
    problems: Vec<Problem>,
}

impl Salvage {
    fn directory(&mut self, directory: &mut Value) {
        self.list::<PersonDocument>(directory, "directory.", "people", |salvage, person, path| {
            salvage.list::<PhoneDocument>(person, path, "phones", |_, _, _| {});
            salvage.fields::<PersonDocument>(person, path, &["id"]);
        });
        self.list::<TeamDocument>(directory, "directory.", "teams", |salvage, team, path| {
            salvage.list::<oncall::PersonId>(team, path, "members", |_, _, _| {});
            salvage.fields::<TeamDocument>(team, path, &["id"]);
        });
        self.list::<NamedScheduleDocument>(directory, "directory.", "schedules", |salvage, schedule, path| {
            if let Some(definition) = schedule.get_mut("definition") {
                let path = format!("{path}definition.");
                salvage.list::<LayerDocument>(definition, &path, "layers", |_, _, _| {});
                salvage.list::<OverrideDocument>(definition, &path, "overrides", |_, _, _| {});
            }
            salvage.fields::<NamedScheduleDocument>(schedule, path, &["id", "definition"]);
        });
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
