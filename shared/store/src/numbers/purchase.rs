//! The intent to buy one number, and what became of it.

use jiff::Timestamp;
use phone::PhoneNumber;
use serde::{Deserialize, Serialize};

use crate::{
    Address, Error, Item, Page, Store,
    document::{Maybe, Shown},
    item::{Attributes, document_of, number_of, text_of, version_of},
    keys::{Key, SK, all_purchases},
};

/// Until when a purchase is being worked on, milliseconds since 1970.
pub(super) const LEASE: &str = "lease";

/// The intent to buy one number.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Purchase {
    /// Its id, made of the client's key: the same key is the same purchase.
    #[serde(skip)]
    pub id: String,
    /// How often it has been saved.
    #[serde(skip)]
    pub version: u64,
    /// Until when somebody works on it.
    #[serde(skip)]
    pub lease: Option<Timestamp>,
    /// The Twilio account that buys.
    pub account: String,
    /// What is bought.
    #[serde(with = "Shown::<PhoneNumber>")]
    pub number: PhoneNumber,
    /// The line that it becomes.
    pub line: String,
    /// Where the line's fallback document will stand, promised to Twilio before there is a line; none in purchases of
    /// older code.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "Shown::<Maybe<Address>>")]
    pub fallback: Option<Address>,
    /// What was asked for, as whoever sells it needs it; nothing here reads it.
    pub request: serde_json::Value,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// With which token.
    pub created_by: String,
    /// When Twilio was last asked to sell it; none if it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<Timestamp>,
    /// Where it stands.
    pub state: PurchaseState,
}

/// Where a purchase stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PurchaseState {
    /// The quota is reserved. Whether Twilio has sold the number is not known, unless somebody works on it.
    Open,
    /// Twilio has sold it. The line is still to come.
    Bought {
        /// Twilio's id of the number.
        sid: String,
    },
    /// The line is there.
    Done {
        /// Twilio's id of the number.
        sid: String,
    },
    /// Nothing was bought, and nothing will be.
    Refused {
        /// Twilio's error code, if it was Twilio who refused.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<u32>,
        /// Why, in words without numbers.
        why: String,
    },
}

impl PurchaseState {
    /// Whether nothing more will happen.
    pub fn is_settled(&self) -> bool {
        matches!(self, Self::Done { .. } | Self::Refused { .. })
    }
}

impl Purchase {
    /// Whether somebody works on it at this instant.
    pub fn is_leased(&self, at: Timestamp) -> bool {
        self.lease.is_some_and(|until| at < until)
    }
}

impl Store {
    /// A purchase: one GetItem, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn purchase(&self, id: &str) -> Result<Option<Purchase>, Error> {
        self.get_one(Key::purchase(id)).await?.as_ref().map(purchase_of).transpose()
    }

    /// Purchases by id, at most `limit` of those after `after`: one Query, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn purchases(&self, after: Option<&str>, limit: u16) -> Result<Page<Purchase>, Error> {
        self.page(all_purchases(), after, limit, purchase_of).await
    }
}

/// The purchase of an item.
pub(super) fn purchase_of(item: &Attributes) -> Result<Purchase, Error> {
    let unreadable = |why| Error::Unreadable { item: Item::Purchase, why };
    let document = document_of(item, Item::Purchase)?;
    let mut purchase: Purchase = serde_json::from_str(document).map_err(|_| unreadable("its document is damaged"))?;
    purchase.id = text_of(item, SK).ok_or_else(|| unreadable("it has no id"))?.to_owned();
    purchase.version = version_of(item, Item::Purchase)?;
    let lease = number_of(item, LEASE).and_then(|until| i64::try_from(until).ok());
    purchase.lease = lease.and_then(|until| Timestamp::from_millisecond(until).ok());
    Ok(purchase)
}

/// The document of a purchase.
pub(super) fn document(purchase: &Purchase) -> Result<String, Error> {
    serde_json::to_string(purchase)
        .map_err(|_| Error::Unreadable { item: Item::Purchase, why: "it cannot be written as JSON" })
}
