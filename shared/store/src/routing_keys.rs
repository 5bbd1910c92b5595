//! Routing keys: what a tool shows to say which service its events are about.
//!
//! A key stands twice: under the service, where it is listed, and under its hash, where it is looked up. Both are
//! written and removed by one transaction.

use jiff::Timestamp;
use oncall::ServiceId;
use serde::{Deserialize, Serialize};

use crate::{
    Action, AuditEntry, Author, Cause, Error, Item, Kind, Page, Reference, Store,
    item::{Attributes, CURRENT_FORMAT, DOC, FORMAT, document_of, number, text, text_of},
    keys::{Key, SK, routing_keys},
    organisation::audit_item,
    transaction::{Outcome, Transaction},
};

/// How many keys are read at once when a service goes.
const MANY: u16 = 200;

/// A routing key, without what its bearer shows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StoredRoutingKey {
    /// Its id among those of the service.
    #[serde(skip)]
    pub id: String,
    /// The service that its bearer's events are about.
    pub service: String,
    /// What it is for.
    pub name: String,
    /// SHA-256 of the key, in hexadecimal.
    pub hash: String,
    /// The last four characters of the key.
    pub last4: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// The id of the token with which it was made.
    pub created_by: String,
}

/// The parts of a change of a key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Service,
    Listed,
    Found,
    Told,
}

impl Store {
    /// The service that a key stands for, by the key's SHA-256 in hexadecimal: one GetItem, strongly consistent, so
    /// that a removed key counts no longer from then on.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn service_of_routing_key(&self, hash: &str) -> Result<Option<ServiceId>, Error> {
        let item = self.get_one(Key::routing_key_by_hash(hash)).await?;
        let key = item.as_ref().map(key_of).transpose()?;
        Ok(key.map(|key| ServiceId::new(key.service)))
    }

    /// A service's keys by id, at most `limit` of those after `after`: one Query, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn routing_keys(
        &self,
        service: &ServiceId,
        after: Option<&str>,
        limit: u16,
    ) -> Result<Page<StoredRoutingKey>, Error> {
        self.page(routing_keys(service), after, limit, key_of).await
    }

    /// Keeps a new key, if its service exists, and tells the audit log, in one transaction. Says whether it did.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn add_routing_key(&self, key: &StoredRoutingKey, by: &Author) -> Result<bool, Error> {
        let service = ServiceId::new(key.service.as_str());
        let document = serde_json::to_string(key)
            .map_err(|_| Error::Unreadable { item: Item::RoutingKey, why: "it cannot be written as JSON" })?;
        let item = |key: Key| {
            let mut item = key.attributes();
            item.insert(DOC.to_owned(), text(document.as_str()));
            item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
            self.to_put(item).condition_expression("attribute_not_exists(pk)")
        };
        let mut transaction = Transaction::default();
        let of = Reference::new(Kind::Service, key.service.as_str());
        transaction.check(
            Part::Service,
            self.to_check(Key::object(&of).attributes()).condition_expression("attribute_exists(pk)"),
        )?;
        transaction.put(Part::Listed, item(Key::routing_key(&service, &key.id)))?;
        transaction.put(Part::Found, item(Key::routing_key_by_hash(&key.hash)))?;
        match self.with_key_entry(transaction, Action::Created, key, by, key.created_at).await? {
            Outcome::Done => Ok(true),
            Outcome::Refused(Part::Service) => Ok(false),
            Outcome::Refused(_) => Err(met_others()),
        }
    }

    /// Removes a key and tells the audit log, in one transaction. Says whether there was one: one GetItem before it.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn remove_routing_key(
        &self,
        service: &ServiceId,
        id: &str,
        by: &Author,
        at: Timestamp,
    ) -> Result<bool, Error> {
        let Some(item) = self.get_one(Key::routing_key(service, id)).await? else { return Ok(false) };
        let key = key_of(&item)?;
        let mut transaction = Transaction::default();
        let listed = self.to_delete(Key::routing_key(service, id).attributes());
        transaction.delete(Part::Listed, listed.condition_expression("attribute_exists(pk)"))?;
        transaction.delete(Part::Found, self.to_delete(Key::routing_key_by_hash(&key.hash).attributes()))?;
        match self.with_key_entry(transaction, Action::Deleted, &key, by, at).await? {
            Outcome::Done => Ok(true),
            Outcome::Refused(Part::Listed) => Ok(false),
            Outcome::Refused(_) => Err(met_others()),
        }
    }

    /// Removes all keys of a service that is gone: a later service of its name is another one.
    pub(crate) async fn remove_routing_keys(
        &self,
        service: &ServiceId,
        by: &Author,
        at: Timestamp,
    ) -> Result<(), Error> {
        loop {
            let page = self.routing_keys(service, None, MANY).await?;
            for key in &page.items {
                self.remove_routing_key(service, &key.id, by, at).await?;
            }
            if page.next.is_none() {
                return Ok(());
            }
        }
    }

    async fn with_key_entry(
        &self,
        mut transaction: Transaction<Part>,
        action: Action,
        key: &StoredRoutingKey,
        by: &Author,
        at: Timestamp,
    ) -> Result<Outcome<Part>, Error> {
        let id = format!("{}/{}", key.service, key.id);
        let entry =
            AuditEntry { name: Some(key.name.clone()), ..AuditEntry::new(at, by, action, ("routing_key", &id)) };
        transaction.put(Part::Told, self.to_put(audit_item(&entry)?))?;
        transaction.commit(self, Part::Told).await
    }
}

fn met_others() -> Error {
    Error::Unavailable(Cause::new("others write the same at the same time"))
}

fn key_of(item: &Attributes) -> Result<StoredRoutingKey, Error> {
    let unreadable = |why| Error::Unreadable { item: Item::RoutingKey, why };
    let id = text_of(item, SK).ok_or_else(|| unreadable("it has no id"))?;
    let key: StoredRoutingKey = serde_json::from_str(document_of(item, Item::RoutingKey)?)
        .map_err(|_| unreadable("its document is damaged"))?;
    Ok(StoredRoutingKey { id: id.to_owned(), ..key })
}
