use std::fmt;
use std::str::FromStr;

use crate::{calling_code, masked, premium, spoken};

/// A telephone number in E.164 form: `+`, then 7 to 15 digits of which the first is not zero.
///
/// `Debug` and `Display` show the masked form `+4791****89`: up to four leading digits (a hint of
/// the country) and the last two, with at least four digits hidden between them. A log line, an
/// error or a panic message can therefore not give away whom we called. Ordering is that of the
/// text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhoneNumber(Box<str>);

/// Why a text is not a [`PhoneNumber`]. It never repeats the text, which may be most of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidNumber {
    /// International form begins with a plus sign; a national number is not guessed at.
    #[error("a phone number begins with + and its country code")]
    MissingPlus,
    /// No country code begins with zero (ITU-T E.164); a trunk prefix was left in.
    #[error("a country code does not begin with 0")]
    LeadingZero,
    /// A character other than an ASCII digit: a space, a hyphen, a letter, an extension.
    #[error("a phone number has only digits after the +, character {position} is none")]
    NotADigit {
        /// Which character it is, the plus sign being the first.
        position: usize,
    },
    /// Fewer than 7 digits: an emergency or a short code, which we neither dial nor store.
    #[error("a phone number has at least 7 digits, this has {digits}")]
    TooShort {
        /// How many digits there are.
        digits: usize,
    },
    /// More than 15 digits, the limit of E.164 and of Twilio (error 13223).
    #[error("a phone number has at most 15 digits, this has {digits}")]
    TooLong {
        /// How many digits there are.
        digits: usize,
    },
}

impl PhoneNumber {
    /// The fewest digits of a number.
    pub const MIN_DIGITS: usize = 7;
    /// The most digits of a number (ITU-T E.164).
    pub const MAX_DIGITS: usize = 15;

    /// The whole number, `+` and digits: for dialling, for keys of the store, for a person who may
    /// see it. Never for a log or a URL.
    pub fn as_e164(&self) -> &str {
        &self.0
    }

    /// The digits for a synthetic voice: one by one, in groups, the country code first
    /// (`"4 7, 9 1 2, 3 4 5, 8 9"`). It is the whole number: for ears, never for a log.
    pub fn spoken(&self) -> String {
        spoken::digits_in_groups(self.digits())
    }

    /// Whether a call or a text to it earns somebody money, as far as a short list of such ranges knows. Nothing of ours
    /// rings or texts one.
    pub fn is_premium(&self) -> bool {
        premium::is_premium(self.digits())
    }

    /// How many digits both begin with: numbers of one country share its whole code, others do not.
    pub fn nearness(&self, other: &Self) -> usize {
        self.digits().bytes().zip(other.digits().bytes()).take_while(|(one, other)| one == other).count()
    }

    /// The country calling code, without the plus: `47`. Several countries may share one: `1`, `7`.
    pub fn calling_code(&self) -> &str {
        let digits = self.digits();
        digits.get(..calling_code::length(digits)).unwrap_or(digits)
    }

    pub(crate) fn digits(&self) -> &str {
        self.0.strip_prefix('+').unwrap_or(&self.0)
    }
}

impl FromStr for PhoneNumber {
    type Err = InvalidNumber;

    fn from_str(text: &str) -> Result<Self, InvalidNumber> {
        let digits = text.strip_prefix('+').ok_or(InvalidNumber::MissingPlus)?;
        if let Some(before) = digits.chars().position(|c| !c.is_ascii_digit()) {
            return Err(InvalidNumber::NotADigit { position: before + 2 });
        }
        if digits.starts_with('0') {
            return Err(InvalidNumber::LeadingZero);
        }
        match digits.len() {
            digits if digits < Self::MIN_DIGITS => Err(InvalidNumber::TooShort { digits }),
            digits if digits > Self::MAX_DIGITS => Err(InvalidNumber::TooLong { digits }),
            _ => Ok(Self(text.into())),
        }
    }
}

impl TryFrom<&str> for PhoneNumber {
    type Error = InvalidNumber;

    fn try_from(text: &str) -> Result<Self, InvalidNumber> {
        text.parse()
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&masked::number(self.digits()))
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use InvalidNumber::*;

    #[test]
    fn a_neighbour_is_nearer_than_another_country() {
        let number = |text: &str| text.parse::<PhoneNumber>().unwrap();
        let (norway, oslo, sweden) = (number("+4791234589"), number("+4721000000"), number("+46701234567"));
        assert_eq!((norway.nearness(&oslo), norway.nearness(&sweden), norway.nearness(&norway)), (2, 1, 10));
        assert!(number("+449098790123").is_premium() && !norway.is_premium());
    }

    #[track_caller]
    fn check(text: &str, expected: Result<&str, InvalidNumber>) {
        let parsed = text.parse::<PhoneNumber>();
        let shown = parsed.as_ref().map(ToString::to_string).map_err(|refusal| *refusal);
        assert_eq!(shown, expected.map(str::to_owned));
        if let Ok(number) = parsed {
            assert_eq!(number.as_e164(), text);
            assert_eq!(format!("{number:?}"), number.to_string());
        }
    }

    #[test]
    fn numbers() {
        check("+4791234589", Ok("+4791****89"));
        check("+1415555", Ok("+1****55"));
        check("+14155550100", Ok("+1415*****00"));
        check("+999999999999999", Ok("+9999*********99"));
    }

    #[test]
    fn calling_codes() {
        for (number, code) in [("+4791234589", "47"), ("+14155550100", "1"), ("+35312345678", "353")] {
            assert_eq!(number.parse::<PhoneNumber>().unwrap().calling_code(), code);
        }
    }

    #[test]
    fn refusals() {
        check("", Err(MissingPlus));
        check("4791234589", Err(MissingPlus));
        check("004791234589", Err(MissingPlus));
        check(" +4791234589", Err(MissingPlus));
        check("+", Err(TooShort { digits: 0 }));
        check("+47911", Err(TooShort { digits: 5 }));
        check("+141555", Err(TooShort { digits: 6 }));
        check("+1234567890123456", Err(TooLong { digits: 16 }));
        check("+04791234589", Err(LeadingZero));
        check("++4791234589", Err(NotADigit { position: 2 }));
        check("+47 91234589", Err(NotADigit { position: 4 }));
        check("+1415555267a", Err(NotADigit { position: 12 }));
        check("+4791234589\n", Err(NotADigit { position: 12 }));
        check("+47٩١٢٣٤٥٨", Err(NotADigit { position: 4 }));
        check("sip:alice@example.org", Err(MissingPlus));
    }

    #[test]
    fn a_refusal_does_not_repeat_the_digits() {
        let refusal = "+4791234589x".parse::<PhoneNumber>().unwrap_err();
        assert_eq!(refusal.to_string(), "a phone number has only digits after the +, character 12 is none");
    }

    #[test]
    fn formatting_width_pads_the_masked_form() {
        let number: PhoneNumber = "+4791234589".parse().unwrap();
        assert_eq!(format!("[{number:>13}]"), "[  +4791****89]");
    }
}
