use std::fmt;
use std::str::FromStr;

/// Why a text is not an identifier of the wanted kind. It does not repeat the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a SID: {prefix} and 1 to 62 ASCII letters or digits are wanted")]
pub struct InvalidSid {
    /// The two letters that this kind of identifier begins with; `SM or MM` for messages.
    pub prefix: &'static str,
}

/// The prefix, then 1 to 62 ASCII letters or digits.
///
/// Today Twilio's identifiers are the prefix and 32 hexadecimal digits. The check is as wide as is
/// safe and no narrower: a SID becomes a key in the store and a path segment, so its alphabet is
/// closed; but the day Twilio lengthens it (its own documentation prints shorter ones), a hotline
/// must not fall silent.
fn is_sid(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix)
        .is_some_and(|rest| (1..=62).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_alphanumeric()))
}

macro_rules! sid {
    ($(#[$doc:meta])* $name:ident, $prefix:literal $(or $other:literal)?) => {
        $(#[$doc])*
        ///
        /// Accepted: the prefix, then 1 to 62 ASCII letters or digits (today: 32 hexadecimal ones).
        /// Safe as a key and as a path segment.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// The identifier as Twilio writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidSid;

            fn from_str(text: &str) -> Result<Self, InvalidSid> {
                match is_sid(text, $prefix) $(|| is_sid(text, $other))? {
                    true => Ok(Self(text.into())),
                    false => Err(InvalidSid { prefix: concat!($prefix $(, " or ", $other)?) }),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

sid! {
    /// An account or a subaccount: `AC…`.
    AccountSid, "AC"
}
sid! {
    /// A postal address: `AD…`.
    AddressSid, "AD"
}
sid! {
    /// An API key, which signs in to the REST API in place of an account and its token: `SK…`.
    ApiKeySid, "SK"
}
sid! {
    /// A bundle of documents that a regulator asks for: `BU…`.
    BundleSid, "BU"
}
sid! {
    /// One leg of a call: `CA…`. A caller's leg and a responder's leg have one each.
    CallSid, "CA"
}
sid! {
    /// The identity of whoever uses a number: `RI…`.
    IdentitySid, "RI"
}
sid! {
    /// Something that came with a text: `ME…`.
    MediaSid, "ME"
}
sid! {
    /// A text, `SM…`, or one with pictures, `MM…`.
    MessageSid, "SM" or "MM"
}
sid! {
    /// A number of ours: `PN…`.
    PhoneNumberSid, "PN"
}
sid! {
    /// A recording: `RE…`.
    RecordingSid, "RE"
}
sid! {
    /// What a country asks of whoever uses its numbers: `RN…`.
    RegulationSid, "RN"
}
sid! {
    /// The transcription of a recording: `TR…`.
    TranscriptionSid, "TR"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, accepted: bool) {
        let parsed = text.parse::<CallSid>();
        assert_eq!(parsed.is_ok(), accepted, "{text}");
        if let Ok(sid) = parsed {
            assert_eq!((sid.as_str(), sid.to_string()), (text, text.to_owned()));
        }
    }

    #[test]
    fn call_sids() {
        check("CAbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", true);
        check("CA1234567890ABCDE", true);
        check(&format!("CA{}", "0".repeat(62)), true);
        check(&format!("CA{}", "0".repeat(63)), false);
        check("CA", false);
        check("", false);
        check("ACbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", false);
        check("cabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", false);
        check("CAbbbb/../bbbb", false);
        check("CAbbbb#bbbb", false);
        check("CAbbbb bbbb", false);
        check("CAbbbbé", false);
    }

    #[test]
    fn message_sids_are_of_two_kinds() {
        for text in ["SM1f", "MM1f"] {
            assert_eq!(text.parse::<MessageSid>().as_ref().map(MessageSid::as_str), Ok(text));
        }
        let refusal = "CA1f".parse::<MessageSid>().unwrap_err();
        assert_eq!(refusal.to_string(), "not a SID: SM or MM and 1 to 62 ASCII letters or digits are wanted");
    }
}
