//! Amounts, as pages write them and reckon with them.

use api::Money;

/// An amount with its currency: `12.50 USD`.
pub(crate) fn said(money: &Money) -> String {
    format!("{} {}", money.amount, money.currency)
}

/// What is left of an amount when another is taken from it; nothing, if the two are of different currencies.
pub(crate) fn less(money: &Money, taken: &Money) -> Option<Money> {
    if money.currency != taken.currency {
        return None;
    }
    let left = millionths(&money.amount)?.checked_sub(millionths(&taken.amount)?)?;
    Some(Money { amount: written(left), currency: money.currency.clone() })
}

/// Whether an amount is below nothing.
pub(crate) fn is_negative(money: &Money) -> bool {
    millionths(&money.amount).is_some_and(|amount| amount < 0)
}

/// An amount as text, in millionths.
pub(crate) fn millionths(amount: &str) -> Option<i128> {
    let (sign, digits) = amount.strip_prefix('-').map_or((1, amount), |digits| (-1, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > 6 || !is_number(whole) || !is_number(part) {
        return None;
    }
    let part: i128 = format!("{part:0<6}").parse().ok()?;
    Some(sign * (whole.parse::<i128>().ok()?.checked_mul(1_000_000)?.checked_add(part)?))
}

/// With two decimals, or as many as say something.
fn written(millionths: i128) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let (whole, part) = (millionths.unsigned_abs() / 1_000_000, millionths.unsigned_abs() % 1_000_000);
    let part = format!("{part:06}");
    let (cents, finer) = part.split_at(2);
    format!("{sign}{whole}.{cents}{}", finer.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(amount: &str) -> Money {
        Money { amount: amount.to_owned(), currency: "USD".to_owned() }
    }

    #[test]
    fn what_is_left_is_exact() {
        for (has, costs, left) in [
            ("12.50", "1.15", "11.35"),
            ("20", "3.00", "17.00"),
            ("1.00", "1.15", "-0.15"),
            ("-2.5", "1", "-3.50"),
            ("0.0079", "0.0001", "0.0078"),
        ] {
            let found = less(&usd(has), &usd(costs)).unwrap();
            assert_eq!(said(&found), format!("{left} USD"));
            assert_eq!(is_negative(&found), left.starts_with('-'));
        }
        let euros = Money { amount: "1".to_owned(), currency: "EUR".to_owned() };
        assert_eq!(less(&usd("2"), &euros), None);
        assert_eq!(less(&usd("much"), &usd("1")), None);
    }
}
