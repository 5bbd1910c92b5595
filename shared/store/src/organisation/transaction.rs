//! Writes that are carried out together, on condition that the organisation is still what was read.

use aws_sdk_dynamodb::{
    error::{BuildError, SdkError},
    operation::transact_write_items::TransactWriteItemsError,
    types::{
        Delete, Put, TransactWriteItem, Update,
        builders::{DeleteBuilder, PutBuilder, UpdateBuilder},
    },
};

use crate::{Cause, Error, Store, item::Attributes};

/// What a write is to the save, if its condition does not hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// Somebody else has saved in the meantime.
    Organisation,
    /// Another line has the number.
    Number,
    /// What the caller added to the save.
    Extra,
}

/// What became of a transaction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    /// All of it is written.
    Done,
    /// Nothing is: a condition of this part does not hold.
    Refused(Part),
}

/// Writes in the making.
#[derive(Default)]
pub(super) struct Transaction {
    writes: Vec<TransactWriteItem>,
    parts: Vec<Part>,
}

impl Transaction {
    pub(super) fn put(&mut self, part: Part, put: PutBuilder) -> Result<(), Error> {
        let put = put.build().map_err(unbuilt)?;
        self.add(part, TransactWriteItem::builder().put(put).build());
        Ok(())
    }

    pub(super) fn update(&mut self, part: Part, update: UpdateBuilder) -> Result<(), Error> {
        let update = update.build().map_err(unbuilt)?;
        self.add(part, TransactWriteItem::builder().update(update).build());
        Ok(())
    }

    pub(super) fn delete(&mut self, part: Part, delete: DeleteBuilder) -> Result<(), Error> {
        let delete = delete.build().map_err(unbuilt)?;
        self.add(part, TransactWriteItem::builder().delete(delete).build());
        Ok(())
    }

    pub(super) fn add(&mut self, part: Part, write: TransactWriteItem) {
        self.writes.push(write);
        self.parts.push(part);
    }

    /// Carries it out. A repetition after a lost answer is carried out once.
    pub(super) async fn commit(self, store: &Store) -> Result<Outcome, Error> {
        let Self { writes, parts } = self;
        let outcome = store.client.transact_write_items().set_transact_items(Some(writes)).send().await;
        let Err(error) = outcome else {
            return Ok(Outcome::Done);
        };
        refusal(&error, &parts).map_or_else(|| Err(Error::of(error)), |part| Ok(Outcome::Refused(part)))
    }
}

impl Store {
    pub(super) fn to_put(&self, item: Attributes) -> PutBuilder {
        Put::builder().table_name(&self.table).set_item(Some(item))
    }

    pub(super) fn to_update(&self, key: Attributes) -> UpdateBuilder {
        Update::builder().table_name(&self.table).set_key(Some(key))
    }

    pub(super) fn to_delete(&self, key: Attributes) -> DeleteBuilder {
        Delete::builder().table_name(&self.table).set_key(Some(key))
    }
}

/// The part because of which a transaction was refused: what cannot be mended by reading again comes first. A
/// transaction that met another one is as one that came too late.
fn refusal(error: &SdkError<TransactWriteItemsError>, parts: &[Part]) -> Option<Part> {
    let TransactWriteItemsError::TransactionCanceledException(canceled) = error.as_service_error()? else {
        return None;
    };
    let reasons = canceled.cancellation_reasons().iter().map(|reason| reason.code().unwrap_or_default());
    let refused: Vec<_> = reasons
        .zip(parts)
        .filter_map(|(code, part)| match code {
            "ConditionalCheckFailed" => Some(*part),
            "TransactionConflict" => Some(Part::Organisation),
            _ => None,
        })
        .collect();
    [Part::Organisation, Part::Number, Part::Extra].into_iter().find(|part| refused.contains(part))
}

fn unbuilt(error: BuildError) -> Error {
    Error::Refused(Cause::new(&error.to_string()))
}
