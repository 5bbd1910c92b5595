//! Writes that are carried out together or not at all.
//!
//! Each write is a *part*, an enum of whoever makes the transaction. If conditions do not hold, the least of their parts
//! is the answer.

use aws_sdk_dynamodb::{
    error::{BuildError, SdkError},
    operation::transact_write_items::TransactWriteItemsError,
    types::{
        ConditionCheck, Delete, Put, TransactWriteItem, Update,
        builders::{ConditionCheckBuilder, DeleteBuilder, PutBuilder, TransactWriteItemBuilder, UpdateBuilder},
    },
};

use crate::{Cause, Error, Store, item::Attributes};

/// What became of a transaction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Outcome<P> {
    /// All of it is written.
    Done,
    /// Nothing is: a condition of this part does not hold.
    Refused(P),
}

/// Writes in the making.
pub(crate) struct Transaction<P> {
    writes: Vec<TransactWriteItem>,
    parts: Vec<P>,
}

impl<P> Default for Transaction<P> {
    fn default() -> Self {
        Self { writes: Vec::new(), parts: Vec::new() }
    }
}

impl<P: Copy + Ord> Transaction<P> {
    pub(crate) fn put(&mut self, part: P, put: PutBuilder) -> Result<(), Error> {
        self.add(part, built(put.build(), |put| TransactWriteItem::builder().put(put))?);
        Ok(())
    }

    pub(crate) fn update(&mut self, part: P, update: UpdateBuilder) -> Result<(), Error> {
        self.add(part, built(update.build(), |update| TransactWriteItem::builder().update(update))?);
        Ok(())
    }

    pub(crate) fn delete(&mut self, part: P, delete: DeleteBuilder) -> Result<(), Error> {
        self.add(part, built(delete.build(), |delete| TransactWriteItem::builder().delete(delete))?);
        Ok(())
    }

    pub(crate) fn check(&mut self, part: P, check: ConditionCheckBuilder) -> Result<(), Error> {
        self.add(part, built(check.build(), |check| TransactWriteItem::builder().condition_check(check))?);
        Ok(())
    }

    pub(crate) fn add(&mut self, part: P, write: TransactWriteItem) {
        self.writes.push(write);
        self.parts.push(part);
    }

    /// Carries it out. A repetition after a lost answer is carried out once. One that met another transaction at the
    /// same items is as one whose part `met` does not hold.
    pub(crate) async fn commit(self, store: &Store, met: P) -> Result<Outcome<P>, Error> {
        let Self { writes, parts } = self;
        let outcome = store.client.transact_write_items().set_transact_items(Some(writes)).send().await;
        let Err(error) = outcome else {
            return Ok(Outcome::Done);
        };
        refusal(&error, &parts, met)
            .map_or_else(|| Err(Error::of_transaction(error)), |part| Ok(Outcome::Refused(part)))
    }
}

impl Store {
    pub(crate) fn to_put(&self, item: Attributes) -> PutBuilder {
        Put::builder().table_name(&self.table).set_item(Some(item))
    }

    pub(crate) fn to_update(&self, key: Attributes) -> UpdateBuilder {
        Update::builder().table_name(&self.table).set_key(Some(key))
    }

    pub(crate) fn to_check(&self, key: Attributes) -> ConditionCheckBuilder {
        ConditionCheck::builder().table_name(&self.table).set_key(Some(key))
    }

    pub(crate) fn to_delete(&self, key: Attributes) -> DeleteBuilder {
        Delete::builder().table_name(&self.table).set_key(Some(key))
    }
}

/// The part because of which a transaction was refused, if it was for a condition.
fn refusal<P: Copy + Ord>(error: &SdkError<TransactWriteItemsError>, parts: &[P], met: P) -> Option<P> {
    let TransactWriteItemsError::TransactionCanceledException(canceled) = error.as_service_error()? else {
        return None;
    };
    let reasons = canceled.cancellation_reasons().iter().map(|reason| reason.code().unwrap_or_default());
    let refused = reasons.zip(parts).filter_map(|(code, part)| match code {
        "ConditionalCheckFailed" => Some(*part),
        "TransactionConflict" => Some(met),
        _ => None,
    });
    refused.min()
}

/// A write as part of a transaction.
pub(crate) fn built<W>(
    write: Result<W, BuildError>,
    wrap: impl FnOnce(W) -> TransactWriteItemBuilder,
) -> Result<TransactWriteItem, Error> {
    write.map(|write| wrap(write).build()).map_err(unbuilt)
}

fn unbuilt(error: BuildError) -> Error {
    Error::Refused(Cause::new(&error.to_string()))
}
