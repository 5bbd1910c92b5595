use serde::Deserialize;

use super::client::Client;
use super::codes::{CountryCode, Currency};
use super::decimal::Decimal;
use super::error::Error;
use super::hosts::Product;
use super::money::Money;
use super::number_kind::NumberKind;
use super::read;

/// What numbers of a country cost each month. No number has a price of its own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "WirePrices")]
pub struct NumberPrices {
    /// The country.
    pub country: CountryCode,
    /// One price for each kind; kinds that we do not know are left out.
    pub prices: Vec<NumberPrice>,
}

/// What a kind of number costs each month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberPrice {
    /// Which kind.
    pub kind: NumberKind,
    /// The list price.
    pub base: Money,
    /// What this account pays.
    pub current: Money,
}

impl NumberPrices {
    /// The price of a kind; none if Twilio names none, which is not the same as free.
    pub fn of(&self, kind: NumberKind) -> Option<&NumberPrice> {
        self.prices.iter().find(|price| price.kind == kind)
    }
}

#[derive(Deserialize)]
struct WirePrices {
    iso_country: CountryCode,
    price_unit: Currency,
    #[serde(default, deserialize_with = "read::structure")]
    phone_number_prices: Vec<WirePrice>,
}

#[derive(Deserialize)]
struct WirePrice {
    #[serde(default, deserialize_with = "read::optional")]
    number_type: Option<NumberKind>,
    base_price: Decimal,
    current_price: Decimal,
}

impl From<WirePrices> for NumberPrices {
    fn from(read: WirePrices) -> Self {
        let money = |amount| Money::new(amount, read.price_unit);
        let price = |price: WirePrice| {
            let (base, current) = (money(price.base_price), money(price.current_price));
            Some(NumberPrice { kind: price.number_type?, base, current })
        };
        let prices = read.phone_number_prices.into_iter().filter_map(price).collect();
        Self { country: read.iso_country, prices }
    }
}

impl Client {
    /// What numbers of a country cost each month.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn number_prices(&self, country: &CountryCode) -> Result<NumberPrices, Error> {
        self.get(Product::Pricing, format!("/v1/PhoneNumbers/Countries/{country}")).await
    }
}
