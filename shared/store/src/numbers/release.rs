//! Giving a number back: said first, then done at Twilio, then forgotten. Without its account it is only forgotten.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;

use super::{NumberRecord, record};
use crate::{
    Action, Author, Error, Expected, Kind, Reference, SaveContext, SaveError, SavedObject, Store, keys::Key,
    organisation::Change, transaction::built,
};

impl Store {
    /// Says that a number is being given back, so that it is finished if whoever began does not come back: one
    /// PutItem.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn begin_release(&self, record: NumberRecord, by: &Author, at: Timestamp) -> Result<NumberRecord, Error> {
        let first = record.released_by.clone().unwrap_or_else(|| by.token.clone());
        let record = NumberRecord { releasing: record.releasing.or(Some(at)), released_by: Some(first), ..record };
        let put = self.client.put_item().table_name(&self.table).set_item(Some(record::item(&record)?));
        put.condition_expression("attribute_exists(pk)").send().await.map_err(Error::of)?;
        Ok(record)
    }

    /// Forgets a number that is not ours any more: its line with its plan, its record and its place in the quota, with the
    /// audit log's entry, in one transaction.
    ///
    /// # Errors
    /// As [`SaveError`] says; [`SaveError::Missing`] or [`SaveError::Overtaken`] if somebody else has done it.
    pub async fn forget(&self, record: &NumberRecord, context: &SaveContext<'_>) -> Result<SavedObject, SaveError> {
        self.without(record, Action::Released, context).await
    }

    /// Forgets a number all the same that Twilio goes on billing to its account, as [`Self::forget`] does.
    ///
    /// # Errors
    /// As there.
    pub async fn abandon(&self, record: &NumberRecord, context: &SaveContext<'_>) -> Result<SavedObject, SaveError> {
        self.without(record, Action::Abandoned, context).await
    }

    async fn without(
        &self,
        record: &NumberRecord,
        told_as: Action,
        context: &SaveContext<'_>,
    ) -> Result<SavedObject, SaveError> {
        let gone =
            self.to_delete(Key::number_record(&record.line).attributes()).condition_expression("attribute_exists(pk)");
        let extra = [
            built(gone.build(), |delete| TransactWriteItem::builder().delete(delete))?,
            built(self.one_less().build(), |update| TransactWriteItem::builder().update(update))?,
        ];
        let line = Reference::new(Kind::Line, record.line.as_str());
        self.change(&Change::remove(line).told_as(told_as), Expected::Any, context, &extra).await
    }
}
