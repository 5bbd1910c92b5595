//! Who works on a purchase: one at a time, and somebody else if they do not come back.

use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use jiff::Timestamp;

use super::purchase::{LEASE, Purchase, document};
use crate::{
    Error, Store,
    calls::names,
    item::{DOC, VERSION, number, text},
    keys::Key,
    transaction::{Outcome, Transaction},
};

impl Store {
    /// Takes the lease of a purchase that nobody works on at `now`, until `until`: one transaction. None if somebody
    /// else was first, or works on it.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn lease(&self, purchase: Purchase, now: Timestamp, until: Timestamp) -> Result<Option<Purchase>, Error> {
        if purchase.is_leased(now) {
            return Ok(None);
        }
        self.write_purchase(Purchase { lease: Some(until), ..purchase }).await
    }

    /// Writes down where a purchase stands, whose lease the caller holds: one transaction. None if somebody else has
    /// taken it over.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn note(&self, purchase: Purchase) -> Result<Option<Purchase>, Error> {
        self.write_purchase(purchase).await
    }

    async fn write_purchase(&self, purchase: Purchase) -> Result<Option<Purchase>, Error> {
        let mut transaction = Transaction::default();
        transaction.update((), self.write_if_unchanged(&purchase)?)?;
        match transaction.commit(self, ()).await? {
            Outcome::Done => Ok(Some(Purchase { version: purchase.version + 1, ..purchase })),
            Outcome::Refused(()) => Ok(None),
        }
    }

    /// The purchase as it is now, if nobody else has written it since.
    pub(super) fn write_if_unchanged(&self, purchase: &Purchase) -> Result<UpdateBuilder, Error> {
        Ok(self
            .to_update(Key::purchase(&purchase.id).attributes())
            .update_expression("SET #doc = :doc, #version = :version, #lease = :lease")
            .condition_expression("#version = :before")
            .set_expression_attribute_names(Some(names([DOC, VERSION, LEASE])))
            .expression_attribute_values(":doc", text(document(purchase)?))
            .expression_attribute_values(":version", number(purchase.version + 1))
            .expression_attribute_values(":lease", number(purchase.lease.map_or(0, Timestamp::as_millisecond)))
            .expression_attribute_values(":before", number(purchase.version)))
    }
}
