//! A number that the account had before becomes a line.

use aws_sdk_dynamodb::types::TransactWriteItem;
use oncall::Line;

use super::{NumberRecord, record};
use crate::{
    Action, Address, Expected, SaveContext, SaveError, SavedObject, Store, organisation::Change, transaction::built,
};

impl Store {
    /// Makes a line of a number, of which there may be `most` then, with the address of its fallback document and the
    /// audit log's entry, in one transaction. [`SaveError::Overtaken`] if
    /// there are as many as there may be; [`crate::Error::NumberTaken`] if it is a line already.
    ///
    /// # Errors
    /// As [`SaveError`] says.
    pub async fn adopt(
        &self,
        record: &NumberRecord,
        line: &Line,
        fallback: Address,
        most: u64,
        context: &SaveContext<'_>,
    ) -> Result<SavedObject, SaveError> {
        let extra = [
            built(self.one_more(most).build(), |update| TransactWriteItem::builder().update(update))?,
            built(self.to_put(record::item(record)?).build(), |put| TransactWriteItem::builder().put(put))?,
        ];
        let change = Change::put(line.clone().into()).told_as(Action::Adopted).with_fallback(Some(fallback));
        self.change(&change, Expected::Absent, context, &extra).await
    }
}
