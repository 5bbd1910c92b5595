use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};

use super::read;

/// An exact decimal number: at most 18 digits before the point and 12 after it, as prices are written. No float is
/// near it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i128);

/// Why a text is not a [`Decimal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidDecimal {
    /// Something else than a sign, digits and a point; an exponent, a thousands separator.
    #[error("a decimal number has digits and at most one point")]
    NotANumber,
    /// It would have to be rounded.
    #[error("a decimal number has at most 18 digits before the point and 12 after it")]
    TooLong,
}

const MOST_WHOLE: usize = 18;
const MOST_DECIMALS: usize = 12;
const ONE: i128 = 10_i128.pow(MOST_DECIMALS as u32);

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The sum; none beyond all that money is.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// What is left; none beyond all that money is.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// So many times as much; none beyond all that money is.
    pub fn times(self, count: u32) -> Option<Self> {
        self.0.checked_mul(count.into()).map(Self)
    }

    /// Without its sign: Twilio writes what a call or a text has cost with a minus.
    pub fn magnitude(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// Whether it is less than nothing.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }
}

impl FromStr for Decimal {
    type Err = InvalidDecimal;

    fn from_str(text: &str) -> Result<Self, InvalidDecimal> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(decimals) || (whole.is_empty() && decimals.is_empty()) {
            return Err(InvalidDecimal::NotANumber);
        }
        let (whole, decimals) = (whole.trim_start_matches('0'), decimals.trim_end_matches('0'));
        if whole.len() > MOST_WHOLE || decimals.len() > MOST_DECIMALS {
            return Err(InvalidDecimal::TooLong);
        }
        let units = format!("0{whole}{decimals:0<MOST_DECIMALS$}").parse::<i128>();
        let units = units.map_err(|_| InvalidDecimal::NotANumber)?;
        Ok(Self(if negative { -units } else { units }))
    }
}

/// At least two decimals, more if they are not zero.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = self.0.unsigned_abs();
        let (whole, decimals) = (units / ONE.unsigned_abs(), units % ONE.unsigned_abs());
        let decimals = format!("{decimals:0MOST_DECIMALS$}");
        let decimals = decimals.trim_end_matches('0');
        write!(f, "{}{whole}.{decimals:0<2}", if self.0 < 0 { "-" } else { "" })
    }
}

/// From a text or a number, read as it is written.
impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read::required(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, InvalidDecimal>) {
        let shown = text.parse::<Decimal>().map(|decimal| decimal.to_string());
        assert_eq!(shown, expected.map(str::to_owned), "{text}");
    }

    #[test]
    fn texts() {
        use InvalidDecimal::*;
        check("1.00", Ok("1.00"));
        check("1", Ok("1.00"));
        check("1.15", Ok("1.15"));
        check("-0.00750", Ok("-0.0075"));
        check("+3.5", Ok("3.50"));
        check(".5", Ok("0.50"));
        check("5.", Ok("5.00"));
        check("-0", Ok("0.00"));
        check("000000000000000000000001.1000000000000000000", Ok("1.10"));
        check("999999999999999999.999999999999", Ok("999999999999999999.999999999999"));
        check("1000000000000000000", Err(TooLong));
        check("0.0000000000001", Err(TooLong));
        for text in ["", ".", "-", "+-1", "--1", "1,00", "1e3", "1.0.0", " 1", "٣", "NaN"] {
            check(text, Err(NotANumber));
        }
    }

    #[test]
    fn json_texts_and_numbers_are_the_same() {
        for json in ["1.15", "\"1.15\"", "1.150"] {
            let decimal: Decimal = serde_json::from_str(json).unwrap();
            assert_eq!(decimal, "1.15".parse().unwrap(), "{json}");
        }
        // a float would have lost the last digit
        let long: Decimal = serde_json::from_str("123456789012345678.123456789012").unwrap();
        assert_eq!(long.to_string(), "123456789012345678.123456789012");
        assert!(serde_json::from_str::<Decimal>("null").is_err());
    }

    /// Cents, in a range in which arithmetic on integers is a trustworthy second opinion.
    fn cents() -> impl Strategy<Value = i64> {
        -1_000_000_000_000..1_000_000_000_000_i64
    }

    fn decimal(cents: i64) -> Decimal {
        let sign = if cents < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100).parse().unwrap()
    }

    proptest! {
        #[test]
        fn written_and_read_back(text in "-?[0-9]{1,18}\\.[0-9]{0,12}") {
            let read: Decimal = text.parse().unwrap();
            prop_assert_eq!(read.to_string().parse::<Decimal>(), Ok(read));
        }

        #[test]
        fn ordered_and_added_like_cents(a in cents(), b in cents(), count in 0..1000_u32) {
            prop_assert_eq!(decimal(a).cmp(&decimal(b)), a.cmp(&b));
            prop_assert_eq!(decimal(a).checked_add(decimal(b)), Some(decimal(a + b)));
            prop_assert_eq!(decimal(a).checked_sub(decimal(b)), Some(decimal(a - b)));
            prop_assert_eq!(decimal(a).times(count), Some(decimal(a * i64::from(count))));
            prop_assert_eq!(decimal(a).magnitude(), decimal(a.abs()));
            prop_assert_eq!(decimal(a).is_negative(), a < 0);
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*") {
            if let Ok(read) = text.parse::<Decimal>() {
                prop_assert!(text.bytes().all(|b| b.is_ascii_digit() || b"+-.".contains(&b)), "{} {}", text, read);
            }
        }
    }
}
