//! Regulatory bundles: papers that some countries want before they lend a number.
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::catalogue::{NumberKind, countries};

/// Where a bundle stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BundleStatus {
    /// Being put together.
    Draft,
    /// Handed in.
    PendingReview,
    /// Read by somebody.
    InReview,
    /// Not good enough.
    TwilioRejected,
    /// It buys numbers.
    TwilioApproved,
    /// It buys numbers until somebody has looked.
    ProvisionallyApproved,
}

impl BundleStatus {
    /// Twilio's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::PendingReview => "pending-review",
            Self::InReview => "in-review",
            Self::TwilioRejected => "twilio-rejected",
            Self::TwilioApproved => "twilio-approved",
            Self::ProvisionallyApproved => "provisionally-approved",
        }
    }
}

/// A bundle of an account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Bundle {
    pub(crate) sid: String,
    pub(crate) account: String,
    pub(crate) regulation: Option<Regulation>,
    pub(crate) friendly_name: String,
    pub(crate) email: String,
    pub(crate) status_callback: Option<String>,
    pub(crate) status: BundleStatus,
    pub(crate) created: Duration,
    pub(crate) updated: Duration,
}

impl Bundle {
    pub(crate) fn is_for(&self, country: &str, kind: NumberKind) -> bool {
        self.regulation.is_some_and(|regulation| (regulation.country, regulation.kind) == (country, kind))
    }
}

/// What a country asks of those who use a kind of number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Regulation {
    pub(crate) country: &'static str,
    pub(crate) country_name: &'static str,
    pub(crate) kind: NumberKind,
    /// `individual` or `business`.
    pub(crate) end_user: &'static str,
}

impl Regulation {
    /// Its identifier: the same in every run, as at Twilio.
    pub(crate) fn sid(&self) -> String {
        let text = format!("{}{}{}", self.country, self.kind.key(), self.end_user);
        let digits: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        format!("RN{:0>32}", digits.get(digits.len().saturating_sub(32)..).unwrap_or_default())
    }

    pub(crate) fn friendly_name(&self) -> String {
        let capital = |text: &str| text[..1].to_uppercase() + &text[1..];
        format!("{}: {} - {}", self.country_name, capital(self.kind.key()), capital(self.end_user))
    }
}

impl Serialize for Regulation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.sid().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Regulation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let sid = String::deserialize(deserializer)?;
        let known = regulations().into_iter().find(|regulation| regulation.sid() == sid);
        known.ok_or_else(|| serde::de::Error::custom("no regulation has this identifier"))
    }
}

/// The regulations of all countries that have any.
pub(crate) fn regulations() -> Vec<Regulation> {
    let mut all = Vec::new();
    for country in countries() {
        for series in country.series.iter().filter(|series| series.terms.bundle) {
            let (iso, country_name, kind) = (country.iso, country.name, series.terms.kind);
            all.extend(["individual", "business"].map(|end_user| Regulation {
                country: iso,
                country_name,
                kind,
                end_user,
            }));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_regulation_has_its_own_identifier() {
        let all = regulations();
        let sids: std::collections::BTreeSet<_> = all.iter().map(Regulation::sid).collect();
        assert_eq!((sids.len(), all.len()), (4, 4));
        assert!(sids.iter().all(|sid| sid.len() == 34), "{sids:?}");
        assert_eq!(all[0].friendly_name(), "Germany: Local - Individual");
    }
}
