//! What the documents of secrets say, and the ways in which they change.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::failure::{Cause, Failure};

/// How many auth tokens of one account count at the same time.
const MOST_TOKENS: usize = 2;

/// `{"accounts": {"AC…": {…}}}`. What else is in it belongs to others and stays.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Document {
    #[serde(default)]
    accounts: BTreeMap<String, Secrets>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

#[derive(Default, Serialize, Deserialize)]
struct Secrets {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    auth_tokens: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key_sid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key_secret: Option<String>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

impl Document {
    pub(crate) fn read(text: &str) -> Result<Self, Failure> {
        // an error of serde's may repeat what it read
        serde_json::from_str(text).map_err(|_| Cause::Internal.into())
    }

    pub(crate) fn text(&self) -> Result<String, Failure> {
        serde_json::to_string(self).map_err(|_| Cause::Internal.into())
    }

    /// Begins an account's tokens anew with this one.
    pub(crate) fn set_token(&mut self, account: &str, token: &str) {
        self.account(account).auth_tokens = vec![token.to_owned()];
    }

    /// Puts a token before those that count already; the oldest one gives way.
    pub(crate) fn add_token(&mut self, account: &str, token: &str) {
        let tokens = &mut self.account(account).auth_tokens;
        tokens.retain(|known| known != token);
        tokens.insert(0, token.to_owned());
        tokens.truncate(MOST_TOKENS);
    }

    /// Forgets all tokens of an account but the latest.
    pub(crate) fn retire_tokens(&mut self, account: &str) {
        self.account(account).auth_tokens.truncate(1);
    }

    /// Sets an account's API key.
    pub(crate) fn set_key(&mut self, account: &str, sid: &str, secret: &str) {
        let secrets = self.account(account);
        secrets.key_sid = Some(sid.to_owned());
        secrets.key_secret = Some(secret.to_owned());
    }

    /// Forgets an account.
    pub(crate) fn remove(&mut self, account: &str) {
        self.accounts.remove(account);
    }

    fn account(&mut self, account: &str) -> &mut Secrets {
        self.accounts.entry(account.to_owned()).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, change: impl Fn(&mut Document), after: &str) {
        let mut document = Document::read(before).unwrap();
        change(&mut document);
        let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(value(&document.text().unwrap()), value(after));
    }

    #[test]
    fn tokens_overlap_and_others_stay() {
        let one = r#"{"accounts": {"AC1": {"auth_tokens": ["a"], "shared_keys": {"k": "s"}}, "AC2": {"auth_tokens": ["z"]}}, "x": 1}"#;
        let two = one.replace(r#"["a"]"#, r#"["b", "a"]"#);
        check(one, |document| document.add_token("AC1", "b"), &two);
        check(&two, |document| document.add_token("AC1", "b"), &two);
        check(&two, |document| document.add_token("AC1", "c"), &one.replace(r#"["a"]"#, r#"["c", "b"]"#));
        check(&two, |document| document.retire_tokens("AC1"), &one.replace(r#"["a"]"#, r#"["b"]"#));
        check(one, |document| document.remove("AC1"), r#"{"accounts": {"AC2": {"auth_tokens": ["z"]}}, "x": 1}"#);
        check("{}", |document| document.set_token("AC1", "a"), r#"{"accounts": {"AC1": {"auth_tokens": ["a"]}}}"#);
    }

    #[test]
    fn what_is_written_is_what_others_read() {
        let mut document = Document::default();
        document.set_key("AC1", "SK1", "secret");
        let keys: entry::ApiKeys = document.text().unwrap().parse().unwrap();
        assert_eq!(keys.of("AC1").map(|key| key.sid.as_str()), Some("SK1"));
        document.set_token("AC1", "a");
        assert!(document.text().unwrap().parse::<entry::Accounts>().is_ok());
        assert!(Document::read("[]").is_err());
    }
}
