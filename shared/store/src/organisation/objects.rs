//! Objects as they stand.

use std::collections::BTreeSet;

use super::{
    Configured, Reference,
    snapshot::{Entry, MOST_KEYS, entry_of},
};
use crate::{Error, Item, Page, Problem, Store, item::Attributes, keys::Key};

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

impl Store {
    /// An object: one GetItem, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn find<T: Configured>(&self, id: &str) -> Result<Option<Stored<T>>, Error> {
        let item = self.get_one(Key::object(&Reference::new(T::KIND, id))).await?;
        item.as_ref().map(stored).transpose()
    }

    /// Those of these objects that exist, in any order: one BatchGetItem for each hundred, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn find_all<T: Configured>(&self, ids: &BTreeSet<&str>) -> Result<Vec<Stored<T>>, Error> {
        let keys: Vec<_> = ids.iter().map(|id| Key::object(&Reference::new(T::KIND, *id))).collect();
        let mut found = Vec::new();
        for some in keys.chunks(MOST_KEYS) {
            for item in self.get(some.to_vec()).await? {
                found.push(stored(&item)?);
            }
        }
        Ok(found)
    }

    /// Objects of a kind by id, at most `limit` of those that come after `after`: one Query, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn list<T: Configured>(&self, after: Option<&str>, limit: u16) -> Result<Page<Stored<T>>, Error> {
        self.page(T::KIND.partition().to_owned(), after, limit, stored).await
    }
}

fn stored<T: Configured>(item: &Attributes) -> Result<Stored<T>, Error> {
    let Entry { object, version, problems } = entry_of(T::KIND, item)?;
    let unreadable = Error::Unreadable { item: Item::Object, why: "it is of another kind" };
    Ok(Stored { value: T::of(object).ok_or(unreadable)?, version, problems })
}
