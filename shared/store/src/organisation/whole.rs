//! The whole organisation at once: to write it down as one document, and to say what a document would change.

use std::collections::BTreeMap;

use oncall::{LineId, Review};

use super::{
    Kind, Object, Reference, SaveContext,
    snapshot::{Entry, Snapshot},
};
use crate::{Error, Patience, Problem, Store};

/// All objects at one revision.
#[derive(Clone, PartialEq, Debug)]
pub struct Whole {
    /// Grows by one with every save of any object.
    pub revision: u64,
    /// Lines whose plans do not hold the last saves yet.
    pub rebuilding: Vec<LineId>,
    /// Every object by what it is and its id.
    pub objects: BTreeMap<Reference, StoredObject>,
}

/// An object of any kind as it was found.
#[derive(Clone, PartialEq, Debug)]
pub struct StoredObject {
    /// What could be read of it.
    pub object: Object,
    /// How often it has been saved.
    pub version: u64,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

impl Store {
    /// Every object, as they were at one moment: two GetItem, and for each kind one Query for each MB. None if
    /// somebody kept saving meanwhile.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn whole(&self) -> Result<Option<Whole>, Error> {
        let mut patience = Patience::default();
        loop {
            let mut snapshot = self.snapshot().await?;
            for kind in Kind::ALL {
                self.load_kind(&mut snapshot, kind).await?;
            }
            if self.snapshot().await?.revision == snapshot.revision {
                return Ok(Some(whole_of(snapshot)));
            }
            if !patience.waits().await {
                return Ok(None);
            }
        }
    }

    /// What is wrong with each of these objects once all of them are kept, and others gone. Nothing is written.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn foresee(
        &self,
        kept: &[Object],
        gone: &[Reference],
        context: &SaveContext<'_>,
    ) -> Result<Vec<Review>, Error> {
        let mut snapshot = self.snapshot().await?;
        self.load_lines(&mut snapshot).await?;
        kept.iter().for_each(|object| snapshot.set(object.reference(), Some(object.clone())));
        gone.iter().for_each(|name| snapshot.set(name.clone(), None));
        self.load(&mut snapshot, kept.iter().flat_map(Object::names)).await?;
        Ok(kept.iter().map(|object| object.review(&snapshot, context.prompts)).collect())
    }
}

fn whole_of(snapshot: Snapshot) -> Whole {
    let Snapshot { revision, pending, objects, .. } = snapshot;
    let stored = |Entry { object, version, problems }: Entry| StoredObject { object, version, problems };
    let objects = objects.into_iter().filter_map(|(name, entry)| Some((name, stored(entry?)))).collect();
    Whole { revision, rebuilding: pending.into_iter().map(LineId::new).collect(), objects }
}
