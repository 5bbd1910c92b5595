//! Who changed what, and when.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Author, Reference};
use crate::{
    Error, Item, Page, Store,
    item::{Attributes, CURRENT_FORMAT, DOC, FORMAT, document_of, number, text, text_of},
    keys::{EXPIRES_AT, Key, SK, audit},
};

/// For how long an entry stays, days.
const AUDIT_DAYS: i64 = 400;
/// How many entries are looked at for one page at most, whatever the filters leave.
const MOST_READ: usize = 2_000;

/// One change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// The token with which it was made, by its id.
    pub by: String,
    /// What whoever made it was called then, if that was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_name: Option<String>,
    /// What was done.
    pub action: Action,
    /// To what kind of thing.
    pub kind: String,
    /// To which one of them.
    pub id: String,
    /// The names of the fields that changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// What the thing is called, where its id says nothing and it may be gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The role of a token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// What can be done to a thing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Action {
    /// It was not there before.
    Created,
    /// Some of its fields changed.
    Updated,
    /// It is not there any more.
    Deleted,
    /// A secret of it was replaced.
    Rotated,
    /// A number was bought.
    Purchased,
    /// A number that the account had before became a line.
    Adopted,
    /// A number was given back.
    Released,
    /// A line was let go whose number its Twilio account keeps.
    Abandoned,
    /// A number's webhooks were set again.
    Repaired,
    /// A phone was proven to be its owner's.
    Verified,
}

/// Which changes to tell.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AuditQuery {
    /// Those of this kind of thing alone.
    pub kind: Option<String>,
    /// Those of this one thing alone.
    pub id: Option<String>,
    /// Those made with this token alone.
    pub by: Option<String>,
    /// Where a page before ended.
    pub cursor: Option<String>,
    /// How many, at most.
    pub limit: u16,
}

impl AuditQuery {
    fn wants(&self, entry: &AuditEntry) -> bool {
        let fits = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|wanted| wanted == value);
        fits(&self.kind, &entry.kind) && fits(&self.id, &entry.id) && fits(&self.by, &entry.by)
    }
}

impl Store {
    /// The changes, latest first: one Query for each MB or each page of entries, until the page is full.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn audit(&self, query: &AuditQuery) -> Result<Page<AuditEntry>, Error> {
        let limit = usize::from(query.limit);
        let (mut items, mut read, mut before) = (Vec::new(), 0, query.cursor.clone());
        loop {
            let request = match &before {
                None => self.partition(audit()),
                Some(before) => self
                    .partition(audit())
                    .key_condition_expression("pk = :pk AND sk < :before")
                    .expression_attribute_values(":before", text(before.as_str())),
            };
            let answer = request.scan_index_forward(false).limit(250).send().await.map_err(Error::of)?;
            for item in answer.items.iter().flatten() {
                let entry = entry_of(item)?;
                before = text_of(item, SK).map(str::to_owned);
                read += 1;
                if query.wants(&entry) {
                    items.push(entry);
                }
                if items.len() == limit {
                    return Ok(Page { items, next: before });
                }
            }
            if answer.last_evaluated_key.is_none() {
                return Ok(Page { items, next: None });
            }
            if read >= MOST_READ {
                return Ok(Page { items, next: before });
            }
        }
    }

    /// Tells of a change that is no save of an object.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn tell(&self, entry: &AuditEntry) -> Result<(), Error> {
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item(entry)?));
        put.send().await.map(drop).map_err(Error::of)
    }
}

impl AuditEntry {
    /// A change of an object of the organisation.
    pub(super) fn of(at: Timestamp, by: &Author, action: Action, object: &Reference, fields: Vec<String>) -> Self {
        Self { fields, ..Self::new(at, by, action, (object.kind.name(), &object.id)) }
    }

    /// A change of a thing, by its kind and its id.
    pub fn new(at: Timestamp, by: &Author, action: Action, (kind, id): (&str, &str)) -> Self {
        let (kind, id, fields) = (kind.to_owned(), id.to_owned(), Vec::new());
        Self { at, by: by.token.clone(), by_name: by.name.clone(), action, kind, id, fields, name: None, role: None }
    }
}

/// The entry's item. No two have the same key, not even those of one instant.
pub(crate) fn item(entry: &AuditEntry) -> Result<Attributes, Error> {
    let document = serde_json::to_string(entry)
        .map_err(|_| Error::Unreadable { item: Item::AuditEntry, why: "it cannot be written as JSON" })?;
    let mut item = Key::audit(entry.at, &format!("{:016x}", fastrand::u64(..))).attributes();
    item.insert(DOC.to_owned(), text(document));
    item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
    item.insert(EXPIRES_AT.to_owned(), number(entry.at.as_second() + AUDIT_DAYS * 86_400));
    Ok(item)
}

fn entry_of(item: &Attributes) -> Result<AuditEntry, Error> {
    serde_json::from_str(document_of(item, Item::AuditEntry)?)
        .map_err(|_| Error::Unreadable { item: Item::AuditEntry, why: "its document is damaged" })
}
