//! Objects as they stand.

use super::{
    Configured, Reference,
    snapshot::{Entry, entry_of},
};
use crate::{
    Error, Item, Problem, Store,
    item::{Attributes, text, text_of},
    keys::{Key, SK},
};

/// An object as it was found.
#[derive(Clone, PartialEq, Debug)]
pub struct Stored<T> {
    /// What could be read of it.
    pub value: T,
    /// How often it has been saved.
    pub version: u64,
    /// What could not be read. An editor must be told before a save loses it.
    pub problems: Vec<Problem>,
}

/// Some of many, and where to go on.
#[derive(Clone, PartialEq, Debug)]
pub struct Page<T> {
    /// Some of them.
    pub items: Vec<T>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<String>,
}

impl Store {
    /// An object: one GetItem, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn find<T: Configured>(&self, id: &str) -> Result<Option<Stored<T>>, Error> {
        let item = self.get_one(Key::object(&Reference::new(T::KIND, id))).await?;
        item.as_ref().map(stored).transpose()
    }

    /// Objects of a kind by id, at most `limit` of those that come after `after`: one Query, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn list<T: Configured>(&self, after: Option<&str>, limit: u16) -> Result<Page<Stored<T>>, Error> {
        let query = match after {
            None => self.partition(T::KIND.partition().to_owned()),
            Some(after) => self
                .partition(T::KIND.partition().to_owned())
                .key_condition_expression("pk = :pk AND sk > :after")
                .expression_attribute_values(":after", text(after)),
        };
        let answer = query.limit(limit.into()).send().await.map_err(Error::of)?;
        let items = answer.items.iter().flatten().map(stored).collect::<Result<_, _>>()?;
        let next = answer.last_evaluated_key.as_ref().and_then(|last| text_of(last, SK)).map(str::to_owned);
        Ok(Page { items, next })
    }
}

fn stored<T: Configured>(item: &Attributes) -> Result<Stored<T>, Error> {
    let Entry { object, version, problems } = entry_of(T::KIND, item)?;
    let unreadable = Error::Unreadable { item: Item::Object, why: "it is of another kind" };
    Ok(Stored { value: T::of(object).ok_or(unreadable)?, version, problems })
}
