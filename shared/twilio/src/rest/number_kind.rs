use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

use super::read;

/// What kind of number it is. Prices, documents and what is on sale depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberKind {
    /// Of a place.
    Local,
    /// Of a mobile network.
    Mobile,
    /// Free for the caller.
    TollFree,
    /// Of a country but of no place.
    National,
}

/// The text names no kind of number that we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a kind of number is local, mobile, toll-free or national")]
pub struct UnknownKind;

impl NumberKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Local, Self::Mobile, Self::TollFree, Self::National];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Mobile => "mobile",
            Self::TollFree => "toll-free",
            Self::National => "national",
        }
    }

    /// As a part of a path.
    pub(super) fn segment(self) -> &'static str {
        match self {
            Self::Local => "Local",
            Self::Mobile => "Mobile",
            Self::TollFree => "TollFree",
            Self::National => "National",
        }
    }
}

impl fmt::Display for NumberKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Twilio writes `toll free` among its prices, `toll_free` among what is on sale, `tollfree` or `toll-free` among the
/// documents.
impl FromStr for NumberKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
        let is = |kind: &Self| kind.segment().eq_ignore_ascii_case(&letters);
        Self::ALL.into_iter().find(is).ok_or(UnknownKind)
    }
}

/// What a number can do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub struct Capabilities {
    /// Calls.
    #[serde(default, alias = "Voice", alias = "VOICE", deserialize_with = "read::or_default")]
    pub voice: bool,
    /// Texts.
    #[serde(default, alias = "SMS", deserialize_with = "read::or_default")]
    pub sms: bool,
    /// Texts with pictures.
    #[serde(default, alias = "MMS", deserialize_with = "read::or_default")]
    pub mms: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_in_all_spellings() {
        for text in ["toll free", "toll_free", "tollfree", "toll-free", "TollFree"] {
            assert_eq!(text.parse(), Ok(NumberKind::TollFree), "{text}");
        }
        for kind in NumberKind::ALL {
            assert_eq!((kind.as_str().parse(), kind.segment().parse()), (Ok(kind), Ok(kind)));
        }
        assert_eq!("voip".parse::<NumberKind>(), Err(UnknownKind));
        assert_eq!("".parse::<NumberKind>(), Err(UnknownKind));
    }

    #[test]
    fn capabilities_in_either_case() {
        let (both, voice) = (Capabilities { voice: true, sms: true, mms: false }, r#"{"voice":true}"#);
        for json in [r#"{"voice":true,"SMS":true,"MMS":false}"#, r#"{"voice":true,"sms":true,"mms":null,"fax":false}"#]
        {
            assert_eq!(serde_json::from_str::<Capabilities>(json).unwrap(), both, "{json}");
        }
        assert_eq!(
            serde_json::from_str::<Capabilities>(voice).unwrap(),
            Capabilities { voice: true, ..Default::default() }
        );
    }
}
