/// How many digits the country calling code at the front of `digits` has.
///
/// Source: ITU-T, List of ITU-T Recommendation E.164 assigned country codes. World zones 1 and 7 are
/// one code each; the two-digit codes are listed; every other code, assigned or spare, has three.
pub(crate) fn length(digits: &str) -> usize {
    let mut front = digits.bytes();
    match (front.next(), front.next()) {
        (Some(b'1' | b'7'), _) => 1,
        (Some(b'2'), Some(b'0' | b'7'))
        | (Some(b'3'), Some(b'0'..=b'4' | b'6' | b'9'))
        | (Some(b'4'), Some(b'0' | b'1' | b'3'..=b'9'))
        | (Some(b'5'), Some(b'1'..=b'8'))
        | (Some(b'6'), Some(b'0'..=b'6'))
        | (Some(b'8'), Some(b'1' | b'2' | b'4' | b'6'))
        | (Some(b'9'), Some(b'0'..=b'5' | b'8')) => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn codes_of_each_length() {
        for (number, length) in [
            ("14155550100", 1),
            ("79161234567", 1),
            ("201001234567", 2),
            ("4791234589", 2),
            ("442071838750", 2),
            ("8613812345678", 2),
            ("35312345678", 3),
            ("358401234567", 3),
            ("3725123456", 3),
            ("420601123456", 3),
            ("85212345678", 3),
            ("97150123456", 3),
        ] {
            assert_eq!(super::length(number), length, "{number}");
        }
    }
}
