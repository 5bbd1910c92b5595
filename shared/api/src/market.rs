//! Numbers that Twilio has on sale.

use serde::{Deserialize, Serialize};

use crate::{Money, Number};

/// What kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NumberKind {
    /// Of a town.
    Local,
    /// Of a mobile network.
    Mobile,
    /// Free for the caller.
    TollFree,
    /// Of the country.
    National,
}

/// Countries in which Twilio sells numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "items": [{"country": "NO", "name": "Norway", "kinds": ["local", "mobile"], "beta": false}],
}))))]
pub struct Countries {
    /// The countries, by name.
    pub items: Vec<Country>,
}

/// A country in which Twilio sells numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Country {
    /// ISO 3166 code.
    pub country: String,
    /// Its name in English.
    pub name: String,
    /// The kinds of numbers that there are.
    pub kinds: Vec<NumberKind>,
    /// Whether all its numbers are new to Twilio.
    pub beta: bool,
}

/// Which numbers to look for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct MarketQuery {
    /// ISO 3166 code of the country.
    #[cfg_attr(feature = "openapi", param(pattern = "^[A-Z]{2}$"))]
    pub country: String,
    /// What kind of number.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "openapi", param(rename = "type", inline))]
    pub kind: NumberKind,
    /// Whether it can be called.
    #[serde(default)]
    pub voice: Option<bool>,
    /// Whether it can text.
    #[serde(default)]
    pub sms: Option<bool>,
    /// 2 to 16 digits, letters, `*` and `%`.
    #[serde(default)]
    pub contains: Option<String>,
    /// An area code, in the United States and Canada.
    #[serde(default)]
    pub area_code: Option<u32>,
    /// A city.
    #[serde(default)]
    pub locality: Option<String>,
    /// A state, province or region.
    #[serde(default)]
    pub region: Option<String>,
    /// A postal code.
    #[serde(default)]
    pub postal_code: Option<String>,
    /// How many: 1 to 200, 30 if absent.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u16>,
}

/// What was found, and what it takes to buy one of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "items": [{
        "number": "+4721000000", "country": "NO", "type": "local", "locality": "Oslo", "region": null,
        "voice": true, "sms": false, "beta": false, "monthly_price": {"amount": "3.00", "currency": "USD"},
        "address_requirement": "local", "buyable": false,
        "obstacles": ["It needs an address in its own country; this account has none."], "addresses": [], "bundles": [],
    }],
}))))]
pub struct Market {
    /// The numbers.
    pub items: Vec<AvailableNumber>,
}

/// A number on sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AvailableNumber {
    /// The number.
    pub number: Number,
    /// ISO 3166 code of its country.
    pub country: String,
    /// What kind of number it is.
    #[serde(rename = "type")]
    pub kind: NumberKind,
    /// Its city, if it has one.
    pub locality: Option<String>,
    /// Its state, province or region.
    pub region: Option<String>,
    /// Whether it can be called.
    pub voice: bool,
    /// Whether it can text.
    pub sms: bool,
    /// Whether it is new to Twilio.
    pub beta: bool,
    /// What it costs a month, to be echoed when it is bought; null if Twilio does not say.
    pub monthly_price: Option<Money>,
    /// Which address it needs, in Twilio's word: `none`, `any`, `local`, `foreign`.
    pub address_requirement: String,
    /// Whether it can be bought now.
    pub buyable: bool,
    /// What stands against it, in words.
    pub obstacles: Vec<String>,
    /// Addresses of this account that would do.
    pub addresses: Vec<String>,
    /// Approved bundles of this account that would do.
    pub bundles: Vec<String>,
}
