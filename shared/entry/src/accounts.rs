//! Which secrets sign the webhooks of which Twilio account.

use std::collections::BTreeMap;
use std::slice;
use std::str::FromStr;

use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use twilio::signature::AccountSecrets;

/// The secrets of every connected Twilio account.
///
/// Kept as one JSON document:
///
/// ```json
/// {
///   "accounts": {
///     "AC00000000000000000000000000000001": {
///       "auth_tokens": ["the primary one", "the one it is being replaced by"],
///       "shared_keys": { "id of the key": "its secret" }
///     }
///   }
/// }
/// ```
///
/// `auth_tokens` are those of the account (or subaccount) that owns the numbers; while one is being rotated there are
/// two. `shared_keys`, which may be left out, are the keys that sign when Twilio's webhooks are configured to use
/// them. Members that are not known here are somebody else's. There are no secrets in Debug.
#[derive(Debug)]
pub struct Accounts(BTreeMap<String, Keys>);

#[derive(Debug, Deserialize)]
struct Keys {
    auth_tokens: Vec<SecretString>,
    #[serde(default)]
    shared_keys: BTreeMap<String, SecretString>,
}

/// Why a document holds no [`Accounts`]. Nothing of the document is repeated: most of it is secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAccounts {
    /// Not JSON, or not of the expected shape, from this place on.
    #[error("not the expected JSON at line {line}, column {column}")]
    Shape {
        /// Counted from 1.
        line: usize,
        /// Counted from 1; 0 when the line is at fault.
        column: usize,
    },
    /// An account without auth tokens could never be heard.
    #[error("account {0} has no auth token")]
    NoToken(String),
    /// Anybody can sign with an empty secret.
    #[error("account {0} has an empty secret")]
    EmptySecret(String),
}

/// An account's secrets are given for that account alone, and a request that names no account has none.
impl AccountSecrets for Accounts {
    fn auth_tokens(&self, account: Option<&str>) -> &[SecretString] {
        self.keys(account).map_or(&[], |keys| &keys.auth_tokens)
    }

    fn shared_key(&self, account: Option<&str>, key_id: &str) -> &[SecretString] {
        self.keys(account).and_then(|keys| keys.shared_keys.get(key_id)).map_or(&[], slice::from_ref)
    }
}

impl Accounts {
    fn keys(&self, account: Option<&str>) -> Option<&Keys> {
        self.0.get(account?)
    }
}

impl FromStr for Accounts {
    type Err = NotAccounts;

    fn from_str(json: &str) -> Result<Self, NotAccounts> {
        #[derive(Deserialize)]
        struct Document {
            accounts: BTreeMap<String, Keys>,
        }
        let Document { accounts } = serde_json::from_str(json)
            .map_err(|error| NotAccounts::Shape { line: error.line(), column: error.column() })?;
        for (sid, keys) in &accounts {
            if keys.auth_tokens.is_empty() {
                return Err(NotAccounts::NoToken(sid.clone()));
            }
            let mut secrets = keys.auth_tokens.iter().chain(keys.shared_keys.values());
            if secrets.any(|secret| secret.expose_secret().is_empty()) {
                return Err(NotAccounts::EmptySecret(sid.clone()));
            }
        }
        Ok(Self(accounts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, said: &str) {
        assert_eq!(json.parse::<Accounts>().unwrap_err().to_string(), said);
    }

    #[test]
    fn each_account_has_its_own() {
        let json = r#"{"accounts": {
            "AC1": {"auth_tokens": ["one", "two"], "shared_keys": {"k": "three"}, "api_key": "not ours"},
            "AC2": {"auth_tokens": ["four"]}}, "version": 2}"#;
        let accounts: Accounts = json.parse().unwrap();
        let exposed = |secrets: &[SecretString]| -> Vec<String> {
            secrets.iter().map(|secret| secret.expose_secret().to_owned()).collect()
        };
        assert_eq!(exposed(accounts.auth_tokens(Some("AC1"))), ["one", "two"]);
        assert_eq!(exposed(accounts.shared_key(Some("AC1"), "k")), ["three"]);
        assert_eq!(exposed(accounts.auth_tokens(Some("AC2"))), ["four"]);
        assert!(accounts.shared_key(Some("AC2"), "k").is_empty(), "another's key");
        assert!(accounts.shared_key(Some("AC1"), "other").is_empty());
        assert!(accounts.auth_tokens(Some("AC3")).is_empty());
        assert!(accounts.auth_tokens(None).is_empty() && accounts.shared_key(None, "k").is_empty());
        let shown = format!("{accounts:?}");
        assert!(["one", "two", "three", "four"].iter().all(|secret| !shown.contains(secret)), "{shown}");
    }

    #[test]
    fn what_is_wrong_is_said_without_the_secret() {
        check("", "not the expected JSON at line 1, column 0");
        check("{}", "not the expected JSON at line 1, column 2");
        check(r#"{"accounts": {"AC1": {"auth_tokens": "hush"}}}"#, "not the expected JSON at line 1, column 43");
        check(r#"{"accounts": {"AC1": {"auth_tokens": []}}}"#, "account AC1 has no auth token");
        check(r#"{"accounts": {"AC1": {"auth_tokens": ["a", ""]}}}"#, "account AC1 has an empty secret");
        check(
            r#"{"accounts": {"AC1": {"auth_tokens": ["a"], "shared_keys": {"k": ""}}}}"#,
            "account AC1 has an empty secret",
        );
    }
}
