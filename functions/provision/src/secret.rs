//! Secrets that are shown to us: made, and recognised without being kept.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    digest::{SHA256, digest},
    error::Unspecified,
    rand::{SecureRandom as _, SystemRandom},
};
use subtle::ConstantTimeEq as _;

/// SHA-256 of a secret. What is random and long needs nothing slower.
#[derive(Clone)]
pub struct Digest([u8; 32]);

/// A secret of so few characters that it could be guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it has fewer than {SHORTEST} characters")]
pub struct TooShort;

const SHORTEST: usize = 20;

impl Digest {
    pub(crate) fn of(secret: &str) -> Self {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(digest(&SHA256, secret.as_bytes()).as_ref());
        Self(bytes)
    }

    /// The digest that was written as hexadecimal; one that no secret has, if it was not.
    pub(crate) fn of_hex(hex: &str) -> Self {
        let mut bytes = [0; 32];
        let digits = hex.as_bytes().chunks_exact(2).map(|pair| std::str::from_utf8(pair).unwrap_or_default());
        for (byte, pair) in bytes.iter_mut().zip(digits) {
            *byte = u8::from_str_radix(pair, 16).unwrap_or_default();
        }
        Self(bytes)
    }

    pub(crate) fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether both are of the same secret. Takes as long whatever they are.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl FromStr for Digest {
    type Err = TooShort;

    fn from_str(secret: &str) -> Result<Self, TooShort> {
        let secret = secret.trim();
        if secret.len() < SHORTEST { Err(TooShort) } else { Ok(Self::of(secret)) }
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Digest(…)")
    }
}

/// 32 random bytes as text that is safe in a header, a URL and a shell.
pub(crate) fn random_secret() -> Result<String, Unspecified> {
    let mut bytes = [0; 32];
    SystemRandom::new().fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Where a line's fallback document will stand.
pub(crate) fn random_address() -> Result<store::Address, Unspecified> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes)?;
    Ok(store::Address::from(bytes))
}

/// Random small letters and digits: 5 bits each.
pub(crate) fn random_letters(length: usize) -> Result<String, Unspecified> {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut bytes = vec![0; length];
    SystemRandom::new().fill(&mut bytes)?;
    Ok(bytes
        .into_iter()
        .filter_map(|byte| ALPHABET.get(usize::from(byte & 31)))
        .map(|byte| char::from(*byte))
        .collect())
}

/// A name for something whose content may not stand in a URL: the same for the same parts, and no way back.
pub(crate) fn opaque_id(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
        text.push('\u{0}');
    }
    Digest::of(&text).hex().chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_recognised_and_shows_nothing() {
        let secret = random_secret().unwrap();
        let digest = Digest::of(&secret);
        assert!(digest.is(&Digest::of_hex(&digest.hex())) && digest.is(&secret.parse().unwrap()));
        assert!(!digest.is(&Digest::of(&random_secret().unwrap())));
        assert!(!digest.is(&Digest::of_hex("")) && !digest.is(&Digest::of_hex("zz")));
        assert_eq!(format!("{digest:?}"), "Digest(…)");
        // of FIPS 180-4
        assert_eq!(Digest::of("abc").hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!("short".parse::<Digest>().is_err());
    }

    #[test]
    fn random_texts_are_as_long_as_they_should_be() {
        assert_eq!(random_secret().unwrap().len(), 43);
        let letters = random_letters(10).unwrap();
        assert!(letters.len() == 10 && letters.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_eq!(opaque_id(&["ab", "c"]).len(), 12);
        assert_ne!(opaque_id(&["ab", "c"]), opaque_id(&["a", "bc"]));
    }
}
