//! Codes that prove a phone to be its owner's, and how often one was sent to its number.
//!
//! One item for each number, whoever has it: a code takes the place of the one before it, and the caps on how often a
//! phone may be rung or texted hold even if it is taken from one person and given to another.

use std::fmt;

use aws_sdk_dynamodb::types::{TransactWriteItem, builders::PutBuilder};
use jiff::Timestamp;
use oncall::{Person, PersonId};
use phone::PhoneNumber;
use serde::{Deserialize, Serialize};

use crate::{
    Action, Error, Expected, Item, SaveContext, SaveError, SavedObject, Store,
    calls::names,
    document::Shown,
    item::{Attributes, CURRENT_FORMAT, DOC, FORMAT, VERSION, document_of, number, number_of, text, version_of},
    keys::{EXPIRES_AT, Key},
    organisation::Change,
    transaction::{Outcome, Transaction, built},
};

/// What was sent to one number to verify it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verification {
    /// The number.
    pub number: PhoneNumber,
    /// How often this has been saved; 0 if it never was.
    pub version: u64,
    /// When codes were sent, the first one first.
    pub sent: Vec<Timestamp>,
    /// The code that counts; none if it has been used.
    pub code: Option<SentCode>,
    /// From when all of this may be forgotten.
    pub useful_until: Timestamp,
}

/// A code that was sent. `Debug` shows nothing of it: six digits are soon found from their hash.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentCode {
    /// Whose phone it verifies.
    #[serde(with = "Shown::<PersonId>")]
    pub person: PersonId,
    /// Random, and part of what was hashed.
    pub salt: String,
    /// SHA-256 of it, in hexadecimal.
    pub hash: String,
    /// From when it counts no longer.
    pub expires_at: Timestamp,
    /// How often somebody has tried it.
    pub tries: u32,
}

impl fmt::Debug for SentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("SentCode");
        shown.field("person", &self.person).field("expires_at", &self.expires_at).field("tries", &self.tries);
        shown.finish_non_exhaustive()
    }
}

#[derive(Serialize, Deserialize)]
struct Document {
    sent: Vec<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<SentCode>,
}

impl Store {
    /// What was sent to a number: one GetItem, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn verification(&self, number: &PhoneNumber) -> Result<Verification, Error> {
        let useful_until = Timestamp::UNIX_EPOCH;
        let nothing = Verification { number: number.clone(), version: 0, sent: Vec::new(), code: None, useful_until };
        let Some(item) = self.get_one(Key::verification(number)).await? else { return Ok(nothing) };
        let Document { sent, code } = serde_json::from_str(document_of(&item, Item::Verification)?)
            .map_err(|_| Error::Unreadable { item: Item::Verification, why: "its document is damaged" })?;
        let until = number_of(&item, EXPIRES_AT).and_then(|until| i64::try_from(until).ok());
        let until = until.and_then(|until| Timestamp::from_second(until).ok());
        let (version, useful_until) = (version_of(&item, Item::Verification)?, until.unwrap_or(useful_until));
        Ok(Verification { version, sent, code, useful_until, ..nothing })
    }

    /// Saves it, if nobody else has since it was read: one transaction, so that a repetition after a lost answer is
    /// carried out once. None if somebody has.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn save_verification(&self, verification: Verification) -> Result<Option<Verification>, Error> {
        let mut transaction = Transaction::default();
        transaction.put((), self.put_if_unchanged(&verification)?)?;
        match transaction.commit(self, ()).await? {
            Outcome::Done => Ok(Some(Verification { version: verification.version + 1, ..verification })),
            Outcome::Refused(()) => Ok(None),
        }
    }

    /// Saves a person of whom a phone is verified from now on, with the plans that hold it and the audit log's entry,
    /// and uses the code up, in one transaction. [`SaveError::Overtaken`] if the code is another one by now.
    ///
    /// # Errors
    /// As [`SaveError`] says.
    pub async fn verify_phone(
        &self,
        person: &Person,
        version: u64,
        verification: &Verification,
        context: &SaveContext<'_>,
    ) -> Result<SavedObject, SaveError> {
        let used = self.put_if_unchanged(&Verification { code: None, ..verification.clone() })?;
        let extra = [built(used.build(), |put| TransactWriteItem::builder().put(put))?];
        let change = Change::put(person.clone().into()).told_as(Action::Verified);
        self.change(&change, Expected::Version(version), context, &extra).await
    }

    fn put_if_unchanged(&self, verification: &Verification) -> Result<PutBuilder, Error> {
        let put = self.to_put(item(verification)?);
        Ok(match verification.version {
            0 => put.condition_expression("attribute_not_exists(pk)"),
            before => put
                .condition_expression("#version = :before")
                .set_expression_attribute_names(Some(names([VERSION])))
                .expression_attribute_values(":before", number(before)),
        })
    }
}

fn item(verification: &Verification) -> Result<Attributes, Error> {
    let document = Document { sent: verification.sent.clone(), code: verification.code.clone() };
    let document = serde_json::to_string(&document)
        .map_err(|_| Error::Unreadable { item: Item::Verification, why: "it cannot be written as JSON" })?;
    let mut item = Key::verification(&verification.number).attributes();
    item.insert(DOC.to_owned(), text(document));
    item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
    item.insert(VERSION.to_owned(), number(verification.version + 1));
    item.insert(EXPIRES_AT.to_owned(), number(verification.useful_until.as_second()));
    Ok(item)
}
