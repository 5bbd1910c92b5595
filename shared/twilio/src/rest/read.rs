//! How answers are read: what matters must be there, the rest may be missing, `null`, empty or odd.
//!
//! Twilio writes numbers as texts and texts as numbers, and an absent value as `null` or as `""`.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::Private;
use crate::twiml::Method;

/// A text or a number, as it is written.
fn scalar(raw: &RawValue) -> Option<String> {
    match raw.get() {
        "null" => None,
        text if text.starts_with('"') => serde_json::from_str(text).ok(),
        text if text.starts_with(['{', '[']) => None,
        number => Some(number.to_owned()),
    }
}

fn read<'de, T: FromStr, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    let raw = Option::<Box<RawValue>>::deserialize(deserializer)?;
    Ok(raw.and_then(|raw| scalar(&raw)).filter(|text| !text.is_empty()).and_then(|text| text.parse().ok()))
}

/// What must be there. The error does not repeat what is.
pub(super) fn required<'de, T: FromStr, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    read(deserializer)?.ok_or_else(|| D::Error::custom("missing or odd"))
}

/// What may be missing. What cannot be read counts as missing.
pub(super) fn optional<'de, T: FromStr, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    read(deserializer)
}

/// What has a usual value.
pub(super) fn or_default<'de, T: FromStr + Default, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    Ok(read(deserializer)?.unwrap_or_default())
}

/// A structure that may be `null`.
pub(super) fn structure<'de, T: DeserializeOwned + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// An instant in either of Twilio's forms: RFC 2822 in the API of 2010, ISO 8601 in the later ones.
pub(super) fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    let text: Option<String> = read(deserializer)?;
    Ok(text.and_then(|text| text.parse().ok().or_else(|| rfc2822::DateTimeParser::new().parse_timestamp(&text).ok())))
}

/// An instant as Twilio's filters want it: `2015-07-30T23:19:04Z`.
pub(super) fn in_seconds(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `POST` unless it says otherwise.
pub(super) fn method<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Method, D::Error> {
    let word: Option<String> = read(deserializer)?;
    Ok(if word.is_some_and(|word| word.eq_ignore_ascii_case("GET")) { Method::Get } else { Method::Post })
}

pub(super) fn private<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Private, D::Error> {
    Ok(read::<String, D>(deserializer)?.map(Private::from).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Sample {
        #[serde(default, deserialize_with = "optional")]
        count: Option<u32>,
        #[serde(default, deserialize_with = "instant")]
        at: Option<Timestamp>,
        #[serde(default, deserialize_with = "or_default")]
        beta: bool,
    }

    fn sample(json: &str) -> Sample {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn numbers_in_any_clothes() {
        for json in [r#"{"count":3}"#, r#"{"count":"3"}"#] {
            assert_eq!(sample(json).count, Some(3), "{json}");
        }
        for json in ["{}", r#"{"count":null}"#, r#"{"count":""}"#, r#"{"count":"many"}"#, r#"{"count":{}}"#] {
            assert_eq!(sample(json).count, None, "{json}");
        }
    }

    #[test]
    fn instants_in_both_forms() {
        let expected: Timestamp = "2015-07-30T23:19:04Z".parse().unwrap();
        for json in [r#"{"at":"Thu, 30 Jul 2015 23:19:04 +0000"}"#, r#"{"at":"2015-07-30T23:19:04Z"}"#] {
            assert_eq!(sample(json).at, Some(expected), "{json}");
        }
        assert_eq!(sample(r#"{"at":"soon"}"#).at, None);
    }

    #[test]
    fn flags() {
        assert!(sample(r#"{"beta":true}"#).beta);
        assert!(!sample(r#"{"beta":null}"#).beta);
    }
}
