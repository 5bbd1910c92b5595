//! Changes of the organisation: the object, its entry in the audit log and every plan that holds it, at once.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use oncall::{LineId, Review, ServiceId, Warning};

use super::{Action, Configured, Kind, Object, Reference, edges::Edges, snapshot::Entry, writes::Part};
use crate::{
    Address, Error, Patience, Store,
    transaction::{Outcome, Transaction},
};

/// How many lines' plans one transaction writes at most: each takes three of its hundred items.
pub(super) const MOST_LINES: usize = 30;
/// How many bytes of plans one transaction writes at most, of DynamoDB's 4 MB.
pub(super) const MOST_PLAN_BYTES: usize = 3_500_000;

/// Who makes a change, when, and what they may name.
#[derive(Clone, Copy, Debug)]
pub struct SaveContext<'a> {
    /// Who.
    pub by: &'a Author,
    /// When.
    pub at: Timestamp,
    /// The names of the sentences that a line may replace.
    pub prompts: &'a [&'a str],
}

/// Whoever makes a change, as the audit log names them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Author {
    /// The id of the token that they showed.
    pub token: String,
    /// What they are called, if that is known.
    pub name: Option<String>,
}

impl Author {
    /// Somebody whose name is not known.
    pub fn of(token: impl Into<String>) -> Self {
        Self { token: token.into(), name: None }
    }
}

/// What somebody who saves believes to be there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expected {
    /// Nothing.
    Absent,
    /// The version that they have read.
    Version(u64),
    /// Whatever it is, or nothing.
    Any,
}

/// A change that counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Saved {
    /// The object's version from now on.
    pub version: u64,
    /// The organisation's revision from now on.
    pub revision: u64,
    /// Whether there was anything to change.
    pub changed: bool,
    /// What may not mean what somebody meant.
    pub warnings: Vec<Warning>,
    /// Lines whose plans do not hold the change yet.
    pub rebuilding: Vec<LineId>,
}

/// Why a change does not count. Nothing of it is written, except after [`Error::Unavailable`], when that is not known.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SaveError {
    /// The table.
    #[error(transparent)]
    Store(#[from] Error),
    /// There is another version than the one expected.
    #[error("somebody else has saved it in the meantime")]
    Stale {
        /// The version that there is; none if there is no such object.
        current: Option<u64>,
    },
    /// There is no such object.
    #[error("there is no such object")]
    Missing,
    /// Fields cannot stay as they are.
    #[error("some fields cannot stay as they are")]
    Refused(Review),
    /// Others name it.
    #[error("others still name it")]
    InUse(Vec<Reference>),
    /// What the save was made part of does not hold any more.
    #[error("what it was part of does not hold any more")]
    Overtaken,
    /// Others kept saving.
    #[error("too many others save at the same time")]
    Busy,
}

/// What is to be there.
pub(crate) struct Change {
    pub(super) name: Reference,
    /// None if it is to be removed.
    pub(super) object: Option<Object>,
    /// What the audit log calls it; none if it is no more than created, updated or deleted.
    pub(super) action: Option<Action>,
    /// Where the fallback document of a new line will stand, if that was promised before.
    pub(super) fallback: Option<Address>,
}

impl Change {
    pub(crate) fn put(object: Object) -> Self {
        Self { name: object.reference(), object: Some(object), action: None, fallback: None }
    }

    pub(crate) fn remove(name: Reference) -> Self {
        Self { name, object: None, action: None, fallback: None }
    }

    pub(crate) fn told_as(self, action: Action) -> Self {
        Self { action: Some(action), ..self }
    }

    pub(crate) fn with_fallback(self, fallback: Option<Address>) -> Self {
        Self { fallback, ..self }
    }
}

impl Store {
    /// Saves an object, new or changed. The same value again changes nothing, whatever was expected: it is a
    /// repetition.
    ///
    /// # Errors
    /// As [`SaveError`] says.
    pub async fn save<T: Configured>(
        &self,
        value: &T,
        expected: Expected,
        context: &SaveContext<'_>,
    ) -> Result<Saved, SaveError> {
        self.save_object(&value.clone().into(), expected, context).await
    }

    /// As [`save`](Self::save), of any kind.
    ///
    /// # Errors
    /// As [`SaveError`] says.
    pub async fn save_object(
        &self,
        object: &Object,
        expected: Expected,
        context: &SaveContext<'_>,
    ) -> Result<Saved, SaveError> {
        self.change(&Change::put(object.clone()), expected, context, &[]).await
    }

    /// Removes an object that nothing names, and a service's routing keys with it.
    ///
    /// # Errors
    /// As [`SaveError`] says.
    pub async fn delete<T: Configured>(
        &self,
        id: &str,
        expected: Expected,
        context: &SaveContext<'_>,
    ) -> Result<Saved, SaveError> {
        self.delete_object(&Reference::new(T::KIND, id), expected, context).await
    }

    /// As [`delete`](Self::delete), of any kind.
    ///
    /// # Errors
    /// As [`SaveError`] says.
    pub async fn delete_object(
        &self,
        name: &Reference,
        expected: Expected,
        context: &SaveContext<'_>,
    ) -> Result<Saved, SaveError> {
        let gone = self.change(&Change::remove(name.clone()), expected, context, &[]).await;
        // asked for again if they stayed: that the service is missing is no reason to keep them
        if name.kind == Kind::Service && matches!(gone, Ok(_) | Err(SaveError::Missing)) {
            self.remove_routing_keys(&ServiceId::new(name.id.as_str()), context.by, context.at).await?;
        }
        gone
    }

