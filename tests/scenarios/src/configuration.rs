//! An organisation written as the plan of its line, saved as administrators save it: object by object.

use jiff::Timestamp;
use oncall::Plan;
use store::{Author, Configured, Expected, SaveContext, Store};
use words::Prompt;

/// Saves whatever differs from what is there, what is named before what names it.
pub async fn save(store: &Store, plan: &Plan, at: Timestamp) {
    let editor = Editor { store, at, by: Author::of("story") };
    editor.save(&plan.directory.people).await;
    editor.save(&plan.directory.teams).await;
    editor.save(&plan.directory.calendars).await;
    editor.save(&plan.directory.schedules).await;
    editor.save(&plan.policies).await;
    editor.save(&plan.services).await;
    editor.save(std::slice::from_ref(&plan.line)).await;
}

struct Editor<'s> {
    store: &'s Store,
    at: Timestamp,
    by: Author,
}

impl Editor<'_> {
    async fn save<T: Configured>(&self, values: &[T]) {
        let prompts: Vec<&str> = Prompt::ALL.iter().map(|prompt| prompt.name()).collect();
        let context = SaveContext { by: &self.by, at: self.at, prompts: &prompts };
        for value in values {
            let known = self.store.find::<T>(value.id()).await.unwrap();
            if known.is_none_or(|known| known.value != *value) {
                self.store.save(value, Expected::Any, &context).await.unwrap();
            }
        }
    }
}
