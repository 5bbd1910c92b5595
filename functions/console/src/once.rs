//! What is done once, however often its form is sent.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::rand::{SecureRandom as _, SystemRandom};

/// An Idempotency-Key for a form, made when its page is written. Without randomness it is empty, and the API does nothing
/// for it.
pub(crate) fn key() -> String {
    let mut random = [0; 18];
    SystemRandom::new().fill(&mut random).map(|()| URL_SAFE_NO_PAD.encode(random)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_has_its_own() {
        let (one, other) = (key(), key());
        assert_eq!((one.len(), one == other), (24, false));
    }
}
