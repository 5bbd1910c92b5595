use std::convert::Infallible;
use std::str::FromStr;

use phone::PhoneNumber;

use crate::Private;

/// Who calls, as far as the network tells.
///
/// A caller who hides the number is told apart here, at the edge: Twilio then sends a word, or the word
/// typed on a keypad (`+266696687` is ANONYMOUS), which looks like a number and must never be dialled,
/// stored as a person or shown as caller ID. Sources: Twilio's TwiML voice request page and its notes
/// on blocked caller IDs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Caller {
    /// A real number.
    Number(PhoneNumber),
    /// The number is hidden or unknown.
    Withheld,
    /// Something that is not a number: a SIP address, a client's name, a short code.
    Other(Private),
}

/// Any case; the keypad spellings come with and without the plus sign.
const WITHHELD: [&str; 11] = [
    "anonymous",
    "unknown",
    "restricted",
    "unavailable",
    "private",
    "blocked",
    "266696687",   // ANONYMOUS
    "7378742833",  // RESTRICTED
    "2562533",     // BLOCKED
    "8656696",     // UNKNOWN
    "86282452253", // UNAVAILABLE
];

impl Caller {
    /// The number, if there is one to call back.
    pub fn number(&self) -> Option<&PhoneNumber> {
        match self {
            Self::Number(number) => Some(number),
            Self::Withheld | Self::Other(_) => None,
        }
    }
}

/// Total: whatever comes is one of the three. Nothing at all counts as withheld.
impl From<&str> for Caller {
    fn from(raw: &str) -> Self {
        let raw = raw.trim();
        let word = raw.strip_prefix('+').unwrap_or(raw);
        if word.is_empty() || WITHHELD.iter().any(|it| it.eq_ignore_ascii_case(word)) {
            return Self::Withheld;
        }
        raw.parse().map_or_else(|_| Self::Other(raw.into()), Self::Number)
    }
}

impl FromStr for Caller {
    type Err = Infallible;

    fn from_str(raw: &str) -> Result<Self, Infallible> {
        Ok(raw.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, expected: &str) {
        assert_eq!(format!("{:?}", Caller::from(raw)), expected, "{raw}");
    }

    #[test]
    fn callers() {
        check("+4791234589", "Number(+4791****89)");
        for word in WITHHELD {
            check(word, "Withheld");
            check(&word.to_uppercase(), "Withheld");
            check(&format!("+{word}"), "Withheld");
        }
        check("", "Withheld");
        check(" Anonymous ", "Withheld");
        check("+", "Withheld");
        check("+2666966871", "Number(+2666****71)");
        check("sip:alice@example.org", "Other(Private(21 bytes))");
        check("client:alice", "Other(Private(12 bytes))");
        check("72345", "Other(Private(5 bytes))");
        check("4791234589", "Other(Private(10 bytes))");
    }

    #[test]
    fn sip_address_made_of_a_sentinel_is_not_a_number() {
        assert_eq!(Caller::from("anonymous@anonymous.invalid").number(), None);
    }
}
