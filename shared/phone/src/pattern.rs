use std::fmt;
use std::str::FromStr;

use crate::{PhoneNumber, masked};

/// A number with wildcards, as people write it in a block list: `+47*` (a country), `*1234` (an
/// ending), `+4721000*00` (a range), `+4721000000` (one number).
///
/// `*` stands for any number of digits, also none. A pattern has at least one digit, so that no
/// entry can block everybody; without a star it is a whole [`PhoneNumber`]; it begins with `+` or
/// `*`. Matching is linear in the length of the number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NumberPattern(Box<str>);

/// Why a text is not a [`NumberPattern`]. It never repeats the text, which may be a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidPattern {
    /// Neither `+` nor `*` at the front: the digits could be a country's or an ending's.
    #[error("a pattern begins with + or *")]
    BadStart,
    /// A character other than a digit or a star.
    #[error("a pattern has only digits and *, character {position} is neither")]
    BadCharacter {
        /// Which character it is, counted from one.
        position: usize,
    },
    /// Nothing but stars: it would match every number.
    #[error("a pattern has at least one digit")]
    MatchesEverything,
    /// More digits than a number can have, so that it would match none.
    #[error("a pattern has at most 15 digits, this has {digits}")]
    TooLong {
        /// How many digits there are.
        digits: usize,
    },
    /// No country code begins with zero, so that it would match no number.
    #[error("a country code does not begin with 0")]
    LeadingZero,
    /// There is no star, and the text is not a phone number either.
    #[error("a pattern without * is a whole phone number")]
    NotANumber(#[source] crate::InvalidNumber),
}

impl NumberPattern {
    /// The pattern as it was written, runs of stars joined into one. It can be a whole number: not
    /// for a log.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the whole of `number` fits the pattern.
    pub fn matches(&self, number: &PhoneNumber) -> bool {
        let number = number.as_e164();
        let Some((front, after_first_star)) = self.0.split_once('*') else {
            return *number == *self.0;
        };
        let (middle, back) = after_first_star.rsplit_once('*').unwrap_or(("", after_first_star));
        let Some(between) = number.strip_prefix(front).and_then(|rest| rest.strip_suffix(back)) else {
            return false;
        };
        // the earliest place for each part leaves the most for those after it, so one pass decides
        let mut rest = between;
        middle.split('*').filter(|part| !part.is_empty()).all(|part| match rest.split_once(part) {
            Some((_, after)) => {
                rest = after;
                true
            }
            None => false,
        })
    }
}

impl FromStr for NumberPattern {
    type Err = InvalidPattern;

    fn from_str(text: &str) -> Result<Self, InvalidPattern> {
        if !text.starts_with(['+', '*']) {
            return Err(InvalidPattern::BadStart);
        }
        let strange = |(place, c): (usize, char)| match c {
            '0'..='9' | '*' => None,
            '+' if place == 0 => None,
            _ => Some(place + 1),
        };
        if let Some(position) = text.chars().enumerate().find_map(strange) {
            return Err(InvalidPattern::BadCharacter { position });
        }
        match text.bytes().filter(u8::is_ascii_digit).count() {
            0 => return Err(InvalidPattern::MatchesEverything),
            digits if digits > PhoneNumber::MAX_DIGITS => {
                return Err(InvalidPattern::TooLong { digits });
            }
            _ => {}
        }
        if text.starts_with("+0") {
            return Err(InvalidPattern::LeadingZero);
        }
        if !text.contains('*') {
            text.parse::<PhoneNumber>().map_err(InvalidPattern::NotANumber)?;
        }
        let mut joined = String::with_capacity(text.len());
        for c in text.chars() {
            if c != '*' || !joined.ends_with('*') {
                joined.push(c);
            }
        }
        Ok(Self(joined.into()))
    }
}

impl TryFrom<&str> for NumberPattern {
    type Error = InvalidPattern;

    fn try_from(text: &str) -> Result<Self, InvalidPattern> {
        text.parse()
    }
}

/// A pattern without stars is a number and is masked like one; of the others only the shape is shown.
impl fmt::Debug for NumberPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.strip_prefix('+') {
            Some(digits) if !digits.contains('*') => f.write_str(&masked::number(digits)),
            _ => f.write_str(&self.0.replace(|c: char| c.is_ascii_digit(), "d")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, matching: &[&str], others: &[&str]) {
        let pattern: NumberPattern = pattern.parse().unwrap();
        for number in matching {
            assert!(pattern.matches(&number.parse().unwrap()), "{} {number}", pattern.as_str());
        }
        for number in others {
            assert!(!pattern.matches(&number.parse().unwrap()), "{} {number}", pattern.as_str());
        }
    }

    #[test]
    fn matching() {
        check("+47*", &["+4791234589", "+4712345"], &["+4691234589", "+14791234589"]);
        check("*1234", &["+4791231234", "+1234567891234"], &["+4712341"]);
        check("+4721000*00", &["+4721000000", "+472100000", "+4721000900"], &["+472100090"]);
        check("+4721000000", &["+4721000000"], &["+47210000000", "+4721000001"]);
        check("*555*", &["+14155550100", "+5551234", "+1234555"], &["+14154540100"]);
        check("+1*55*01*", &["+14155550100", "+1550100"], &["+14150155000", "+1551000"]);
        check("+47**", &["+4791234589"], &["+4691234589"]);
        check("+47*7", &["+4791237"], &["+4791238"]);
        check("+4712*21*", &["+47122199"], &["+4712199"]);
    }

    #[track_caller]
    fn refused(text: &str, expected: InvalidPattern) {
        assert_eq!(text.parse::<NumberPattern>(), Err(expected));
    }

    #[test]
    fn refusals() {
        use InvalidPattern::*;
        refused("", BadStart);
        refused("1234", BadStart);
        refused("47*", BadStart);
        refused("*", MatchesEverything);
        refused("+*", MatchesEverything);
        refused("+**", MatchesEverything);
        refused("+", MatchesEverything);
        refused("*+47", BadCharacter { position: 2 });
        refused("+47 *", BadCharacter { position: 4 });
        refused("+47?", BadCharacter { position: 4 });
        refused("+0*", LeadingZero);
        refused("+12345678*90123456", TooLong { digits: 16 });
        refused("+4712", NotANumber(crate::InvalidNumber::TooShort { digits: 4 }));
    }

    #[test]
    fn debug_hides_digits() {
        for (pattern, shown) in [("+4791234589", "+4791****89"), ("+479123458*", "+ddddddddd*"), ("**1234", "*dddd")] {
            assert_eq!(format!("{:?}", pattern.parse::<NumberPattern>().unwrap()), shown);
        }
    }
}
