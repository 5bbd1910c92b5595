//! Proving that a phone is its owner's.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Channel;

/// A code that is to be sent to a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({"channel": "sms"}))))]
#[serde(deny_unknown_fields)]
pub struct NewVerification {
    /// Written in a text, or spoken on a call.
    pub channel: Channel,
}

/// A code that was sent to a phone. It takes the place of the one before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "channel": "sms", "line": "ln_7f3k2m9qab", "outcome": "sent", "expires_at": "2026-11-20T09:10:00Z",
}))))]
pub struct Verification {
    /// Written in a text, or spoken on a call.
    pub channel: Channel,
    /// The line that it comes from.
    pub line: String,
    /// What is known of it.
    pub outcome: VerificationOutcome,
    /// From when it counts no longer.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub expires_at: Timestamp,
}

/// What is known of a code that was to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VerificationOutcome {
    /// Twilio has taken it.
    Sent,
    /// Twilio did not answer. It may have arrived, and then it counts; if it does not, ask for another in a minute.
    Unknown,
}

/// The code that somebody has read or heard.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({"code": "402917"}))))]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    /// Six digits. Spaces between them do not matter.
    #[cfg_attr(feature = "openapi", schema(pattern = "^ *([0-9] *){6}$"))]
    pub code: String,
}

impl fmt::Debug for Confirmation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Confirmation(…)")
    }
}
