use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};

use super::read;

/// Why a text is not such a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{what} has {letters} letters")]
pub struct InvalidCode {
    what: &'static str,
    letters: usize,
}

macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $what:literal, $letters:literal) => {
        $(#[$doc])*
        /// Letters of any case are read, capitals are written.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $letters]);

        impl $name {
            /// In capitals.
            pub fn as_str(&self) -> &str {
                str::from_utf8(&self.0).unwrap_or_default()
            }
        }

        impl FromStr for $name {
            type Err = InvalidCode;

            fn from_str(text: &str) -> Result<Self, InvalidCode> {
                match <[u8; $letters]>::try_from(text.as_bytes()) {
                    Ok(letters) if letters.is_ascii() && letters.iter().all(u8::is_ascii_alphabetic) => {
                        Ok(Self(letters.map(|letter| letter.to_ascii_uppercase())))
                    }
                    _ => Err(InvalidCode { what: $what, letters: $letters }),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                read::required(deserializer)
            }
        }
    };
}

code! {
    /// A country, by the two letters of ISO 3166-1: `NO`. Safe as a path segment.
    CountryCode, "a country code", 2
}
code! {
    /// A currency, by the three letters of ISO 4217: `USD`.
    Currency, "a currency", 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        assert_eq!("no".parse::<CountryCode>().unwrap().as_str(), "NO");
        assert_eq!(format!("{:?}", "usd".parse::<Currency>().unwrap()), "USD");
        for text in ["", "N", "NOR", "N1", "N/", "ø"] {
            assert_eq!(text.parse::<CountryCode>().unwrap_err().to_string(), "a country code has 2 letters", "{text}");
        }
        assert!("US$".parse::<Currency>().is_err());
    }
}
