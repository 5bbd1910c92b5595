//! Connected Twilio accounts.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Money, Number};

/// A Twilio account to be connected. Its secrets are tried at Twilio, kept in Secrets Manager and never shown again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "account": "AC00000000000000000000000000000001", "name": "Acme", "auth_token": "…",
    "key_sid": "SK00000000000000000000000000000001", "key_secret": "…",
}))))]
#[serde(deny_unknown_fields)]
pub struct NewIntegration {
    /// Account SID.
    #[cfg_attr(feature = "openapi", schema(pattern = "^AC[0-9a-fA-F]{32}$"))]
    pub account: String,
    /// What colleagues call it.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
    /// The account's auth token, by which Twilio's webhooks are recognised.
    pub auth_token: String,
    /// SID of a standard API key, with which numbers are bought.
    #[cfg_attr(feature = "openapi", schema(pattern = "^SK[0-9a-fA-F]{32}$"))]
    pub key_sid: String,
    /// The key's secret.
    pub key_secret: String,
}

impl fmt::Debug for NewIntegration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewIntegration")
            .field("account", &self.account)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// What can be changed of a connected account besides its secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({"name": "Acme"}))))]
#[serde(deny_unknown_fields)]
pub struct IntegrationChange {
    /// What colleagues call it.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
}

/// Secrets that replace others. A new auth token counts beside the one before it until that is retired.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({"auth_token": "…"}))))]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    /// The account's new auth token: the secondary one, before it is promoted at Twilio.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_token: Option<String>,
    /// SID of a new API key, with its secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(pattern = "^SK[0-9a-fA-F]{32}$"))]
    pub key_sid: Option<String>,
    /// The secret of the new API key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_secret: Option<String>,
    /// Forgets the auth token before the latest one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retire: bool,
}

impl fmt::Debug for Rotation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rotation").field("key_sid", &self.key_sid).field("retire", &self.retire).finish_non_exhaustive()
    }
}

/// A connected Twilio account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "account": "AC00000000000000000000000000000001", "name": "Acme", "key_sid": "SK00000000000000000000000000000001",
    "auth_token_last4": "9f3a", "key_secret_last4": "77c1", "created_at": "2026-11-20T09:00:00Z", "rotated_at": null,
    "version": 1,
}))))]
pub struct Integration {
    /// Account SID.
    pub account: String,
    /// What colleagues call it.
    pub name: String,
    /// SID of the API key.
    pub key_sid: String,
    /// The last four characters of the latest auth token.
    pub auth_token_last4: String,
    /// The last four characters of the API key's secret.
    pub key_secret_last4: String,
    /// When it was connected.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub created_at: Timestamp,
    /// When a secret was last replaced.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "date-time"))]
    pub rotated_at: Option<Timestamp>,
    /// How often it has been saved: its ETag, or what that begins with.
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub version: u64,
}

/// A connected Twilio account and what Twilio says of it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "integration": {
        "account": "AC00000000000000000000000000000001", "name": "Acme", "key_sid": "SK00000000000000000000000000000001",
        "auth_token_last4": "9f3a", "key_secret_last4": "77c1", "created_at": "2026-11-20T09:00:00Z", "rotated_at": null,
    "version": 1,
    },
    "balance": {"amount": "12.50", "currency": "USD"},
    "trouble": null,
    "numbers": 2,
    "billing": "Twilio bills numbers, calls and texts to this account directly.",
}))))]
pub struct IntegrationState {
    /// The account.
    pub integration: Integration,
    /// What it has left; null if Twilio does not say.
    pub balance: Option<Money>,
    /// Why Twilio does not say, in words.
    pub trouble: Option<String>,
    /// How many lines have their number from this account.
    pub numbers: u64,
    /// Who bills.
    pub billing: String,
}

/// Whether an account goes although lines have their numbers from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct DisconnectQuery {
    /// `true` to disconnect although lines stop working.
    #[serde(default)]
    pub confirm: bool,
}

/// What an account leaves behind that is connected no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "account": "AC00000000000000000000000000000001",
    "stopped": [{"line": "ln_7f3k2m9qab", "number": "+4721000000"}],
}))))]
pub struct Disconnection {
    /// Account SID.
    pub account: String,
    /// Lines that answer no longer. Twilio goes on billing their numbers until they are released there.
    pub stopped: Vec<StoppedLine>,
}

/// A line that answers no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoppedLine {
    /// The line's id.
    pub line: String,
    /// Its number.
    pub number: Number,
}
