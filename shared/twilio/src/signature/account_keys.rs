use secrecy::SecretString;

use crate::AccountSid;

/// Which secrets may have signed a request, told by *our* account data.
///
/// The account is what the form says, not yet proven: the signature proves it, because only that
/// account's secrets are tried. An implementation for several accounts must therefore return, for each
/// account, nothing of another's.
pub trait AccountSecrets {
    /// The auth tokens of `account`; several while a token is being rotated. `None`: the request names
    /// no account (a JSON event), so the tokens of the one account it may be for. Empty: not ours.
    fn auth_tokens(&self, account: Option<&str>) -> &[SecretString];

    /// The secrets of the shared key `key_id` of `account`. Empty: unknown, refused.
    fn shared_key(&self, account: Option<&str>, key_id: &str) -> &[SecretString];
}

/// The secrets of one account.
#[derive(Debug, Clone)]
pub struct AccountKeys {
    account: AccountSid,
    auth_tokens: Vec<SecretString>,
    shared_keys: Vec<(String, Vec<SecretString>)>,
}

impl AccountKeys {
    /// `auth_tokens`: the account's primary token, and during a rotation the coming or the former one.
    pub fn new(account: AccountSid, auth_tokens: impl IntoIterator<Item = SecretString>) -> Self {
        Self { account, auth_tokens: auth_tokens.into_iter().collect(), shared_keys: Vec::new() }
    }

    /// Adds a shared key of this account (Twilio's Webhooks configuration API).
    #[must_use]
    pub fn with_shared_key(mut self, key_id: impl Into<String>, secret: SecretString) -> Self {
        let key_id = key_id.into();
        match self.shared_keys.iter_mut().find(|(id, _)| *id == key_id) {
            Some((_, secrets)) => secrets.push(secret),
            None => self.shared_keys.push((key_id, vec![secret])),
        }
        self
    }

    /// The account whose secrets these are.
    pub fn account(&self) -> &AccountSid {
        &self.account
    }

    fn is_for(&self, account: Option<&str>) -> bool {
        account.is_none_or(|named| named == self.account.as_str())
    }
}

impl AccountSecrets for AccountKeys {
    fn auth_tokens(&self, account: Option<&str>) -> &[SecretString] {
        if self.is_for(account) { &self.auth_tokens } else { &[] }
    }

    fn shared_key(&self, account: Option<&str>, key_id: &str) -> &[SecretString] {
        let known = || self.shared_keys.iter().find(|(id, _)| id == key_id);
        match self.is_for(account).then(known).flatten() {
            Some((_, secrets)) => secrets,
            None => &[],
        }
    }
}
