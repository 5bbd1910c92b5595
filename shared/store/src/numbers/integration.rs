//! Connected Twilio accounts. Their secrets are elsewhere.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Item, Page, Store,
    item::{Attributes, CURRENT_FORMAT, DOC, FORMAT, document_of, number, text, text_of},
    keys::{Key, SK, all_integrations},
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

    /// Keeps an account, new or changed: one PutItem.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn save_integration(&self, integration: &Integration) -> Result<(), Error> {
        let document = serde_json::to_string(integration)
            .map_err(|_| Error::Unreadable { item: Item::Integration, why: "it cannot be written as JSON" })?;
        let mut item = Key::integration(&integration.account).attributes();
        item.insert(DOC.to_owned(), text(document));
        item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        put.send().await.map(drop).map_err(Error::of)
    }

    /// Forgets an account: one DeleteItem.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn forget_integration(&self, account: &str) -> Result<(), Error> {
        let delete = self.client.delete_item().table_name(&self.table);
        let delete = delete.set_key(Some(Key::integration(account).attributes()));
        delete.send().await.map(drop).map_err(Error::of)
    }
}

fn integration_of(item: &Attributes) -> Result<Integration, Error> {
    let unreadable = |why| Error::Unreadable { item: Item::Integration, why };
    let document = document_of(item, Item::Integration)?;
    let mut integration: Integration =
        serde_json::from_str(document).map_err(|_| unreadable("its document is damaged"))?;
    integration.account = text_of(item, SK).ok_or_else(|| unreadable("it has no account"))?.to_owned();
    Ok(integration)
}
