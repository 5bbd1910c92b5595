//! The keys that an issuer publishes (RFC 7517), and what they vouch for.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode};
use serde::Deserialize;
use serde_json::{Map, Value};

/// How a token may be signed. None of these can be checked with what everybody may know, as an HMAC could be.
pub(super) const ALGORITHMS: [Algorithm; 3] = [Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA];

/// The modulus of an RSA key, in bits: what NIST asks for, and the most that the library reckons with.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// The document at `jwks_uri`. Keys of other kinds may stand in it, too.
#[derive(Deserialize)]
pub(super) struct KeySet {
    keys: Vec<Value>,
}

/// The keys that can sign a token; at least one.
#[derive(Debug)]
pub(super) struct Keys(Vec<Key>);

/// A key, and the one algorithm that it is for, whatever a token says.
#[derive(Debug)]
struct Key {
    id: Option<String>,
    algorithm: Algorithm,
    key: DecodingKey,
}

/// Why keys do not vouch for a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Mistrust {
    /// None of them could be meant. Newer keys may do.
    #[error("it names a key that the issuer does not publish")]
    UnknownKey,
    /// The one that is meant has not signed it.
    #[error("its signature does not fit")]
    Forged,
}

impl Keys {
    pub(super) fn of(set: KeySet) -> Option<Self> {
        let known = set.keys.into_iter().filter_map(|key| Key::of(serde_json::from_value(key).ok()?));
        let keys: Vec<Key> = known.collect();
        (!keys.is_empty()).then_some(Self(keys))
    }

    /// What a token claims that one of these keys has signed.
    pub(super) fn claims(&self, jwt: &str, header: &Header) -> Result<Map<String, Value>, Mistrust> {
        let fits = |key: &&Key| key.algorithm == header.alg;
        let Some(id) = header.kid.as_deref() else {
            // OpenID Connect Core 1.0, section 10.1: without an id there must be no choice
            let mut fitting = self.0.iter().filter(fits);
            let (Some(only), None) = (fitting.next(), fitting.next()) else { return Err(Mistrust::UnknownKey) };
            return only.claims(jwt).ok_or(Mistrust::UnknownKey);
        };
        let mut meant = self.0.iter().filter(|key| key.id.as_deref() == Some(id)).peekable();
        if meant.peek().is_none() {
            return Err(Mistrust::UnknownKey);
        }
        meant.filter(fits).find_map(|key| key.claims(jwt)).ok_or(Mistrust::Forged)
    }
}

#[derive(Deserialize)]
#[serde(tag = "kty")]
enum Material {
    #[serde(rename = "RSA")]
    Rsa { n: String, e: String },
    #[serde(rename = "EC")]
    Curve { crv: String, x: String, y: String },
    #[serde(rename = "OKP")]
    Edwards { crv: String, x: String },
}

#[derive(Deserialize)]
struct Jwk {
    #[serde(flatten)]
    material: Material,
    kid: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    key_ops: Option<Vec<String>>,
    alg: Option<String>,
}

impl Key {
    /// None if it is for something else, or for an algorithm that does not count here.
    fn of(jwk: Jwk) -> Option<Self> {
        let (algorithm, name, key) = jwk.material.key()?;
        let is_for_signatures = jwk.purpose.is_none_or(|purpose| purpose == "sig")
            && jwk.key_ops.is_none_or(|operations| operations.iter().any(|operation| operation == "verify"))
            && jwk.alg.is_none_or(|alg| alg == name);
        is_for_signatures.then_some(Self { id: jwk.kid, algorithm, key })
    }

    /// By the signature alone: the library would compare with its own clock.
    fn claims(&self, jwt: &str) -> Option<Map<String, Value>> {
        let mut validation = Validation::new(self.algorithm);
        validation.required_spec_claims.clear();
        validation.validate_exp = false;
        validation.validate_nbf = false;
        validation.validate_aud = false;
        Some(decode(jwt, &self.key, &validation).ok()?.claims)
    }
}

