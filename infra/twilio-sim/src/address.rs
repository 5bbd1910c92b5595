//! Postal addresses, and how far Twilio believes them.
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// An address that an account registered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Address {
    pub(crate) sid: String,
    pub(crate) account: String,
    pub(crate) friendly_name: String,
    pub(crate) emergency: bool,
    pub(crate) place: Postal,
    pub(crate) created: Duration,
    pub(crate) updated: Duration,
}

/// What stands on the envelope.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Postal {
    pub(crate) customer_name: String,
    pub(crate) street: String,
    pub(crate) street_secondary: String,
    pub(crate) city: String,
    pub(crate) region: String,
    pub(crate) postal_code: String,
    pub(crate) iso_country: String,
}

impl Postal {
    /// As Twilio would write it: no stray spaces, codes and states in capitals, cities with a capital letter.
    pub(crate) fn corrected(&self) -> Self {
        let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut postal_code = spaced(&self.postal_code).to_uppercase();
        // 111 22 is how Sweden writes it, 11122 how people type it
        if self.iso_country == "SE" && postal_code.len() == 5 && all_digits(&postal_code) {
            postal_code.insert(3, ' ');
        }
        let region = spaced(&self.region);
        let capital = |text: String| {
            let mut letters = text.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
        };
        Self {
            customer_name: self.customer_name.clone(),
            street: spaced(&self.street),
            street_secondary: spaced(&self.street_secondary),
            city: capital(spaced(&self.city)),
            region: if region.len() == 2 { region.to_uppercase() } else { region },
            postal_code,
            iso_country: self.iso_country.clone(),
        }
    }

    /// False when it cannot exist: a street without a house number, a postal code of another country.
    pub(crate) fn is_plausible(&self) -> bool {
        let code = self.postal_code.as_str();
        let fits = match self.iso_country.as_str() {
            "NO" | "AU" => code.len() == 4 && all_digits(code),
            "DE" => code.len() == 5 && all_digits(code),
            "US" => {
                let (five, more) = code.split_once('-').unwrap_or((code, "0000"));
                five.len() == 5 && all_digits(five) && more.len() == 4 && all_digits(more)
            }
            "SE" => code.split_once(' ').is_some_and(|(left, right)| {
                left.len() == 3 && all_digits(left) && right.len() == 2 && all_digits(right)
            }),
            "GB" => code.split_once(' ').is_some_and(|(outward, inward)| {
                (2..=4).contains(&outward.len())
                    && outward.starts_with(|letter: char| letter.is_ascii_uppercase())
                    && inward.len() == 3
                    && inward.starts_with(|digit: char| digit.is_ascii_digit())
            }),
            // a country whose addresses Twilio does not check
            _ => return true,
        };
        fits && self.street.bytes().any(|byte| byte.is_ascii_digit())
    }

    /// True in the countries whose addresses are checked.
    pub(crate) fn is_checked(&self) -> bool {
        matches!(self.iso_country.as_str(), "NO" | "AU" | "DE" | "US" | "SE" | "GB")
    }

    /// On one line, for a suggestion.
    pub(crate) fn line(&self) -> String {
        format!("{}, {}, {}, {}, {}", self.street, self.city, self.region, self.postal_code, self.iso_country)
    }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn postal(street: &str, city: &str, region: &str, postal_code: &str, iso_country: &str) -> Postal {
        let [street, city, region, postal_code, iso_country] =
            [street, city, region, postal_code, iso_country].map(str::to_owned);
        Postal { street, city, region, postal_code, iso_country, ..Postal::default() }
    }

    fn check(address: [&str; 5], corrected: Option<&str>) {
        let [street, city, region, code, country] = address;
        let found = postal(street, city, region, code, country).corrected();
        assert_eq!(found.is_plausible().then(|| found.line()).as_deref(), corrected, "{address:?}");
    }

    #[test]
    fn corrections() {
        check(["Karl Johans gate 1", "oslo", "Oslo", "0154", "NO"], Some("Karl Johans gate 1, Oslo, Oslo, 0154, NO"));
        check(["1  Main St", "san Francisco", "ca", "94105", "US"], Some("1 Main St, San Francisco, CA, 94105, US"));
        check(["1 Main St", "Oakland", "CA", "94607-1234", "US"], Some("1 Main St, Oakland, CA, 94607-1234, US"));
        check(
            ["Vasagatan 1", "Stockholm", "Stockholm", "11120", "SE"],
            Some("Vasagatan 1, Stockholm, Stockholm, 111 20, SE"),
        );
        check(
            ["10 Downing St", "London", "England", "sw1a 2aa", "GB"],
            Some("10 Downing St, London, England, SW1A 2AA, GB"),
        );
        check(["Somewhere", "Reykjavik", "", "101", "IS"], Some("Somewhere, Reykjavik, , 101, IS"));
    }

    #[test]
    fn impossible_ones() {
        check(["Karl Johans gate", "Oslo", "Oslo", "0154", "NO"], None);
        check(["Karl Johans gate 1", "Oslo", "Oslo", "01545", "NO"], None);
        check(["1 Main St", "Oakland", "CA", "ABCDE", "US"], None);
        check(["Unter den Linden 1", "Berlin", "BE", "1011", "DE"], None);
        check(["10 Downing St", "London", "England", "12345", "GB"], None);
        check(["1 George St", "Sydney", "NSW", "20000", "AU"], None);
    }
}
