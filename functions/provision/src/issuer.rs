//! Somebody else who says who a caller is: an issuer of JWTs (OpenID Connect), if one is configured.
//!
//! A JWT counts if one of the keys that the issuer publishes has signed it, and if it is meant for us and now. Who
//! asks and with which role is then what it says. While the keys cannot be read nobody is let in by a JWT, and nobody
//! is told that theirs is wrong.

mod address;
mod claims;
mod fetch;
mod jwk;
mod kept_keys;

use std::{fmt, sync::Arc};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use entry::Clock;
use jsonwebtoken::decode_header;

pub use address::{IssuerUrl, NotAnIssuer};
pub(crate) use claims::Bearer;
use claims::NotMeant;
use jwk::Mistrust;
use kept_keys::{KeptKeys, Unreachable};

/// What makes a JWT count here.
#[derive(Clone, Debug)]
pub struct TrustedIssuer {
    /// Who signs it.
    pub url: IssuerUrl,
    /// Whom it must be meant for.
    pub audience: String,
    /// The claim that holds a role or a list of them.
    pub role_claim: String,
}

/// The issuer that is trusted, with the keys that it publishes. Clones share what they know.
#[derive(Clone)]
pub struct Issuer(Arc<Shared>);

struct Shared {
    trusted: TrustedIssuer,
    keys: KeptKeys,
    clock: Clock,
}

/// Why nobody was recognised by a JWT.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unrecognised {
    /// It does not count.
    #[error("it was refused")]
    Refused(#[from] Refusal),
    /// Whether it counts cannot be said.
    #[error(transparent)]
    Unreachable(#[from] Unreachable),
}

/// Why a JWT does not count. It says nothing of what stands in it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// Not a JWT, or signed by an algorithm that nobody should use.
    #[error("its header is not accepted")]
    Header,
    /// Not of the issuer.
    #[error(transparent)]
    Mistrusted(Mistrust),
    /// Of the issuer, but not for us, or not now.
    #[error(transparent)]
    NotMeant(#[from] NotMeant),
}

impl Issuer {
    /// Nothing is asked of the issuer before somebody shows a JWT.
    #[must_use]
    pub fn new(trusted: TrustedIssuer, clock: Clock) -> Self {
        let keys = KeptKeys::new(trusted.url.clone(), clock.clone());
        Self(Arc::new(Shared { trusted, keys, clock }))
    }

    /// The claim that holds the role.
    pub(crate) fn role_claim(&self) -> &str {
        &self.0.trusted.role_claim
    }

    /// Who shows this, if it counts.
    pub(crate) async fn recognise(&self, jwt: &str) -> Result<Bearer, Unrecognised> {
        let Shared { trusted, keys, clock } = &*self.0;
        let header = decode_header(jwt).map_err(|_| Refusal::Header)?;
        // extensions that must be understood, and are not (RFC 7515, section 4.1.11)
        if header.crit.is_some() || !jwk::ALGORITHMS.contains(&header.alg) {
            return Err(Refusal::Header.into());
        }
        let known = keys.current().await?;
        let claims = match known.claims(jwt, &header) {
            Err(Mistrust::UnknownKey) => match keys.newer_than(&known).await? {
                Some(newer) => newer.claims(jwt, &header),
                None => Err(Mistrust::UnknownKey),
            },
            settled => settled,
        };
        let claims = claims.map_err(Refusal::Mistrusted)?;
        Ok(claims::bearer(&claims, trusted, clock.now()).map_err(Refusal::NotMeant)?)
    }
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Issuer").field(&self.0.trusted).finish()
    }
}

/// Whether this has the form of a JWT: three parts, the first of which begins like an object in JSON.
pub(crate) fn is_jwt(shown: &str) -> bool {
    let mut parts = shown.split('.');
    let (Some(header), Some(_), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    URL_SAFE_NO_PAD.decode(header).is_ok_and(|json| json.starts_with(b"{"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_jwt() {
        // of RFC 7519, section 6.1: unsigned, and still a JWT
        assert!(is_jwt("eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UifQ."));
        for other in ["", "..", "a.b.c", "dl_k7f3_secret", "eyJhbGciOiJub25lIn0.x", "eyJhbGciOiJub25lIn0.x.y.z.w"] {
            assert!(!is_jwt(other), "{other}");
        }
    }
}
