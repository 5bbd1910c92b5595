//! Connected Twilio accounts. Their secrets are elsewhere.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Action, AuditEntry, Author, Error, Item, Page, Store,
    calls::names,
    item::{Attributes, CURRENT_FORMAT, DOC, FORMAT, VERSION, document_of, number, number_of, text, text_of},
    keys::{Key, SK, all_integrations},
    organisation::audit_item,
    transaction::{Outcome, Transaction},
};

/// The version of an account that is new, and of those that were connected before there were versions.
const FIRST_VERSION: u64 = 1;
/// Whether an account still is of that version.
const UNCHANGED_FIRST: &str = "attribute_exists(pk) AND (attribute_not_exists(#version) OR #version = :before)";

/// A connected Twilio account, without its secrets.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Integration {
    /// Twilio's id of the account.
    #[serde(skip)]
    pub account: String,
    /// How often it has been saved.
    #[serde(skip)]
    pub version: u64,
    /// What colleagues call it.
    pub name: String,
    /// Twilio's id of the API key.
    pub key_sid: String,
    /// The last four characters of the auth token.
    pub auth_token_last4: String,
    /// The last four characters of the API key's secret.
    pub key_secret_last4: String,
    /// When it was connected.
    pub created_at: Timestamp,
    /// When a secret was last replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotated_at: Option<Timestamp>,
    /// By what the last rotation is known again: SHA-256, in hexadecimal, of all that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotation: Option<String>,
}

impl Store {
    /// A connected account: one GetItem, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn integration(&self, account: &str) -> Result<Option<Integration>, Error> {
        self.get_one(Key::integration(account)).await?.as_ref().map(integration_of).transpose()
    }

    /// Connected accounts by id, at most `limit` of those after `after`: one Query, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn integrations(&self, after: Option<&str>, limit: u16) -> Result<Page<Integration>, Error> {
        self.page(all_integrations(), after, limit, integration_of).await
    }

    /// Keeps an account that is new and tells the audit log, in one transaction. False if it is connected already.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn add_integration(&self, integration: &Integration, by: &Author) -> Result<bool, Error> {
        let first = Integration { version: FIRST_VERSION, ..integration.clone() };
        let put = self.to_put(item(&first)?).condition_expression("attribute_not_exists(pk)");
        let mut transaction = Transaction::default();
        transaction.put(Part::Integration, put)?;
        let entry = entry(&integration.account, Action::Created, &[], by, integration.created_at);
        self.with_told(transaction, &entry).await
    }

    /// Keeps an account of which some fields have changed, if it still is of the version that was read, and tells the
    /// audit log, in one transaction. False if it is not, or is connected no longer.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn change_integration(
        &self,
        integration: &Integration,
        action: Action,
        fields: &[&str],
        by: &Author,
        at: Timestamp,
    ) -> Result<bool, Error> {
        let version = integration.version;
        let unchanged = if version == FIRST_VERSION { UNCHANGED_FIRST } else { "#version = :before" };
        let put = self
            .to_put(item(&Integration { version: version + 1, ..integration.clone() })?)
            .condition_expression(unchanged)
            .set_expression_attribute_names(Some(names([VERSION])))
            .expression_attribute_values(":before", number(version));
        let mut transaction = Transaction::default();
        transaction.put(Part::Integration, put)?;
        self.with_told(transaction, &entry(&integration.account, action, fields, by, at)).await
    }

    /// Forgets an account and tells the audit log, in one transaction. False if it was forgotten before.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn forget_integration(&self, account: &str, by: &Author, at: Timestamp) -> Result<bool, Error> {
        let delete = self.to_delete(Key::integration(account).attributes());
        let mut transaction = Transaction::default();
        transaction.delete(Part::Integration, delete.condition_expression("attribute_exists(pk)"))?;
        self.with_told(transaction, &entry(account, Action::Deleted, &[], by, at)).await
    }

    async fn with_told(&self, mut transaction: Transaction<Part>, entry: &AuditEntry) -> Result<bool, Error> {
        transaction.put(Part::Told, self.to_put(audit_item(entry)?))?;
        Ok(transaction.commit(self, Part::Integration).await? == Outcome::Done)
    }
}

/// The parts of a change of an account.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Integration,
    Told,
}

fn entry(account: &str, action: Action, fields: &[&str], by: &Author, at: Timestamp) -> AuditEntry {
    let fields = fields.iter().map(|field| (*field).to_owned()).collect();
    AuditEntry { fields, ..AuditEntry::new(at, by, action, ("integration", account)) }
}

fn item(integration: &Integration) -> Result<Attributes, Error> {
    let document = serde_json::to_string(integration)
        .map_err(|_| Error::Unreadable { item: Item::Integration, why: "it cannot be written as JSON" })?;
    let mut item = Key::integration(&integration.account).attributes();
    item.insert(DOC.to_owned(), text(document));
    item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
    item.insert(VERSION.to_owned(), number(integration.version));
    Ok(item)
}

fn integration_of(item: &Attributes) -> Result<Integration, Error> {
    let unreadable = |why| Error::Unreadable { item: Item::Integration, why };
    let document = document_of(item, Item::Integration)?;
    let mut integration: Integration =
        serde_json::from_str(document).map_err(|_| unreadable("its document is damaged"))?;
    integration.version = number_of(item, VERSION).unwrap_or(FIRST_VERSION);
    integration.account = text_of(item, SK).ok_or_else(|| unreadable("it has no account"))?.to_owned();
    Ok(integration)
}
