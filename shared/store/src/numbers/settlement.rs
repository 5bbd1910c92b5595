//! The end of a purchase: the line, or the reason why there is none.

use aws_sdk_dynamodb::types::TransactWriteItem;
use oncall::Line;

use super::{NumberRecord, PurchaseState, purchase::Purchase, record};
use crate::{
    Action, AuditEntry, Error, Expected, SaveContext, SaveError, SavedObject, Store,
    organisation::{Change, audit_item},
    transaction::{Outcome, Transaction, built},
};

/// A purchase and what goes with its end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Part {
    Purchase,
    Rest,
}

impl Store {
    /// Ends a purchase: the number's record, the line with its plan and the address of its fallback document, that it
    /// is done, and the audit log's entry, in one transaction. If
    /// another request has ended it, this one is [`SaveError::Overtaken`].
    ///
    /// # Errors
    /// As [`SaveError`] says; the purchase stays as it was.
    pub async fn complete(
        &self,
        purchase: &Purchase,
        record: &NumberRecord,
        line: &Line,
        context: &SaveContext<'_>,
    ) -> Result<SavedObject, SaveError> {
        let done = Purchase { state: PurchaseState::Done { sid: record.sid.clone() }, lease: None, ..purchase.clone() };
        let extra = [
            built(self.write_if_unchanged(&done)?.build(), |update| TransactWriteItem::builder().update(update))?,
            built(self.unclaim(purchase).build(), |delete| TransactWriteItem::builder().delete(delete))?,
            built(self.to_put(record::item(record)?).build(), |put| TransactWriteItem::builder().put(put))?,
        ];
        let change =
            Change::put(line.clone().into()).told_as(Action::Purchased).with_fallback(purchase.fallback.clone());
        self.change(&change, Expected::Absent, context, &extra).await
    }

    /// Ends a purchase of which nothing came: its place in the quota and its claim go with it. None if somebody else
    /// has taken it over.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn give_up(
        &self,
        purchase: Purchase,
        code: Option<u32>,
        why: &str,
        entry: &AuditEntry,
    ) -> Result<Option<Purchase>, Error> {
        let refused = Purchase { state: PurchaseState::Refused { code, why: why.to_owned() }, lease: None, ..purchase };
        let mut transaction = Transaction::default();
        transaction.update(Part::Purchase, self.write_if_unchanged(&refused)?)?;
        transaction.update(Part::Rest, self.one_less())?;
        transaction.delete(Part::Rest, self.unclaim(&refused))?;
        transaction.put(Part::Rest, self.to_put(audit_item(entry)?))?;
        match transaction.commit(self, Part::Purchase).await? {
            Outcome::Done => Ok(Some(Purchase { version: refused.version + 1, ..refused })),
            Outcome::Refused(_) => Ok(None),
        }
    }
}
