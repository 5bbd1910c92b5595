//! Twilio accounts, their addresses, and numbers: on sale, bought, adopted, kept in order and given back.

use http::Method;

use super::{Client, Result};
use crate::{
    Address, Addresses, Adoption, Countries, DisconnectQuery, Disconnection, Drift, Integration, IntegrationChange,
    IntegrationState, Market, MarketQuery, NewAddress, NewAdoption, NewIntegration, NewPurchase, NewValidation,
    NumberPlan, OwnedNumbers, Page, PageQuery, Purchase, Release, Released, Rotation,
};

/// Accounts.
impl Client {
    /// Connected accounts by SID, a page at a time.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn integrations(&self, page: &PageQuery) -> Result<Page<Integration>> {
        self.ask(Method::GET, &["integrations"]).query(page)?.json().await
    }

    /// Connects an account.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn connect(&self, wanted: &NewIntegration) -> Result<Integration> {
        self.ask(Method::POST, &["integrations"]).body(wanted)?.json().await
    }

    /// A connected account, with its balance.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn integration(&self, account: &str) -> Result<IntegrationState> {
        self.ask(Method::GET, &["integrations", account]).json().await
    }

    /// Renames a connected account.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn rename_integration(&self, account: &str, change: &IntegrationChange) -> Result<Integration> {
        self.ask(Method::PUT, &["integrations", account]).body(change)?.json().await
    }

    /// Replaces an account's secrets.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn rotate(&self, account: &str, wanted: &Rotation) -> Result<Integration> {
        self.ask(Method::POST, &["integrations", account, "rotate"]).body(wanted)?.json().await
    }

    /// Disconnects an account.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn disconnect(&self, account: &str, query: &DisconnectQuery) -> Result<Disconnection> {
        self.ask(Method::DELETE, &["integrations", account]).query(query)?.json().await
    }

    /// An account's addresses.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn addresses(&self, account: &str) -> Result<Addresses> {
        self.ask(Method::GET, &["integrations", account, "addresses"]).json().await
    }

    /// Registers an address.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn register_address(&self, account: &str, wanted: &NewAddress) -> Result<Address> {
        self.ask(Method::POST, &["integrations", account, "addresses"]).body(wanted)?.json().await
    }

    /// Has an address checked once more.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn validate_address(&self, account: &str, id: &str, wanted: &NewValidation) -> Result<Address> {
        self.ask(Method::POST, &["integrations", account, "addresses", id, "validation"]).body(wanted)?.json().await
    }

    /// Deletes an address.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn delete_address(&self, account: &str, id: &str) -> Result<()> {
        self.ask(Method::DELETE, &["integrations", account, "addresses", id]).nothing().await
    }
}

/// Numbers.
impl Client {
    /// Where Twilio sells numbers.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn countries(&self, account: &str) -> Result<Countries> {
        self.ask(Method::GET, &["integrations", account, "countries"]).json().await
    }

    /// Numbers on sale.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn available_numbers(&self, account: &str, query: &MarketQuery) -> Result<Market> {
        self.ask(Method::GET, &["integrations", account, "available-numbers"]).query(query)?.json().await
    }

    /// An account's numbers.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn owned_numbers(&self, account: &str) -> Result<OwnedNumbers> {
        self.ask(Method::GET, &["integrations", account, "owned-numbers"]).json().await
    }

    /// Buys a number. Repeated with the same key it is the same purchase, which is paid once.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn buy(&self, account: &str, key: &str, wanted: &NewPurchase) -> Result<Purchase> {
        let asking = self.ask(Method::POST, &["integrations", account, "purchases"]).idempotent(key);
        asking.body(wanted)?.json().await
    }

    /// Where a purchase stands.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn purchase(&self, account: &str, id: &str) -> Result<Purchase> {
        self.ask(Method::GET, &["integrations", account, "purchases", id]).json().await
    }

    /// Makes a line of a number that the account had before.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn adopt(&self, account: &str, wanted: &NewAdoption) -> Result<Adoption> {
        self.ask(Method::POST, &["integrations", account, "adoptions"]).body(wanted)?.json().await
    }

    /// How many numbers there may be, and what they cost.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn number_plan(&self) -> Result<NumberPlan> {
        self.ask(Method::GET, &["plan"]).json().await
    }

    /// What of a line's number is not at Twilio as it should be.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn drift(&self, line: &str) -> Result<Drift> {
        self.ask(Method::GET, &["lines", line, "drift"]).json().await
    }

    /// Sets a line's number again as it should be.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn repair(&self, line: &str) -> Result<Drift> {
        self.ask(Method::POST, &["lines", line, "repair"]).json().await
    }

    /// Gives a line's number back, for good.
    ///
    /// # Errors
    /// [`super::ClientError`].
    pub async fn release(&self, line: &str, wanted: &Release) -> Result<Released> {
        self.ask(Method::POST, &["lines", line, "release"]).body(wanted)?.json().await
    }
}
