//! Plans by number and by line.

use oncall::{LineId, Plan};
use phone::PhoneNumber;

use crate::{
    Error, Item, Problem, Store,
    document::read_plan,
    item::{Attributes, document_of, version_of},
    keys::Key,
};

/// How a webhook names a line: whichever its request tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlanKey<'a> {
    /// By the number that was dialled.
    Number(&'a PhoneNumber),
    /// By the line's opaque id.
    Line(&'a LineId),
}

impl PlanKey<'_> {
    pub(crate) fn key(self) -> Key {
        match self {
            Self::Number(number) => Key::plan_of_number(number),
            Self::Line(line) => Key::plan_of_line(line),
        }
    }
}

/// A plan as it was found.
#[derive(Clone, PartialEq, Debug)]
pub struct StoredPlan {
    /// What could be read of it.
    pub plan: Plan,
    /// What could not. Such a plan must not be edited and saved without telling its editor: the save would lose it.
    pub problems: Vec<Problem>,
}

impl Store {
    /// A plan: one GetItem, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn plan(&self, key: PlanKey<'_>) -> Result<Option<StoredPlan>, Error> {
        self.get_one(key.key()).await?.as_ref().map(plan_of).transpose()
    }
}

/// The plan of an item.
pub(crate) fn plan_of(item: &Attributes) -> Result<StoredPlan, Error> {
    let (plan, problems) = read_plan(document_of(item, Item::Plan)?, version_of(item, Item::Plan)?)?;
    Ok(StoredPlan { plan, problems })
}
