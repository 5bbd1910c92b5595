//! What Twilio sells, country by country: the kinds of numbers, their prices and what the law asks of who buys one.
//!
//! Numbers come from ranges that regulators keep for fiction (NANPA 555-01xx, Ofcom, BNetzA, PTS, ACMA); Norway has
//! none, its numbers are from blocks of no ordinary subscriber. Prices and requirements are believable, not current.
use serde::{Deserialize, Serialize};

use crate::money::Money;

mod ranges;

/// The kind of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberKind {
    /// Of a town.
    #[default]
    Local,
    /// Of a mobile network.
    Mobile,
    /// Free for the caller.
    TollFree,
    /// Of the country, not of a town.
    National,
}

impl NumberKind {
    pub(crate) const ALL: [Self; 4] = [Self::Local, Self::Mobile, Self::TollFree, Self::National];

    /// As subresources are called.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Local => "Local",
            Self::Mobile => "Mobile",
            Self::TollFree => "TollFree",
            Self::National => "National",
        }
    }

    /// As the Pricing API writes it: with a space.
    pub(crate) fn priced(self) -> &'static str {
        match self {
            Self::TollFree => "toll free",
            kind => kind.key(),
        }
    }

    /// As keys and regulations write it.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Mobile => "mobile",
            Self::TollFree => "toll_free",
            Self::National => "national",
        }
    }
}

/// Which address the buyer must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AddressRequirement {
    /// None.
    #[default]
    None,
    /// One anywhere.
    Any,
    /// One in the number's country.
    Local,
    /// One outside of it.
    Foreign,
}

impl AddressRequirement {
    /// Twilio's word.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Any => "any",
            Self::Local => "local",
            Self::Foreign => "foreign",
        }
    }
}

/// What a number is, costs, can do and asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// ISO code of the country.
    #[serde(skip)] // the number tells it
    pub country: &'static str,
    /// Its kind.
    pub kind: NumberKind,
    /// Price of a month.
    pub monthly: Money,
    /// Takes calls.
    pub voice: bool,
    /// Takes and sends texts.
    pub sms: bool,
    /// Takes and sends pictures.
    pub mms: bool,
    /// The address that its buyer needs.
    pub address: AddressRequirement,
    /// Its buyer needs an approved bundle.
    pub bundle: bool,
    /// Its buyer needs a verified identity.
    pub identity: bool,
    /// New to Twilio.
    pub beta: bool,
}

impl Terms {
    /// A number that asks for nothing and can call and text.
    pub(crate) const fn plain(country: &'static str, kind: NumberKind, cents: i64) -> Self {
        Self {
            country,
            kind,
            monthly: Money::of(cents * 100),
            voice: true,
            sms: true,
            mms: false,
            address: AddressRequirement::None,
            bundle: false,
            identity: false,
            beta: false,
        }
    }
}

impl Default for Terms {
    fn default() -> Self {
        Self::plain("", NumberKind::Local, 115)
    }
}

/// A country in which numbers are sold.
pub(crate) struct Country {
    pub(crate) iso: &'static str,
    pub(crate) name: &'static str,
    pub(crate) prefix: &'static str,
    /// A segment of a text to it.
    pub(crate) segment: Money,
    pub(crate) series: &'static [Series],
}

/// Numbers on the same terms.
pub(crate) struct Series {
    pub(crate) terms: Terms,
    pub(crate) ranges: &'static [Range],
}

/// Consecutive numbers, some of which are for sale.
pub(crate) struct Range {
    pub(crate) first: u64,
    pub(crate) span: u64,
    pub(crate) take: u64,
    pub(crate) place: Place,
}

/// Where a number is at home; empty where the country does not say.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Place {
    pub(crate) locality: &'static str,
    pub(crate) region: &'static str,
    pub(crate) postal_code: &'static str,
    pub(crate) rate_center: &'static str,
    pub(crate) lata: &'static str,
    pub(crate) position: Option<(f64, f64)>,
}

/// The countries, by code.
pub(crate) fn countries() -> &'static [Country] {
    &ranges::COUNTRIES
}

pub(crate) fn country(iso: &str) -> Option<&'static Country> {
    countries().iter().find(|country| country.iso == iso)
}

/// The country that a number is dialled in.
pub(crate) fn country_of(number: &str) -> Option<&'static Country> {
    countries().iter().find(|country| number.starts_with(country.prefix))
}

impl Country {
    /// The terms on which numbers of a kind are sold; None when there are none.
    pub(crate) fn terms(&self, kind: NumberKind) -> Option<Terms> {
        self.series.iter().map(|series| series.terms).find(|terms| terms.kind == kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_belong_to_their_country_and_do_not_overlap() {
        let mut seen = Vec::new();
        for country in countries() {
            for series in country.series {
                assert_eq!(series.terms.country, country.iso);
                for range in series.ranges {
                    assert!(format!("+{}", range.first).starts_with(country.prefix), "{}", range.first);
                    assert!(range.take <= range.span && range.take > 0, "{}", range.first);
                    let overlaps =
                        |(first, span): &(u64, u64)| range.first < first + span && *first < range.first + range.span;
                    assert!(!seen.iter().any(overlaps), "{}", range.first);
                    seen.push((range.first, range.span));
                }
            }
        }
    }

    #[test]
    fn kinds_by_country() {
        let kinds = |iso: &str| {
            NumberKind::ALL.map(|kind| country(iso).and_then(|country| country.terms(kind)).map(|_| kind.key()))
        };
        assert_eq!(kinds("US"), [Some("local"), None, Some("toll_free"), None]);
        assert_eq!(kinds("NO"), [Some("local"), Some("mobile"), None, None]);
        assert_eq!(kinds("GB"), [Some("local"), Some("mobile"), Some("toll_free"), Some("national")]);
        assert_eq!(kinds("DE"), [Some("local"), None, None, None]);
        assert!(country("DE").unwrap().terms(NumberKind::Local).unwrap().bundle);
        assert_eq!(country_of("+442079460000").unwrap().iso, "GB");
    }
}
