use serde::Deserialize;

use crate::value_set::value_set;
use crate::{AccountSid, Private};

use super::client::Client;
use super::codes::Currency;
use super::decimal::Decimal;
use super::error::Error;
use super::hosts::Product;
use super::money::Money;
use super::read;

value_set! {
    /// Whether an account can be used.
    AccountStatus {
        /// It can.
        Active = "active",
        /// Not at present; Twilio or its owner has stopped it.
        Suspended = "suspended",
        /// Never again.
        Closed = "closed",
    }
}

value_set! {
    /// What an account may do.
    AccountKind {
        /// It reaches verified numbers alone, and has one number.
        Trial = "Trial",
        /// It pays.
        Full = "Full",
    }
}

/// A Twilio account.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Account {
    /// Which one.
    #[serde(deserialize_with = "read::required")]
    pub sid: AccountSid,
    /// What its owner calls it.
    #[serde(default, deserialize_with = "read::private")]
    pub friendly_name: Private,
    /// Whether it can be used.
    #[serde(deserialize_with = "read::required")]
    pub status: AccountStatus,
    /// What it may do.
    #[serde(rename = "type", deserialize_with = "read::required")]
    pub kind: AccountKind,
}

impl Client {
    /// The account. An API key may not read it.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn fetch_account(&self) -> Result<Account, Error> {
        self.get(Product::Api, self.path(".json")).await
    }

    /// What is left to spend; below zero if it is owed. Subaccounts have no balance of their own.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn fetch_balance(&self) -> Result<Money, Error> {
        #[derive(Deserialize)]
        struct Balance {
            balance: Decimal,
            currency: Currency,
        }
        let read: Balance = self.get(Product::Api, self.path("/Balance.json")).await?;
        Ok(Money::new(read.balance, read.currency))
    }
}
