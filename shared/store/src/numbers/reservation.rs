//! The beginning of a purchase: the intent, its place in the quota, and its claim on the number.

use aws_sdk_dynamodb::types::{ConditionCheck, TransactWriteItem, builders::DeleteBuilder};
use jiff::Timestamp;

use super::purchase::{LEASE, Purchase, document, purchase_of};
use crate::{
    Cause, Error, Store,
    calls::names,
    item::{CURRENT_FORMAT, DOC, FORMAT, VERSION, number, text},
    keys::Key,
    transaction::{Outcome, Transaction},
};

/// What stands on a claim: the purchase that has it.
pub(super) const PURCHASE: &str = "purchase";

/// What became of the wish to begin a purchase.
#[derive(Clone, PartialEq, Debug)]
pub enum Reservation {
    /// It has begun, and whoever asked holds its lease.
    Made(Purchase),
    /// There is one by this id, whoever works on it.
    Exists(Purchase),
    /// There are as many numbers as there may be.
    QuotaReached,
    /// Somebody is buying this number with another key.
    Claimed,
    /// The number is a line of ours.
    Ours,
}

/// Why a reservation was refused: what says most comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Part {
    Intent,
    Line,
    Claim,
    Quota,
}

impl Store {
    /// Begins a purchase, of which there may be `most` numbers then, and holds its lease: one TransactWriteItems, and
    /// one GetItem if it was begun before.
    ///
    /// # Errors
    /// [`Error::Unavailable`]: it may or may not have begun, and the same again finds out. [`Error::Refused`],
    /// [`Error::Unreadable`].
    pub async fn reserve(&self, purchase: Purchase, most: u64, lease: Timestamp) -> Result<Reservation, Error> {
        let mut transaction = Transaction::default();
        let mut item = Key::purchase(&purchase.id).attributes();
        item.insert(DOC.to_owned(), text(document(&purchase)?));
        item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
        item.insert(VERSION.to_owned(), number(1));
        item.insert(LEASE.to_owned(), number(lease.as_millisecond()));
        transaction.put(Part::Intent, self.to_put(item).condition_expression("attribute_not_exists(pk)"))?;
        transaction.update(Part::Quota, self.one_more(most))?;
        let mut claim = Key::claim(&purchase.number).attributes();
        claim.insert(PURCHASE.to_owned(), text(purchase.id.as_str()));
        let claim = self.to_put(claim).condition_expression("attribute_not_exists(pk)");
        transaction.put(Part::Claim, claim)?;
        let not_ours = ConditionCheck::builder()
            .table_name(&self.table)
            .set_key(Some(Key::plan_of_number(&purchase.number).attributes()))
            .condition_expression("attribute_not_exists(pk)")
            .build()
            .map_err(|error| Error::Refused(Cause::new(&error.to_string())))?;
        transaction.add(Part::Line, TransactWriteItem::builder().condition_check(not_ours).build());
        match transaction.commit(self, Part::Intent).await? {
            Outcome::Done => Ok(Reservation::Made(Purchase { version: 1, lease: Some(lease), ..purchase })),
            Outcome::Refused(Part::Intent) => match self.get_one(Key::purchase(&purchase.id)).await? {
                Some(item) => Ok(Reservation::Exists(purchase_of(&item)?)),
                None => Err(Error::Unavailable(Cause::new("a purchase was there and is not any more"))),
            },
            Outcome::Refused(Part::Quota) => Ok(Reservation::QuotaReached),
            Outcome::Refused(Part::Claim) => Ok(Reservation::Claimed),
            Outcome::Refused(Part::Line) => Ok(Reservation::Ours),
        }
    }

    /// Removes the claim of a purchase on its number, if it has it.
    pub(super) fn unclaim(&self, purchase: &Purchase) -> DeleteBuilder {
        self.to_delete(Key::claim(&purchase.number).attributes())
            .condition_expression("attribute_not_exists(pk) OR #purchase = :purchase")
            .set_expression_attribute_names(Some(names([PURCHASE])))
            .expression_attribute_values(":purchase", text(purchase.id.as_str()))
    }
}
