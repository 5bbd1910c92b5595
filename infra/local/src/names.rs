//! Whose phone is whose.

use std::collections::BTreeMap;

use oncall::{LineId, PersonId, Plan};
use store::{PlanKey, Store};

/// Names of people and lines, by number and by id, from all plans of the table.
#[derive(Debug, Default)]
pub(crate) struct Names {
    phones: BTreeMap<String, String>,
    people: BTreeMap<PersonId, String>,
    lines: BTreeMap<LineId, String>,
}

impl Names {
    /// Those of every line that can be read.
    pub(crate) async fn of(store: &Store) -> Self {
        let mut names = Self::default();
        for line in store.lines().await.unwrap_or_default() {
            if let Ok(Some(stored)) = store.plan(PlanKey::Line(&line.id)).await {
                names.add(&stored.plan);
            }
        }
        names
    }

    pub(crate) fn add(&mut self, plan: &Plan) {
        self.lines.insert(plan.line.id.clone(), plan.line.name.clone());
        for person in &plan.directory.people {
            self.people.insert(person.id.clone(), person.name.clone());
            for (index, phone) in person.phones.iter().enumerate() {
                let name = match (index, person.phones.len()) {
                    (_, 0 | 1) => person.name.clone(),
                    (index, _) => format!("{} ({})", person.name, index + 1),
                };
                self.phones.insert(phone.number.as_e164().to_owned(), name);
            }
        }
    }

    /// Whose phone it is; the number if nobody's.
    pub(crate) fn of_phone<'n>(&'n self, number: &'n str) -> &'n str {
        self.phones.get(number).map_or(number, String::as_str)
    }

    /// What somebody is called.
    pub(crate) fn of_person<'n>(&'n self, person: &'n PersonId) -> &'n str {
        self.people.get(person).map_or(person.as_str(), String::as_str)
    }
}
