//! What may be sent, and where to.

use serde::{Deserialize, Serialize};

use crate::NumberPattern;

/// The organisation's settings for pages and other texts and calls that it sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "default_line": "ln_7f3k2m9qab", "allowed": ["+46*"], "refused": ["+4682*"], "daily_cap": "25.00",
    "spent_today": "1.42", "spend_state": "fine",
}))))]
#[serde(deny_unknown_fields)]
pub struct Sending {
    /// The id of the line that sends where none is of the recipient's country; any that is switched on, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub default_line: Option<String>,
    /// Numbers that may be reached beside those of our own lines' countries.
    #[serde(default)]
    pub allowed: Vec<NumberPattern>,
    /// Numbers that are never reached.
    #[serde(default)]
    pub refused: Vec<NumberPattern>,
    /// What may be spent in a day of UTC, in the account's currency, by our estimate; no cap if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, pattern = "^[0-9]{1,7}(\\.[0-9]{1,4})?$"))]
    pub daily_cap: Option<String>,
    /// What has been spent today, by our estimate. Set by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, read_only))]
    pub spent_today: Option<String>,
    /// Where that stands under the cap. Set by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, read_only))]
    pub spend_state: Option<SpendState>,
}

/// How much may still be spent today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SpendState {
    /// Enough.
    Fine,
    /// Less than a fifth is left.
    Low,
    /// Nothing more leaves today.
    Reached,
}
