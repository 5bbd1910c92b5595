//! All that a line reaches, as one plan.

use std::collections::{BTreeMap, BTreeSet};

use oncall::{Directory, Line, Plan};

use super::{Kind, Object, Reference, snapshot::Snapshot};
use crate::{Error, Store};

/// A line's plan, and the names of what it holds.
pub(super) struct Built {
    pub plan: Plan,
    pub reach: BTreeSet<Reference>,
}

impl Store {
    /// The plans of some lines as they are after the snapshot's changes. What the plans held before is loaded at
    /// once, what is new in them level by level: a few BatchGetItem, however large the organisation.
    pub(super) async fn build(
        &self,
        snapshot: &mut Snapshot,
        lines: &BTreeSet<String>,
        version: u64,
    ) -> Result<BTreeMap<String, Built>, Error> {
        let known = lines.iter().filter_map(|line| snapshot.reach(line)).flatten().cloned().collect::<Vec<_>>();
        let lines_themselves = lines.iter().map(|line| Reference::new(Kind::Line, line.as_str()));
        self.load(snapshot, known.into_iter().chain(lines_themselves)).await?;
        loop {
            let mut missing = BTreeSet::new();
            let mut built = BTreeMap::new();
            for id in lines {
                let Some(Object::Line(line)) = snapshot.get(&Reference::new(Kind::Line, id.as_str())) else {
                    continue;
                };
                built.insert(id.clone(), assemble(snapshot, line, version, &mut missing));
            }
            if missing.is_empty() {
                return Ok(built);
            }
            self.load(snapshot, missing).await?;
        }
    }
}

/// The plan of what is known; names that are not known yet are told.
fn assemble(known: &Snapshot, line: &Line, version: u64, missing: &mut BTreeSet<Reference>) -> Built {
    let mut plan = Plan {
        version,
        line: line.clone(),
        services: Vec::new(),
        policies: Vec::new(),
        directory: Directory::default(),
    };
    let mut reach = BTreeSet::new();
    let mut level: Vec<Reference> = Object::Line(line.clone()).names().into_iter().collect();
    while !level.is_empty() {
        let mut next = BTreeSet::new();
        for name in level {
            if !reach.insert(name.clone()) {
                continue;
            }
            if !known.knows(&name) {
                missing.insert(name);
                continue;
            }
            let Some(object) = known.get(&name) else {
                continue;
            };
            next.extend(object.names());
            match object.clone() {
                Object::Person(person) => plan.directory.people.push(person),
                Object::Team(team) => plan.directory.teams.push(team),
                Object::Schedule(schedule) => plan.directory.schedules.push(schedule),
                Object::Calendar(calendar) => plan.directory.calendars.push(calendar),
                Object::Policy(policy) => plan.policies.push(policy),
                Object::Service(service) => plan.services.push(service),
                Object::Line(_) => {}
            }
        }
        level = next.into_iter().collect();
    }
    Built { plan, reach }
}
