//! How Twilio signs a webhook.
//!
//! String: the URL exactly as configured, without its fragment; for a POST, each parameter's name and
//! value follow, sorted by name, values of one name sorted and identical ones once. The key is the
//! account's primary auth token.
use std::collections::BTreeSet;

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

/// Which hash signs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Signing {
    /// `X-Twilio-Signature` by HMAC-SHA1 with the auth token.
    #[default]
    AuthToken,
    /// The public beta of 2026: HMAC-SHA256 with a shared key, announced by a second header.
    SharedKey {
        /// Name of the key, as the header gives it.
        key: String,
        /// The key's secret.
        secret: String,
    },
}

/// The signature of a request by HMAC-SHA1, in Base64.
pub(crate) fn sha1(token: &str, url: &str, params: &[(String, String)]) -> String {
    sign::<Hmac<Sha1>>(token, url, params)
}

/// The signature of a request by HMAC-SHA256, in Base64.
pub(crate) fn sha256(secret: &str, url: &str, params: &[(String, String)]) -> String {
    sign::<Hmac<Sha256>>(secret, url, params)
}

fn sign<M: Mac + KeyInit>(key: &str, url: &str, params: &[(String, String)]) -> String {
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(key.as_bytes()) else {
        return String::new();
    };
    mac.update(without_fragment(url).as_bytes());
    let sorted: BTreeSet<&(String, String)> = params.iter().collect();
    for (name, value) in sorted {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    BASE64.encode(&mac.finalize().into_bytes())
}

/// The URL without `#...`, where Twilio keeps connection overrides.
pub(crate) fn without_fragment(url: &str) -> &str {
    url.split_once('#').map_or(url, |(before, _)| before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_twilios_security_page() {
        let params: Vec<_> = [
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675310"),
            ("Digits", "1234"),
            ("From", "+14158675310"),
            ("To", "+18005551212"),
        ]
        .map(|(n, v)| (n.to_owned(), v.to_owned()))
        .into();
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        assert_eq!(sha1("12345", url, &params), "GvWf1cFY/Q7PnoempGyD5oXAezc=");
        assert_eq!(sha1("12345", &format!("{url}#rc=2"), &params), "GvWf1cFY/Q7PnoempGyD5oXAezc=");
    }
}
