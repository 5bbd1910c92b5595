//! Routing keys, as tools show them.

use std::fmt;

use axum::http::{HeaderMap, header::AUTHORIZATION};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ring::digest::{SHA256, digest};

/// The hash of what a tool shows. The key itself is kept nowhere.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct RoutingKey {
    hash: String,
}

impl RoutingKey {
    /// The key that is this text.
    pub(crate) fn of(shown: &str) -> Self {
        let digest = digest(&SHA256, shown.as_bytes());
        Self { hash: digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect() }
    }

    /// What a header shows: a bearer token, or the password of basic authentication, whoever it names as user. Shown
    /// twice it is none: which one counts would be the sender's choice.
    pub(crate) fn of_headers(headers: &HeaderMap) -> Option<Self> {
        let mut values = headers.get_all(AUTHORIZATION).iter();
        let (Some(value), None) = (values.next(), values.next()) else { return None };
        let (scheme, shown) = value.to_str().ok()?.split_once(' ')?;
        let shown = shown.trim();
        if scheme.eq_ignore_ascii_case("bearer") {
            return Some(shown).filter(|shown| !shown.is_empty()).map(Self::of);
        }
        if scheme.eq_ignore_ascii_case("basic") {
            let pair = String::from_utf8(STANDARD.decode(shown).ok()?).ok()?;
            return pair.split_once(':').filter(|(_, password)| !password.is_empty()).map(|(_, it)| Self::of(it));
        }
        None
    }

    /// SHA-256 of the key, in hexadecimal.
    pub(crate) fn hash(&self) -> &str {
        &self.hash
    }
}

impl fmt::Debug for RoutingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RoutingKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(values: &[&str], shown: Option<&str>) {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(AUTHORIZATION, value.parse().unwrap());
        }
        assert_eq!(RoutingKey::of_headers(&headers), shown.map(RoutingKey::of), "{values:?}");
    }

    #[test]
    fn a_key_stands_in_a_bearer_token_or_in_a_password() {
        check(&["Bearer abc"], Some("abc"));
        check(&["bearer  abc "], Some("abc"));
        check(&["Basic YWxlcnRtYW5hZ2VyOmFiYw=="], Some("abc"));
        check(&["basic OmE6Yg=="], Some("a:b"));
        let nothing: [&[&str]; 8] = [
            &[],
            &["Bearer"],
            &["Bearer "],
            &["Basic abc"],
            &["Basic dXNlcjo="],
            &["Digest abc"],
            &["Bearer abc", "Bearer abc"],
            &["Basic /w=="],
        ];
        for values in nothing {
            check(values, None);
        }
    }

    #[test]
    fn a_key_shows_nothing_and_is_hashed_as_the_admin_api_does() {
        assert_eq!(format!("{:?}", RoutingKey::of("abc")), "RoutingKey(…)");
        // of FIPS 180-4
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(RoutingKey::of("abc").hash(), abc);
    }
}
