use std::collections::HashMap;

use phone::PhoneNumber;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::Private;
use crate::value_set::value_set;

use super::client::Client;
use super::codes::CountryCode;
use super::error::Error;
use super::hosts::Product;
use super::number_kind::{Capabilities, NumberKind};
use super::pages::Pages;
use super::parameters::Parameters;
use super::read;

/// A country that has numbers on sale.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "WireCountry")]
pub struct Country {
    /// Which one.
    pub code: CountryCode,
    /// Its name in English.
    pub name: String,
    /// Whether all its numbers are new to Twilio's platform.
    pub beta: bool,
    /// Which kinds there are. To search for another one is not found (20404).
    pub kinds: Vec<NumberKind>,
}

#[derive(Deserialize)]
struct WireCountry {
    country_code: CountryCode,
    #[serde(default, deserialize_with = "read::or_default")]
    country: String,
    #[serde(default, deserialize_with = "read::or_default")]
    beta: bool,
    #[serde(default, deserialize_with = "read::structure")]
    subresource_uris: HashMap<String, IgnoredAny>,
}

impl From<WireCountry> for Country {
    fn from(read: WireCountry) -> Self {
        let mut kinds: Vec<NumberKind> = read.subresource_uris.keys().filter_map(|kind| kind.parse().ok()).collect();
        kinds.sort_unstable();
        Self { code: read.country_code, name: read.country, beta: read.beta, kinds }
    }
}

/// What to search for. Nothing set finds whatever there is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// An area code; in the United States and Canada alone.
    pub area_code: Option<u32>,
    /// A pattern of 2 to 16 digits, letters, `*` and `%`.
    pub contains: Option<Private>,
    /// Whether it can text.
    pub sms: Option<bool>,
    /// Whether it can call.
    pub voice: Option<bool>,
    /// Whether it can text pictures.
    pub mms: Option<bool>,
    /// A city.
    pub locality: Option<String>,
    /// A state, province or region.
    pub region: Option<String>,
    /// A postal code.
    pub postal_code: Option<String>,
    /// Leaves out what needs any address.
    pub exclude_all_address_required: Option<bool>,
    /// Leaves out what needs an address in the number's own area.
    pub exclude_local_address_required: Option<bool>,
    /// Leaves out what needs an address in another country.
    pub exclude_foreign_address_required: Option<bool>,
    /// Whether numbers that are new to Twilio's platform are wanted, too.
    pub beta: Option<bool>,
    /// How many; Twilio gives 50 unless told otherwise, and 1000 at most.
    pub page_size: Option<u16>,
}

value_set! {
    /// Which address a number needs.
    AddressRequirements {
        /// None.
        Nothing = "none",
        /// Any in the world.
        Any = "any",
        /// One in the number's country.
        Local = "local",
        /// One outside the number's country.
        Foreign = "foreign",
    }
}

/// A number on sale. Its price is that of its country and kind: [`Client::number_prices`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AvailableNumber {
    /// The number.
    #[serde(rename = "phone_number", deserialize_with = "read::required")]
    pub number: PhoneNumber,
    /// Its country.
    #[serde(rename = "iso_country")]
    pub country: CountryCode,
    /// A city.
    #[serde(default, deserialize_with = "read::optional")]
    pub locality: Option<String>,
    /// A state, province or region.
    #[serde(default, deserialize_with = "read::optional")]
    pub region: Option<String>,
    /// A postal code.
    #[serde(default, deserialize_with = "read::optional")]
    pub postal_code: Option<String>,
    /// Which address it needs. What Twilio does not say is taken as any: better one too many than a refusal.
    #[serde(default = "any_address", deserialize_with = "address_requirements")]
    pub address_requirements: AddressRequirements,
    /// Whether it is new to Twilio's platform.
    #[serde(default, deserialize_with = "read::or_default")]
    pub beta: bool,
    /// What it can do.
    #[serde(default, deserialize_with = "read::structure")]
    pub capabilities: Capabilities,
}

fn any_address() -> AddressRequirements {
    AddressRequirements::Any
}

fn address_requirements<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<AddressRequirements, D::Error> {
    Ok(read::optional(deserializer)?.unwrap_or_else(any_address))
}

impl Client {
    /// The countries that have numbers on sale.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn countries(&self) -> Result<Vec<Country>, Error> {
        let first = Parameters::new().with("PageSize", 1000).after(self.path("/AvailablePhoneNumbers.json"));
        Pages::new(self, Product::Api, "countries", first).all().await
    }

    /// One country and the kinds of numbers that it has.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn fetch_country(&self, country: &CountryCode) -> Result<Country, Error> {
        let path = self.path(format_args!("/AvailablePhoneNumbers/{country}.json"));
        self.get(Product::Api, path).await
    }

    /// Numbers on sale, one page of them.
    ///
    /// # Errors
    /// Any [`Error`]: not found when the country has no numbers of that kind.
    pub async fn search_numbers(
        &self,
        country: &CountryCode,
        kind: NumberKind,
        search: &Search,
    ) -> Result<Vec<AvailableNumber>, Error> {
        let query = Parameters::new()
            .with_any("AreaCode", search.area_code)
            .with_any("Contains", search.contains.as_ref().map(Private::as_str))
            .with_any("SmsEnabled", search.sms)
            .with_any("VoiceEnabled", search.voice)
            .with_any("MmsEnabled", search.mms)
            .with_any("InLocality", search.locality.as_ref())
            .with_any("InRegion", search.region.as_ref())
            .with_any("InPostalCode", search.postal_code.as_ref())
            .with_any("ExcludeAllAddressRequired", search.exclude_all_address_required)
            .with_any("ExcludeLocalAddressRequired", search.exclude_local_address_required)
            .with_any("ExcludeForeignAddressRequired", search.exclude_foreign_address_required)
            .with_any("Beta", search.beta)
            .with_any("PageSize", search.page_size);
        let path = self.path(format_args!("/AvailablePhoneNumbers/{country}/{}.json", kind.segment()));
        let page = Pages::new(self, Product::Api, "available_phone_numbers", query.after(path)).next().await?;
        Ok(page.unwrap_or_default())
    }
}
