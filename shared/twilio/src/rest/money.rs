use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::codes::{Currency, InvalidCode};
use super::decimal::{Decimal, InvalidDecimal};

/// An exact amount of one currency. Amounts of two currencies have neither an order nor a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    amount: Decimal,
    currency: Currency,
}

/// Why a text is not [`Money`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidMoney {
    /// Not an amount, a space and a currency.
    #[error("money is an amount, a space and a currency")]
    NotTwoWords,
    /// What is wrong with the amount.
    #[error(transparent)]
    Amount(#[from] InvalidDecimal),
    /// What is wrong with the currency.
    #[error(transparent)]
    Currency(#[from] InvalidCode),
}

impl Money {
    /// So much of a currency.
    pub fn new(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// How much.
    pub fn amount(&self) -> Decimal {
        self.amount
    }

    /// Of what.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The sum; none of two currencies, and none beyond all that money is.
    pub fn checked_add(&self, other: &Self) -> Option<Self> {
        let sum = self.amount.checked_add(other.amount)?;
        (self.currency == other.currency).then(|| Self::new(sum, self.currency))
    }

    /// What is left; none of two currencies, and none beyond all that money is.
    pub fn checked_sub(&self, other: &Self) -> Option<Self> {
        let rest = self.amount.checked_sub(other.amount)?;
        (self.currency == other.currency).then(|| Self::new(rest, self.currency))
    }

    /// So many times as much; none beyond all that money is.
    pub fn times(&self, count: u32) -> Option<Self> {
        self.amount.times(count).map(|amount| Self::new(amount, self.currency))
    }
}

/// None between two currencies: neither `<=` nor `>` holds, so ask for what is needed to spend, never for what forbids
/// it.
impl PartialOrd for Money {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self.currency == other.currency).then(|| self.amount.cmp(&other.amount))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

impl FromStr for Money {
    type Err = InvalidMoney;

    fn from_str(text: &str) -> Result<Self, InvalidMoney> {
        let (amount, currency) = text.split_once(' ').ok_or(InvalidMoney::NotTwoWords)?;
        Ok(Self::new(amount.parse()?, currency.parse()?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn texts() {
        assert_eq!(money("1.15 USD").to_string(), "1.15 USD");
        assert_eq!(money("1.150 usd"), money("1.15 USD"));
        assert_eq!("1.15".parse::<Money>(), Err(InvalidMoney::NotTwoWords));
        assert!(matches!("1,15 USD".parse::<Money>(), Err(InvalidMoney::Amount(_))));
        assert!(matches!("1.15 US".parse::<Money>(), Err(InvalidMoney::Currency(_))));
    }

    #[test]
    fn two_currencies_have_no_order_and_no_sum() {
        let (usd, eur) = (money("1.00 USD"), money("2.00 EUR"));
        assert_eq!(usd.partial_cmp(&eur), None);
        assert_eq!((usd.checked_add(&eur), usd.checked_sub(&eur)), (None, None));
    }

    fn amount() -> impl Strategy<Value = String> {
        "-?[0-9]{1,15}\\.[0-9]{1,12}"
    }

    proptest! {
        #[test]
        fn sums_are_exact(a in amount(), b in amount(), count in 0..100_u32) {
            let (a, b) = (money(&format!("{a} USD")), money(&format!("{b} USD")));
            let sum = a.checked_add(&b).unwrap();
            prop_assert_eq!(sum.checked_sub(&b), Some(a));
            prop_assert_eq!(b.checked_add(&a), Some(sum));
            let zero = money("0 USD");
            let added = (0..count).try_fold(zero, |so_far, _| so_far.checked_add(&a));
            prop_assert_eq!(a.times(count), added);
            prop_assert_eq!(a < b, a.checked_sub(&b).unwrap() < zero);
            prop_assert_eq!(money(&sum.to_string()), sum);
        }
    }
}
