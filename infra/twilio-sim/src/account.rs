//! Twilio accounts and the identifiers that they hand out.
use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

use crate::money::Money;

/// Makes identifiers from a seed and a counter: the same run makes the same ones.
pub(crate) struct Sids {
    seed: u64,
    count: u64,
}

impl Sids {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, count: 0 }
    }

    /// A prefix of two letters and 32 hexadecimal digits; later ones sort after earlier ones.
    pub(crate) fn make(&mut self, prefix: &str) -> String {
        self.count += 1;
        format!("{prefix}{:016x}{:016x}", scatter(self.seed), self.count)
    }

    /// A secret of 32 hexadecimal digits.
    pub(crate) fn secret(&mut self) -> String {
        self.count += 1;
        let half = scatter(self.seed ^ self.count.rotate_left(32));
        format!("{half:016x}{:016x}", scatter(half))
    }
}

/// Spreads a number's bits (the finaliser of SplitMix64).
pub(crate) fn scatter(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountKind {
    /// A paying one.
    #[default]
    Full,
    /// One number at most.
    Trial,
    /// Test credentials: calls, texts and numbers alone, everything else is 20008. Twilio's magic numbers are not
    /// simulated.
    Test,
}

impl AccountKind {
    /// Twilio's word.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Full | Self::Test => "Full",
            Self::Trial => "Trial",
        }
    }
}

/// What opens an account's REST API, and signs its webhooks.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The account.
    pub account_sid: String,
    /// Its primary token: signs webhooks and opens everything.
    pub auth_token: String,
    /// A standard API key: opens everything but accounts and keys.
    pub key_sid: String,
    /// The key's secret.
    pub key_secret: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("account_sid", &self.account_sid).finish_non_exhaustive()
    }
}

/// An account. Only the primary token signs webhooks; both tokens and the key open the REST API.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) sid: String,
    pub(crate) friendly_name: String,
    pub(crate) primary: String,
    pub(crate) secondary: Option<String>,
    pub(crate) key: (String, String),
    pub(crate) kind: AccountKind,
    pub(crate) active: bool,
    pub(crate) balance: Money,
    pub(crate) created: Duration,
    /// When the next call of the REST queue may start.
    #[serde(skip)]
    pub(crate) next_call: Duration,
}

impl Account {
    pub(crate) fn new(sids: &mut Sids, kind: AccountKind, now: Duration) -> Self {
        Self {
            sid: sids.make("AC"),
            friendly_name: "Pretend account".to_owned(),
            primary: sids.secret(),
            secondary: None,
            key: (sids.make("SK"), sids.secret()),
            kind,
            active: true,
            balance: Money::of(500_000),
            created: now,
            next_call: now,
        }
    }

    pub(crate) fn credentials(&self) -> Credentials {
        Credentials {
            account_sid: self.sid.clone(),
            auth_token: self.primary.clone(),
            key_sid: self.key.0.clone(),
            key_secret: self.key.1.clone(),
        }
    }

    /// True for one of the account's tokens.
    pub(crate) fn is_token(&self, secret: &str) -> bool {
        secret == self.primary || self.secondary.as_deref() == Some(secret)
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("sid", &self.sid).finish_non_exhaustive()
    }
}
