//! Deduplication keys: which incident one belongs to, and what was said about it before it had one.

use jiff::{SignedDuration, Timestamp};
use oncall::{
    IncidentId, ServiceId,
    incident::{Early, Event},
};

use super::{StoredIncident, incident_of, save::INCIDENT};
use crate::{
    Error, Item, Store,
    calls::names,
    document::{read_early, write_early},
    item::{CURRENT_FORMAT, DOC, FORMAT, VERSION, document_of, number, number_of, text, text_of, version_of},
    keys::{EXPIRES_AT, Key, SK},
    transaction::{Outcome, Transaction},
};

/// How long it is remembered what was said early.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(1);

/// What is known of a deduplication key. Whatever is written on the strength of it counts only while it is still so.
#[derive(Clone, PartialEq, Debug)]
pub struct KnownKey {
    /// The latest incident of the key, open or not.
    pub incident: Option<StoredIncident>,
    /// What was said before there was one.
    pub early: Early,
    /// The key belongs to an incident that cannot be read. Worth an alarm; another one may be opened in its place.
    pub damaged: Option<IncidentId>,
    pub(super) service: Option<ServiceId>,
    pub(super) key: String,
    pub(super) owner: Option<String>,
    pub(super) early_version: u64,
    pub(super) read_at: Timestamp,
}

/// The parts of what is written about a key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Known,
    Early,
}

impl Store {
    /// What is known of a key of a service, or of no service: one BatchGetItem, and one GetItem if it has had an
    /// incident; strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn known_key(
        &self,
        service: Option<&ServiceId>,
        key: &str,
        read_at: Timestamp,
    ) -> Result<KnownKey, Error> {
        let (owner_key, early_key) = (Key::incident_key(service, key), Key::early(service, key));
        let early_sk = early_key.sk.clone();
        let mut known = KnownKey {
            incident: None,
            early: Early::default(),
            damaged: None,
            service: service.cloned(),
            key: key.to_owned(),
            owner: None,
            early_version: 0,
            read_at,
        };
        for item in self.get(vec![owner_key, early_key]).await? {
            if text_of(&item, SK) != Some(&early_sk) {
                known.owner = text_of(&item, INCIDENT).map(str::to_owned);
                continue;
            }
            known.early_version = version_of(&item, Item::IncidentKey)?;
            // DynamoDB takes its time to remove it
            let until = number_of(&item, EXPIRES_AT).and_then(|until| i64::try_from(until).ok());
            if until.is_some_and(|until| until > read_at.as_second()) {
                known.early = read_early(document_of(&item, Item::IncidentKey)?)?;
            }
        }
        let Some(id) = known.owner.as_deref().map(IncidentId::new) else { return Ok(known) };
        let item = self.get_one(Key::incident(&id)).await?;
        match item.as_ref().map(incident_of) {
            Some(Err(_)) => known.damaged = Some(id),
            found => known.incident = found.transpose()?,
        }
        Ok(known)
    }

    /// Remembers for an hour what an event said that opens nothing, if nothing has changed since the key was read: one
    /// transaction. None if it is remembered, else what is known by now.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn remember_early(&self, known: &KnownKey, event: &Event) -> Result<Option<KnownKey>, Error> {
        let mut early = known.early;
        early.remember(event);
        let mut item = Key::early(known.service.as_ref(), &known.key).attributes();
        item.insert(DOC.to_owned(), text(write_early(&early)?));
        item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
        item.insert(VERSION.to_owned(), number(known.early_version + 1));
        item.insert(EXPIRES_AT.to_owned(), number(known.read_at.as_second() + REMEMBERED.as_secs()));
        let mut transaction = Transaction::default();
        let put = self.to_put(item);
        let put = match known.early_version {
            0 => put.condition_expression("attribute_not_exists(pk)"),
            before => put
                .condition_expression("#version = :before")
                .set_expression_attribute_names(Some(names([VERSION])))
                .expression_attribute_values(":before", number(before)),
        };
        transaction.put(Part::Early, put)?;
        let owner = self.to_check(Key::incident_key(known.service.as_ref(), &known.key).attributes());
        let owner = match &known.owner {
            None => owner.condition_expression("attribute_not_exists(pk)"),
            Some(owner_id) => owner
                .condition_expression("#incident = :owner")
                .set_expression_attribute_names(Some(names([INCIDENT])))
                .expression_attribute_values(":owner", text(owner_id.as_str())),
        };
        transaction.check(Part::Known, owner)?;
        self.check_unchanged(&mut transaction, Part::Known, known)?;
        match transaction.commit(self, Part::Known).await? {
            Outcome::Done => Ok(None),
            Outcome::Refused(_) => self.known_again(known).await.map(Some),
        }
    }

    /// The incident that the key has had is as it was read: nobody has brought it back.
    pub(super) fn check_unchanged<P: Copy + Ord>(
        &self,
        transaction: &mut Transaction<P>,
        part: P,
        known: &KnownKey,
    ) -> Result<(), Error> {
        let Some(StoredIncident { incident, .. }) = &known.incident else { return Ok(()) };
        let check = self
            .to_check(Key::incident(&incident.id).attributes())
            .condition_expression("#version = :read")
            .set_expression_attribute_names(Some(names([VERSION])))
            .expression_attribute_values(":read", number(incident.version));
        transaction.check(part, check)
    }

    pub(super) async fn known_again(&self, known: &KnownKey) -> Result<KnownKey, Error> {
        self.known_key(known.service.as_ref(), &known.key, known.read_at).await
    }
}
