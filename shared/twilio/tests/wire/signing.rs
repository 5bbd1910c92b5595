//! A signer that shares nothing with the crate: RustCrypto's hash functions and its own sorting.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Digest;
use twilio::signature::AccountKeys;
use twilio::webhook::SignedRequest;

pub(crate) const ACCOUNT: &str = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
pub(crate) const TOKEN: &str = "2b9e1c0f4a7d4c2d8f3e6a5b7c8d9e0f";
pub(crate) const FORM: &str = "application/x-www-form-urlencoded; charset=UTF-8";
pub(crate) const JSON: &str = "application/json";

/// A request with what is signed kept apart, so that a test can change one of them.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) url: String,
    pub(crate) signature: Option<String>,
    pub(crate) settings: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// A form, signed with the account's token.
    pub(crate) fn form(url: &str, pairs: &[(&str, &str)]) -> Self {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(pairs);
        Self {
            url: url.into(),
            signature: Some(sha1(TOKEN, &(url.to_owned() + &parameters(pairs)))),
            settings: None,
            content_type: Some(FORM.into()),
            body: body.finish().into_bytes(),
        }
    }

    /// A JSON event, its hash appended to the URL.
    pub(crate) fn json(url: &str, body: &[u8]) -> Self {
        let hash: String = sha2::Sha256::digest(body).iter().map(|b| format!("{b:02x}")).collect();
        let url = format!("{url}?bodySHA256={hash}");
        Self {
            signature: Some(sha1(TOKEN, &url)),
            url,
            settings: None,
            content_type: Some(JSON.into()),
            body: body.into(),
        }
    }

    pub(crate) fn signed(&self) -> SignedRequest<'_> {
        SignedRequest {
            url: &self.url,
            signature: self.signature.as_deref(),
            signature_settings: self.settings.as_deref(),
            content_type: self.content_type.as_deref(),
            body: &self.body,
        }
    }
}

/// Secrets of [`ACCOUNT`] with these tokens.
pub(crate) fn keys(tokens: &[&str]) -> AccountKeys {
    AccountKeys::new(ACCOUNT.parse().unwrap(), tokens.iter().map(|token| (*token).into()))
}

pub(crate) fn parameters(pairs: &[(&str, &str)]) -> String {
    let mut sorted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, value) in pairs {
        sorted.entry(name).or_default().insert(value);
    }
    let each = |(name, values): (&str, BTreeSet<&str>)| {
        values.iter().map(|value| format!("{name}{value}")).collect::<String>()
    };
    sorted.into_iter().map(each).collect()
}

pub(crate) fn sha1(secret: &str, text: &str) -> String {
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

pub(crate) fn sha256(secret: &str, text: &str) -> String {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}
