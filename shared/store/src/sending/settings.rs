//! What may be sent, and where to: the organisation's settings.

use jiff::Timestamp;
use oncall::{Line, LineId, sending::Exits};
use phone::NumberPattern;
use serde::{Deserialize, Serialize};

use crate::{
    Action, AuditEntry, Author, Cause, Error, Item, Patience, Store,
    calls::names,
    document::{Listed, Maybe, Shown},
    item::{CURRENT_FORMAT, DOC, FORMAT, VERSION, document_of, number, text, version_of},
    keys::Key,
    organisation::{REVISION, audit_item},
    transaction::{Outcome, Transaction},
};

/// How many lines are read with one request.
const MANY: u16 = 1_000;

/// The organisation's settings for sending.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SendingSettings {
    /// The line that sends where none is of the recipient's country.
    #[serde(with = "Shown::<Maybe<LineId>>", default, skip_serializing_if = "Option::is_none")]
    pub default_line: Option<LineId>,
    /// Countries, as patterns, to which we may send beside those of our own lines.
    #[serde(with = "Shown::<Listed<NumberPattern>>", default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<NumberPattern>,
    /// Numbers that are never reached.
    #[serde(with = "Shown::<Listed<NumberPattern>>", default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<NumberPattern>,
    /// What may be spent in a day, in millionths of the account's currency; none means no cap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily_cap: Option<u64>,
}

/// The settings as they were found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StoredSendingSettings {
    /// What they are.
    pub settings: SendingSettings,
    /// How often they have been saved; 0 if nobody has.
    pub version: u64,
}

/// The parts of a save.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Settings,
    Told,
    /// Its revision, which is of all that is configured.
    Organisation,
}

impl Store {
    /// The settings for sending: one GetItem, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn sending_settings(&self) -> Result<StoredSendingSettings, Error> {
        let Some(item) = self.get_one(Key::sending_settings()).await? else {
            return Ok(StoredSendingSettings::default());
        };
        let settings = serde_json::from_str(document_of(&item, Item::SendingSettings)?)
            .map_err(|_| Error::Unreadable { item: Item::SendingSettings, why: "its document is damaged" })?;
        Ok(StoredSendingSettings { settings, version: version_of(&item, Item::SendingSettings)? })
    }

    /// Saves the settings, if the table holds the version that was read, tells the audit log, and raises the
    /// organisation's revision, in one transaction. Says whether it did.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn save_sending_settings(
        &self,
        settings: &StoredSendingSettings,
        by: &Author,
        at: Timestamp,
    ) -> Result<bool, Error> {
        let document = serde_json::to_string(&settings.settings)
            .map_err(|_| Error::Unreadable { item: Item::SendingSettings, why: "it cannot be written as JSON" })?;
        let mut item = Key::sending_settings().attributes();
        item.insert(DOC.to_owned(), text(document));
        item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
        item.insert(VERSION.to_owned(), number(settings.version + 1));
        let put = self.to_put(item);
        let (put, action) = match settings.version {
            0 => (put.condition_expression("attribute_not_exists(pk)"), Action::Created),
            before => (
                put.condition_expression("#version = :before")
                    .set_expression_attribute_names(Some(names([VERSION])))
                    .expression_attribute_values(":before", number(before)),
                Action::Updated,
            ),
        };
        let entry = AuditEntry::new(at, by, action, ("sending_settings", "sending"));
        let mut patience = Patience::default();
        loop {
            let mut transaction = Transaction::default();
            transaction.put(Part::Settings, put.clone())?;
            transaction.put(Part::Told, self.to_put(audit_item(&entry)?))?;
            let raised = self
                .to_update(Key::revision().attributes())
                .update_expression("ADD #revision :one")
                .set_expression_attribute_names(Some(names([REVISION])))
                .expression_attribute_values(":one", number(1));
            transaction.update(Part::Organisation, raised)?;
            match transaction.commit(self, Part::Organisation).await? {
                Outcome::Done => return Ok(true),
                // others save their objects at the same time
                Outcome::Refused(Part::Organisation) if patience.waits().await => {}
                Outcome::Refused(Part::Organisation) => {
                    return Err(Error::Unavailable(Cause::new("too many others save at the same time")));
                }
                Outcome::Refused(_) => return Ok(false),
            }
        }
    }

    /// Our lines and where they may send to, with what may be spent in a day: one GetItem, and one Query for each MB of
    /// lines, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn exits(&self) -> Result<(Exits, Option<u64>), Error> {
        let SendingSettings { default_line, allowed, refused, daily_cap } = self.sending_settings().await?.settings;
        let mut exits = Exits { lines: Vec::new(), default: default_line, allowed, refused };
        let mut after = None;
        loop {
            let page = self.list::<Line>(after.as_deref(), MANY).await?;
            exits.lines.extend(page.items.into_iter().map(|stored| stored.value));
            after = page.next;
            if after.is_none() {
                return Ok((exits, daily_cap));
            }
        }
    }
}
