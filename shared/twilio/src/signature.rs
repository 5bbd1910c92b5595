//! Is this request from Twilio, for an account of ours?
//!
//! `X-Twilio-Signature` is the Base64 of an HMAC over the URL, exactly as it was configured at
//! Twilio, followed by every form parameter. Sources: Twilio's *Webhooks security* and *Sign webhooks
//! with shared keys* pages, and the official helper libraries twilio-python 9.13.0 and twilio-node
//! 6.2.0, whose vectors the tests assert. Where the libraries are laxer or stricter than the text that
//! is really signed (re-encoded queries, a bare `?`, user info with a port), the text wins.
//!
//! - The URL comes from configuration and the raw request target, never from a framework's
//!   re-encoding of it. A fragment (Twilio's connection overrides) is not signed.
//! - SHA-1 with an auth token is the classic signature; SHA-256 comes with a shared key, announced by
//!   `X-Twilio-Webhooks-Signature-Settings`. That header can only choose among the keys which
//!   [`AccountSecrets`] gives for the account in the form.
//! - A body that is no form (JSON) is bound by `bodySHA256` in the signed URL; without it, it is
//!   refused.
//!
//! Known limits of Twilio's scheme, not of this code: names and values are joined without a
//! separator, and an identical pair may be repeated unnoticed. [`Form`](crate::webhook::Form)
//! therefore refuses a needed parameter that came with two different values.

mod account_keys;
mod check;
mod port_variants;
mod settings;
mod signed_text;

pub use account_keys::{AccountKeys, AccountSecrets};
pub(crate) use check::{Body, check};
pub use check::{Refused, SignedRequest};
pub use settings::InvalidSettings;

/// Carries the signature. Lower case, as HTTP libraries name it.
pub const SIGNATURE_HEADER: &str = "x-twilio-signature";
/// Present when a shared key has signed: `key=<id>,algorithm=HMAC_SHA256`.
pub const SIGNATURE_SETTINGS_HEADER: &str = "x-twilio-webhooks-signature-settings";
/// The same on every attempt to deliver one webhook.
pub const IDEMPOTENCY_HEADER: &str = "i-twilio-idempotency-token";
