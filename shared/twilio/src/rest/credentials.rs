use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper::header::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};

use crate::{AccountSid, ApiKeySid};

/// Who signs in, and for which account.
///
/// An API key can be revoked alone and is what the product should have. It cannot read the account itself
/// ([`fetch_account`](super::Client::fetch_account) is then unauthorised), and no key can check signatures: for these
/// there is [`AccountKeys`](crate::signature::AccountKeys).
#[derive(Clone)]
pub struct Credentials {
    account: AccountSid,
    key: Option<ApiKeySid>,
    secret: SecretString,
}

impl Credentials {
    /// The account and its auth token.
    pub fn auth_token(account: AccountSid, token: SecretString) -> Self {
        Self { account, key: None, secret: token }
    }

    /// A key of the account and its secret.
    pub fn api_key(account: AccountSid, key: ApiKeySid, secret: SecretString) -> Self {
        Self { account, key: Some(key), secret }
    }

    pub(super) fn account(&self) -> &AccountSid {
        &self.account
    }

    /// Basic authentication.
    pub(super) fn header(&self) -> Option<HeaderValue> {
        let user = self.key.as_ref().map_or(self.account.as_str(), ApiKeySid::as_str);
        let pair = STANDARD.encode(format!("{user}:{}", self.secret.expose_secret()));
        let mut header = HeaderValue::from_str(&format!("Basic {pair}")).ok()?;
        header.set_sensitive(true);
        Some(header)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("account", &self.account).field("key", &self.key).finish_non_exhaustive()
    }
}