    /// What a save would say of an object. Nothing is written.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn check<T: Configured>(&self, value: &T, context: &SaveContext<'_>) -> Result<Review, Error> {
        let object: Object = value.clone().into();
        let mut snapshot = self.snapshot().await?;
        self.load_lines(&mut snapshot).await?;
        self.load(&mut snapshot, object.names()).await?;
        Ok(object.review(&snapshot, context.prompts))
    }

    /// Makes a change, and `extra` writes in the same transaction.
    pub(crate) async fn change(
        &self,
        change: &Change,
        expected: Expected,
        context: &SaveContext<'_>,
        extra: &[TransactWriteItem],
    ) -> Result<Saved, SaveError> {
        let mut patience = Patience::default();
        loop {
            if let Some(mut saved) = self.try_change(change, expected, context, extra).await? {
                if !saved.rebuilding.is_empty() {
                    saved.rebuilding = self.rebuild_pending().await.unwrap_or(saved.rebuilding);
                }
                return Ok(saved);
            }
            if !patience.waits().await {
                return Err(SaveError::Busy);
            }
        }
    }

    /// One try; none if somebody else was first.
    async fn try_change(
        &self,
        change: &Change,
        expected: Expected,
        context: &SaveContext<'_>,
        extra: &[TransactWriteItem],
    ) -> Result<Option<Saved>, SaveError> {
        let name = &change.name;
        let mut snapshot = self.snapshot().await?;
        self.load_lines(&mut snapshot).await?;
        let named = change.object.as_ref().map(Object::names).unwrap_or_default();
        self.load(&mut snapshot, named.iter().cloned().chain([name.clone()])).await?;
        let before = snapshot.entry(name).cloned();
        let warnings = match &change.object {
            Some(object) => {
                let review = object.review(&snapshot, context.prompts);
                if let Some(same) = before.as_ref().filter(|entry| entry.object == *object && extra.is_empty()) {
                    let rebuilding = snapshot.pending.iter().map(LineId::new).collect();
                    let (version, revision) = (same.version, snapshot.revision);
                    return Ok(Some(Saved {
                        version,
                        revision,
                        changed: false,
                        warnings: review.warnings,
                        rebuilding,
                    }));
                }
                fits(expected, before.as_ref())?;
                if !review.is_sound() {
                    return Err(SaveError::Refused(review));
                }
                review.warnings
            }
            None => {
                if before.is_none() {
                    return Err(SaveError::Missing);
                }
                fits(expected, before.as_ref())?;
                let users = self.load_users(&mut snapshot, name).await?;
                if !users.is_empty() {
                    return Err(SaveError::InUse(users));
                }
                Vec::new()
            }
        };

        let mut affected = snapshot.lines_that_reach(name);
        if let Some(Object::Line(line)) = &change.object {
            affected.insert(line.id.as_str().to_owned());
        }
        let revision = snapshot.revision + 1;
        snapshot.set(name.clone(), change.object.clone());
        let soon: BTreeSet<_> = affected.iter().take(MOST_LINES).cloned().collect();
        let built = self.build(&mut snapshot, &soon, revision).await?;

        let had = Edges::of(before.as_ref().map(|entry| &entry.object));
        let has = Edges::of(change.object.as_ref());
        self.add_edges(name, &has.without(&had)).await?;

        let mut transaction = Transaction::default();
        let mut bytes = 0;
        let mut rebuilt = BTreeSet::new();
        for (line, built) in &built {
            let document = self.plan_document(built)?;
            bytes += 2 * document.len();
            if bytes > MOST_PLAN_BYTES && !rebuilt.is_empty() {
                break;
            }
            self.write_copies(&mut transaction, built, &document)?;
            if *name != Reference::new(Kind::Line, line.as_str()) {
                self.write_reach(&mut transaction, line, built)?;
            }
            rebuilt.insert(line.clone());
        }
        let waiting = snapshot.pending.union(&affected).filter(|line| !rebuilt.contains(*line)).cloned().collect();
        transaction.update(Part::Organisation, self.raise_revision(&snapshot, &waiting))?;
        self.write_object(&mut transaction, change, before.as_ref(), built.get(&name.id))?;
        self.write_trail(&mut transaction, change, before.as_ref(), context)?;
        extra.iter().for_each(|write| transaction.add(Part::Extra, write.clone()));

        match transaction.commit(self, Part::Organisation).await? {
            Outcome::Done => {}
            Outcome::Refused(Part::Organisation) => return Ok(None),
            Outcome::Refused(Part::Number) => return Err(Error::NumberTaken.into()),
            Outcome::Refused(Part::Extra) => return Err(SaveError::Overtaken),
        }
        // edges that are left behind mislead nobody
        let _ = self.remove_edges(name, &had.without(&has), context.at).await;
        let version = before.map_or(0, |entry| entry.version) + 1;
        let rebuilding = waiting.into_iter().map(LineId::new).collect();
        Ok(Some(Saved { version, revision, changed: true, warnings, rebuilding }))
    }
}

/// Whether there is what somebody believed to be there.
fn fits(expected: Expected, before: Option<&Entry>) -> Result<(), SaveError> {
    let current = before.map(|entry| entry.version);
    let fits = match expected {
        Expected::Absent => current.is_none(),
        Expected::Version(version) => current == Some(version),
        Expected::Any => true,
    };
    if fits { Ok(()) } else { Err(SaveError::Stale { current }) }
}