impl Material {
    /// Lengths are looked at here: the library takes weak keys, and relies on others not being too short.
    fn key(&self) -> Option<(Algorithm, &'static str, DecodingKey)> {
        match self {
            Self::Rsa { n, e } => {
                let (n, e) = (bytes(n)?, bytes(e)?);
                let modulus = n.iter().position(|byte| *byte != 0).and_then(|first| n.get(first..))?;
                let bits = modulus.len() * 8 - usize::try_from(modulus.first()?.leading_zeros()).ok()?;
                let key = RSA_BITS.contains(&bits).then(|| DecodingKey::from_rsa_raw_components(modulus, &e))?;
                Some((Algorithm::RS256, "RS256", key))
            }
            Self::Curve { crv, x, y } => {
                let fits = crv == "P-256" && is_coordinate(x) && is_coordinate(y);
                let key = fits.then(|| DecodingKey::from_ec_components(x, y))?.ok()?;
                Some((Algorithm::ES256, "ES256", key))
            }
            Self::Edwards { crv, x } => {
                let fits = crv == "Ed25519" && is_coordinate(x);
                let key = fits.then(|| DecodingKey::from_ed_components(x))?.ok()?;
                Some((Algorithm::EdDSA, "EdDSA", key))
            }
        }
    }
}

fn is_coordinate(text: &str) -> bool {
    bytes(text).is_some_and(|bytes| bytes.len() == 32)
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The key of RFC 8037, appendix A.2.
    fn edwards(more: Value) -> Value {
        let mut key =
            json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "kid": "a"});
        key.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        key
    }

    fn keys(keys: Value) -> Option<Keys> {
        Keys::of(serde_json::from_value(json!({"keys": keys})).unwrap())
    }

    #[test]
    fn keys_for_something_else_do_not_count() {
        assert!(keys(json!([edwards(json!({}))])).is_some());
        assert!(keys(json!([edwards(json!({"use": "sig", "alg": "EdDSA", "key_ops": ["verify"]}))])).is_some());
        for other in [
            json!({"use": "enc"}),
            json!({"key_ops": ["sign"]}),
            json!({"alg": "ES256"}),
            json!({"crv": "X25519"}),
            json!({"crv": "Ed448"}),
            json!({"x": "AAAA"}),
            json!({"x": "not base64!"}),
            json!({"kty": "EC"}),
            json!({"kty": "oct", "k": "c2VjcmV0"}),
            json!({"kty": "AKP"}),
            json!({"kid": 7}),
        ] {
            assert!(keys(json!([edwards(other.clone())])).is_none(), "{other}");
        }
        assert!(keys(json!([])).is_none());
        assert!(keys(json!([7, edwards(json!({})), {}])).is_some(), "one bad key does not spoil the others");
    }

    #[test]
    fn curves_and_moduli_are_of_the_sizes_that_count() {
        let of = |bytes: usize| URL_SAFE_NO_PAD.encode(vec![255; bytes]);
        let curve = |crv: &str, bytes: usize| json!([{"kty": "EC", "crv": crv, "x": of(bytes), "y": of(bytes)}]);
        assert!(keys(curve("P-256", 32)).is_some());
        assert!(keys(curve("P-256", 31)).is_none() && keys(curve("P-384", 48)).is_none());
        assert!(keys(curve("secp256k1", 32)).is_none());
        let rsa = |n: String| keys(json!([{"kty": "RSA", "n": n, "e": "AQAB"}]));
        assert!(rsa(of(256)).is_some() && rsa(of(512)).is_some());
        assert!(rsa(of(255)).is_none() && rsa(of(513)).is_none() && rsa(String::new()).is_none());
        let padded = [vec![0; 200], vec![255; 128]].concat();
        assert!(rsa(URL_SAFE_NO_PAD.encode(padded)).is_none(), "zeros do not make a key longer");
    }
}
