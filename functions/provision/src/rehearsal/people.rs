//! What people do when their phone rings.

use std::collections::BTreeMap;

use api::{FieldError, PhoneBehaviour, Rehearsal};
use oncall::{PersonId, Plan};
use phone::without_numbers;

use crate::failure::Failure;

/// What people do when their phone rings.
pub(super) struct Behaviours<'s> {
    people: &'s BTreeMap<String, PhoneBehaviour>,
    others: PhoneBehaviour,
}

impl<'s> Behaviours<'s> {
    /// Refuses those of people whom the line cannot ring: a misspelt id would go unnoticed.
    pub(super) fn of(plan: &Plan, story: &'s Rehearsal) -> Result<Self, Failure> {
        let is_known = |id: &&String| plan.directory.person(&PersonId::new(id.as_str())).is_some();
        let unknown = story.people.keys().filter(|id| !is_known(id));
        let refusal = |id: &String| {
            // somebody may have put a number there
            FieldError::new(format!("people.{}", without_numbers(id)), "is nobody whom this line could ring")
        };
        let refusals: Vec<FieldError> = unknown.map(refusal).collect();
        if !refusals.is_empty() {
            return Err(Failure::refused(refusals));
        }
        Ok(Self { people: &story.people, others: story.others })
    }

    pub(super) fn of_person(&self, person: &PersonId) -> PhoneBehaviour {
        self.people.get(person.as_str()).copied().unwrap_or(self.others)
    }
}
