//! Amounts of money, exact.
use std::{
    fmt,
    ops::{Mul, SubAssign},
};

use serde::{Deserialize, Serialize};

/// An amount in ten-thousandths of the account's currency; written as Twilio writes it, `1.15` or `0.0079`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Money(i64);

impl Money {
    /// So many ten-thousandths.
    pub const fn of(ten_thousandths: i64) -> Self {
        Self(ten_thousandths)
    }

    /// A decimal with at most four places.
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<i64>().ok()).flatten();
        if part.len() > 4 {
            return None;
        }
        let whole = number(whole)?.checked_mul(10_000)?;
        Some(Self(sign * whole.checked_add(number(&format!("{part:0<4}"))?)?))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let amount = self.0.unsigned_abs();
        let text = format!("{sign}{}.{:04}", amount / 10_000, amount % 10_000);
        let short = text.strip_suffix("00").or_else(|| text.strip_suffix('0')).unwrap_or(&text);
        f.write_str(short)
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Mul<u64> for Money {
    type Output = Self;

    fn mul(self, times: u64) -> Self {
        Self(self.0.saturating_mul(i64::try_from(times).unwrap_or(i64::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, ten_thousandths: i64, written: &str) {
        assert_eq!(Money::parse(text), Some(Money::of(ten_thousandths)), "{text}");
        assert_eq!(Money::of(ten_thousandths).to_string(), written);
    }

    #[test]
    fn read_and_written() {
        check("1.15", 11_500, "1.15");
        check("3", 30_000, "3.00");
        check("0.0079", 79, "0.0079");
        check("0.085", 850, "0.085");
        check("-0.5", -5_000, "-0.50");
        for wrong in ["", "1.23456", "one", "1.-5", "--1"] {
            assert_eq!(Money::parse(wrong), None, "{wrong}");
        }
    }
}
