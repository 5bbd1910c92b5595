//! Connected Twilio accounts. Their secrets are elsewhere.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Action, AuditEntry, Author, Error, Item, Page, Store,
    item::{Attributes, CURRENT_FORMAT, DOC, FORMAT, document_of, number, text, text_of},
    keys::{Key, SK, all_integrations},
    organisation::audit_item,
    transaction::{Outcome, Transaction},
};

/// A connected Twilio account, without its secrets.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Integration {
    /// Twilio's id of the account.
    #[serde(skip)]
    pub account: String,
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
        let put = self.to_put(item(integration)?).condition_expression("attribute_not_exists(pk)");
        let mut transaction = Transaction::default();
        transaction.put(Part::Integration, put)?;
        let entry = entry(&integration.account, Action::Created, &[], by, integration.created_at);
        self.with_told(transaction, &entry).await
    }

    /// Keeps an account of which some fields have changed and tells the audit log, in one transaction. False if it is
    /// connected no longer.
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
        let put = self.to_put(item(integration)?).condition_expression("attribute_exists(pk)");
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
    AuditEntry {
        at,
        by: by.token.clone(),
        action,
        kind: "integration".to_owned(),
        id: account.to_owned(),
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
    }
}

fn item(integration: &Integration) -> Result<Attributes, Error> {
    let document = serde_json::to_string(integration)
        .map_err(|_| Error::Unreadable { item: Item::Integration, why: "it cannot be written as JSON" })?;
    let mut item = Key::integration(&integration.account).attributes();
    item.insert(DOC.to_owned(), text(document));
    item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
    Ok(item)
}

fn integration_of(item: &Attributes) -> Result<Integration, Error> {
    let unreadable = |why| Error::Unreadable { item: Item::Integration, why };
    let document = document_of(item, Item::Integration)?;
    let mut integration: Integration =
        serde_json::from_str(document).map_err(|_| unreadable("its document is damaged"))?;
    integration.account = text_of(item, SK).ok_or_else(|| unreadable("it has no account"))?.to_owned();
    Ok(integration)
}
