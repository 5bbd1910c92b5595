//! Calendar feeds: shifts for whoever knows an address that nobody can guess.

use jiff::Timestamp;
use oncall::{PersonId, ScheduleId};
use serde::{Deserialize, Serialize};

use crate::{
    Action, AuditEntry, Author, Error, Item, Page, Store,
    item::{Attributes, CURRENT_FORMAT, DOC, FORMAT, document_of, number, text, text_of},
    keys::{Key, SK, all_feeds},
    organisation::audit_item,
    transaction::{Outcome, Transaction},
};

/// A feed, without the secret in its address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredFeed {
    /// Its id, which its address holds too.
    pub id: String,
    /// Whose shifts it tells.
    pub of: FeedOf,
    /// SHA-256 of the last segment of its address, in hexadecimal.
    pub hash: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// The id of the token with which it was made.
    pub created_by: String,
}

/// Whose shifts a feed tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FeedOf {
    /// All shifts of a schedule.
    Schedule(ScheduleId),
    /// One person's shifts, by all schedules that name them.
    Person(PersonId),
}

#[derive(Serialize, Deserialize)]
struct Document {
    of: OfDocument,
    hash: String,
    created_at: Timestamp,
    created_by: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum OfDocument {
    Schedule(String),
    Person(String),
}

impl Store {
    /// A feed: one GetItem, strongly consistent, so that a revoked one tells nothing from then on.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn feed(&self, id: &str) -> Result<Option<StoredFeed>, Error> {
        self.get_one(Key::feed(id)).await?.as_ref().map(feed_of).transpose()
    }

    /// Feeds by id, at most `limit` of those after `after`: one Query, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn feeds(&self, after: Option<&str>, limit: u16) -> Result<Page<StoredFeed>, Error> {
        self.page(all_feeds(), after, limit, feed_of).await
    }

    /// Keeps a new feed and tells the audit log, in one transaction. Says whether its id was free; if it was not,
    /// nothing is written.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn add_feed(&self, feed: &StoredFeed, by: &Author) -> Result<bool, Error> {
        let document = Document {
            of: match &feed.of {
                FeedOf::Schedule(id) => OfDocument::Schedule(id.to_string()),
                FeedOf::Person(id) => OfDocument::Person(id.to_string()),
            },
            hash: feed.hash.clone(),
            created_at: feed.created_at,
            created_by: feed.created_by.clone(),
        };
        let document = serde_json::to_string(&document)
            .map_err(|_| Error::Unreadable { item: Item::Feed, why: "it cannot be written as JSON" })?;
        let mut item = Key::feed(&feed.id).attributes();
        item.insert(DOC.to_owned(), text(document));
        item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
        let mut transaction = Transaction::default();
        transaction.put(Part::Feed, self.to_put(item).condition_expression("attribute_not_exists(pk)"))?;
        self.with_entry(transaction, Action::Created, &feed.id, by, feed.created_at).await
    }

    /// Removes a feed and tells the audit log, in one transaction. Says whether there was one.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn revoke_feed(&self, id: &str, by: &Author, at: Timestamp) -> Result<bool, Error> {
        let mut transaction = Transaction::default();
        let delete = self.to_delete(Key::feed(id).attributes()).condition_expression("attribute_exists(pk)");
        transaction.delete(Part::Feed, delete)?;
        self.with_entry(transaction, Action::Deleted, id, by, at).await
    }

    async fn with_entry(
        &self,
        mut transaction: Transaction<Part>,
        action: Action,
        id: &str,
        by: &Author,
        at: Timestamp,
    ) -> Result<bool, Error> {
        let entry = AuditEntry::new(at, by, action, ("feed", id));
        transaction.put(Part::Told, self.to_put(audit_item(&entry)?))?;
        Ok(transaction.commit(self, Part::Feed).await? == Outcome::Done)
    }
}

/// The parts of a change of a feed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Feed,
    Told,
}

fn feed_of(item: &Attributes) -> Result<StoredFeed, Error> {
    let unreadable = |why| Error::Unreadable { item: Item::Feed, why };
    let id = text_of(item, SK).ok_or_else(|| unreadable("it has no id"))?.to_owned();
    let Document { of, hash, created_at, created_by } =
        serde_json::from_str(document_of(item, Item::Feed)?).map_err(|_| unreadable("its document is damaged"))?;
    let of = match of {
        OfDocument::Schedule(id) => FeedOf::Schedule(ScheduleId::new(id)),
        OfDocument::Person(id) => FeedOf::Person(PersonId::new(id)),
    };
    Ok(StoredFeed { id, of, hash, created_at, created_by })
}
