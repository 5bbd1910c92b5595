use serde::Deserialize;

use crate::{AddressSid, Private};

use super::client::Client;
use super::codes::CountryCode;
use super::error::Error;
use super::hosts::Product;
use super::pages::Pages;
use super::parameters::Parameters;
use super::read;

/// A postal address to register. Many countries sell numbers only to those who have one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAddress {
    /// A person or a business.
    pub customer_name: Private,
    /// Street and number.
    pub street: Private,
    /// A second line: a floor, a suite.
    pub street_secondary: Option<Private>,
    /// City.
    pub city: String,
    /// State, province or region.
    pub region: String,
    /// Postal code.
    pub postal_code: Private,
    /// Country.
    pub country: CountryCode,
    /// What to call it.
    pub friendly_name: Option<String>,
    /// Whether Twilio may replace it by what it thinks was meant. Otherwise it refuses and suggests (21629).
    pub auto_correct: bool,
}

/// A registered postal address.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Address {
    /// Which one.
    #[serde(deserialize_with = "read::required")]
    pub sid: AddressSid,
    /// A person or a business.
    #[serde(default, deserialize_with = "read::private")]
    pub customer_name: Private,
    /// Street and number, perhaps corrected.
    #[serde(default, deserialize_with = "read::private")]
    pub street: Private,
    /// A second line.
    #[serde(default, deserialize_with = "read::private")]
    pub street_secondary: Private,
    /// City.
    #[serde(default, deserialize_with = "read::or_default")]
    pub city: String,
    /// State, province or region.
    #[serde(default, deserialize_with = "read::or_default")]
    pub region: String,
    /// Postal code.
    #[serde(default, deserialize_with = "read::private")]
    pub postal_code: Private,
    /// Country.
    #[serde(rename = "iso_country")]
    pub country: CountryCode,
    /// What it is called.
    #[serde(default, deserialize_with = "read::optional")]
    pub friendly_name: Option<String>,
    /// Whether Twilio knows that there is such an address.
    #[serde(default, deserialize_with = "read::or_default")]
    pub validated: bool,
    /// Whether Twilio has seen a document for it.
    #[serde(default, deserialize_with = "read::or_default")]
    pub verified: bool,
}

impl Client {
    /// Registers an address. One that is registered twice is two addresses.
    ///
    /// # Errors
    /// Any [`Error`]: refused with 21628 when there is no such address, with 21629 when Twilio suggests another one.
    pub async fn create_address(&self, address: &NewAddress) -> Result<Address, Error> {
        let form = Parameters::new()
            .with("CustomerName", address.customer_name.as_str())
            .with("Street", address.street.as_str())
            .with_any("StreetSecondary", address.street_secondary.as_ref().map(Private::as_str))
            .with("City", &address.city)
            .with("Region", &address.region)
            .with("PostalCode", address.postal_code.as_str())
            .with("IsoCountry", address.country)
            .with_any("FriendlyName", address.friendly_name.as_ref())
            .with("AutoCorrectAddress", address.auto_correct);
        self.post(self.path("/Addresses.json"), form).await
    }

    /// All registered addresses.
    pub fn addresses(&self) -> Pages<'_, Address> {
        let first = Parameters::new().with("PageSize", 1000).after(self.path("/Addresses.json"));
        Pages::new(self, Product::Api, "addresses", first)
    }

    /// One address.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn fetch_address(&self, address: &AddressSid) -> Result<Address, Error> {
        let path = self.path(format_args!("/Addresses/{address}.json"));
        self.get(Product::Api, path).await
    }

    /// Sends an address to Twilio as it has it, so that it is checked once more; corrected, if it may be.
    ///
    /// # Errors
    /// Any [`Error`]: refused as [`Self::create_address`] is.
    pub async fn check_address(&self, address: &Address, auto_correct: bool) -> Result<Address, Error> {
        let secondary = Some(address.street_secondary.as_str()).filter(|text| !text.is_empty());
        let form = Parameters::new()
            .with("CustomerName", address.customer_name.as_str())
            .with("Street", address.street.as_str())
            .with_any("StreetSecondary", secondary)
            .with("City", &address.city)
            .with("Region", &address.region)
            .with("PostalCode", address.postal_code.as_str())
            .with("AutoCorrectAddress", auto_correct);
        let path = self.path(format_args!("/Addresses/{}.json", address.sid));
        self.post(path, form).await
    }

    /// Removes an address.
    ///
    /// # Errors
    /// Any [`Error`]: refused while a number uses it, not found when it is gone already.
    pub async fn delete_address(&self, address: &AddressSid) -> Result<(), Error> {
        let path = self.path(format_args!("/Addresses/{address}.json"));
        self.delete(path).await
    }
}
