//! What a page costs, about, so that a day's spending can be bounded before Twilio's bill is known.
//!
//! Twilio's prices differ by country and change; these are round numbers above those of the countries that they stand
//! for, in millionths of the account's currency, so that a cap is reached too early rather than too late. They are our own
//! and deliberately high; what Twilio asks in the end stands in its resources and on its bill (decision 0030).

use phone::PhoneNumber;
use twilio::segments::Segments;

/// A segment to the United States or Canada, with what its carriers add.
const SEGMENT_IN_ZONE_1: u64 = 15_000;
/// A segment anywhere else.
const SEGMENT: u64 = 100_000;
/// A call of a minute or two to the United States or Canada.
const CALL_IN_ZONE_1: u64 = 30_000;
/// The same to anywhere else.
const CALL: u64 = 200_000;

/// A text.
pub(crate) fn text(body: &str, to: &PhoneNumber) -> u64 {
    let segment = if to.calling_code() == "1" { SEGMENT_IN_ZONE_1 } else { SEGMENT };
    segment.saturating_mul(u64::try_from(Segments::of(body).count).unwrap_or(u64::MAX))
}

/// A call.
pub(crate) fn call(to: &PhoneNumber) -> u64 {
    if to.calling_code() == "1" { CALL_IN_ZONE_1 } else { CALL }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_costs_by_its_segments_and_its_country() {
        let (oslo, new_york) = ("+4791000001".parse().unwrap(), "+12025550104".parse().unwrap());
        let long = "a".repeat(161);
        assert_eq!([text("Down", &oslo), text(&long, &oslo), call(&oslo)], [100_000, 200_000, 200_000]);
        assert_eq!([text("Down", &new_york), text(&long, &new_york), call(&new_york)], [15_000, 30_000, 30_000]);
    }
}
