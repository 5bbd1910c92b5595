//! The API keys of Twilio accounts, as the secret that only those may read who may spend holds them.

use std::collections::BTreeMap;
use std::str::FromStr;

use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

/// An API key of an account.
#[derive(Clone, Debug)]
pub struct ApiKey {
    /// Twilio's id of it: `SK…`.
    pub sid: String,
    /// Its secret.
    pub secret: SecretString,
}

/// The keys of all accounts: `{"accounts": {"AC…": {"key_sid": "SK…", "key_secret": "…"}}}`. What else is in it is
/// ignored. `Debug` shows no secret.
#[derive(Clone, Debug)]
pub struct ApiKeys(BTreeMap<String, ApiKey>);

/// The secret's text is no such document. It is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is not the JSON of accounts and their API keys")]
pub struct NotApiKeys;

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    accounts: BTreeMap<String, Account>,
}

#[derive(Deserialize)]
struct Account {
    key_sid: Option<String>,
    key_secret: Option<SecretString>,
}

impl ApiKeys {
    /// The key of an account; none if it has none.
    #[must_use]
    pub fn of(&self, account: &str) -> Option<&ApiKey> {
        self.0.get(account)
    }

    /// Whether an account has the same key in both.
    #[must_use]
    pub fn agrees_with(&self, other: &Self, account: &str) -> bool {
        let key = |keys: &Self| keys.of(account).map(|key| (key.sid.clone(), key.secret.expose_secret().to_owned()));
        key(self) == key(other)
    }
}

impl FromStr for ApiKeys {
    type Err = NotApiKeys;

    fn from_str(text: &str) -> Result<Self, NotApiKeys> {
        let document: Document = serde_json::from_str(text).map_err(|_| NotApiKeys)?;
        let key = |Account { key_sid, key_secret }| Some(ApiKey { sid: key_sid?, secret: key_secret? });
        Ok(Self(document.accounts.into_iter().filter_map(|(sid, account)| Some((sid, key(account)?))).collect()))
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn a_key_is_found_by_its_account_and_not_shown() {
        let text = r#"{"accounts": {"AC1": {"key_sid": "SK1", "key_secret": "hush", "more": 1}, "AC2": {}}, "x": 1}"#;
        let keys: ApiKeys = text.parse().unwrap();
        let key = keys.of("AC1").unwrap();
        assert_eq!((key.sid.as_str(), key.secret.expose_secret()), ("SK1", "hush"));
        let rotated: ApiKeys = text.replace("hush", "new").parse().unwrap();
        assert!(keys.agrees_with(&keys, "AC1") && !keys.agrees_with(&rotated, "AC1"));
        assert!(keys.of("AC2").is_none() && keys.of("AC3").is_none());
        assert!(!format!("{keys:?}").contains("hush"));
        assert!("{}".parse::<ApiKeys>().unwrap().of("AC1").is_none());
    }

    #[test]
    fn what_is_not_understood_is_not_repeated() {
        let error = r#"{"accounts": "hush"}"#.parse::<ApiKeys>().unwrap_err();
        assert_eq!(error.to_string(), "it is not the JSON of accounts and their API keys");
    }
}
