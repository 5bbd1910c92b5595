//! Calendar feeds.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A feed to be made: of a schedule or of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({"schedule": "primary"}))))]
#[serde(deny_unknown_fields)]
pub struct NewFeed {
    /// The id of the schedule whose shifts it tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<String>,
    /// The id of the person whose shifts it tells, by all schedules that name them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
}

/// A feed without its address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "f3k7m2q9abcd", "schedule": "primary",
    "created_at": "2026-11-20T09:00:00Z", "created_by": "k7f3m2q9abcd",
}))))]
pub struct Feed {
    /// Its id, by which it is revoked.
    pub id: String,
    /// The id of the schedule whose shifts it tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub schedule: Option<String>,
    /// The id of the person whose shifts it tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub person: Option<String>,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub created_at: Timestamp,
    /// The id of the token with which it was made.
    pub created_by: String,
}

/// A feed that was just made, with its address: this is the only time that it is shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "feed": {
        "id": "f3k7m2q9abcd", "schedule": "primary",
        "created_at": "2026-11-20T09:00:00Z", "created_by": "k7f3m2q9abcd",
    },
    "path": "/feeds/f3k7m2q9abcd_…",
}))))]
pub struct CreatedFeed {
    /// What it is from then on.
    pub feed: Feed,
    /// The path of its address, below the address of this API: whoever knows it reads the shifts, without a token.
    pub path: String,
}

impl fmt::Debug for CreatedFeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreatedFeed").field("feed", &self.feed).finish_non_exhaustive()
    }
}
