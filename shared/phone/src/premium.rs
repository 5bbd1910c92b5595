/// Where a call or a text earns somebody money, by the beginnings of such numbers: premium rate, revenue share, personal
/// numbers and televoting; and satellites, which cost as much.
///
/// Source: the numbering plans that national regulators deposit with the ITU (E.164 National Numbering Plans). A range
/// that is not listed is the carrier's knowledge; that the list is short refuses no ordinary phone.
#[rustfmt::skip] // a comment stays above its numbers
const BEGINNINGS: [&str; 55] = [
    // of no country: international premium and shared cost, personal numbers, satellites
    "979", "808", "878", "870", "881", "882", "883",
    // North America, Russia
    "1900", "7809",
    // Norway, Sweden, Denmark, Finland, Iceland
    "4782", "46900", "46939", "46944", "4699", "4590", "358600", "358700", "35490",
    // United Kingdom, Ireland
    "4470", "4484", "4487", "449", "35315",
    // Germany, Austria, Switzerland
    "49137", "49180", "49190", "49900", "43900", "43901", "43930", "43931", "43939", "41900", "41901", "41906",
    // France, Spain, Portugal, Italy
    "3389", "34803", "34806", "34807", "34905", "35160", "35176", "39892", "39894", "39895", "39899",
    // Netherlands, Belgium, Poland, Czechia
    "31900", "31906", "31909", "3290", "4870", "42090",
    // Australia, New Zealand, Japan
    "61190", "64900", "81990",
];

/// Whether `digits` begin like a number that earns somebody money.
pub(crate) fn is_premium(digits: &str) -> bool {
    BEGINNINGS.iter().any(|beginning| digits.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    #[test]
    fn premium_numbers_and_ordinary_ones_beside_them() {
        for premium in ["19005550100", "4782912345", "449098790123", "447012345678", "3389123456", "979123456789"] {
            assert!(super::is_premium(premium), "{premium}");
        }
        for ordinary in ["14155550100", "4791234589", "447700900123", "33612345678", "46701234567", "420972123456"] {
            assert!(!super::is_premium(ordinary), "{ordinary}");
        }
    }
}
