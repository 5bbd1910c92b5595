//! Routing keys, by which tools say which service their events are about.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A routing key to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({"name": "alertmanager"}))))]
#[serde(deny_unknown_fields)]
pub struct NewRoutingKey {
    /// What it is for.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
}

/// A routing key without what its bearer shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "r3k7m2q9abcd", "name": "alertmanager", "last4": "x4qd",
    "created_at": "2026-11-20T09:00:00Z", "created_by": "k7f3m2q9abcd",
}))))]
pub struct RoutingKey {
    /// Its id, by which it is removed.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// The last four characters, by which its bearer finds it.
    pub last4: String,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub created_at: Timestamp,
    /// The id of the token with which it was made.
    pub created_by: String,
}

/// A routing key that was just made, with what its bearer shows: this is the only time that it is shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "key": {
        "id": "r3k7m2q9abcd", "name": "alertmanager", "last4": "x4qd",
        "created_at": "2026-11-20T09:00:00Z", "created_by": "k7f3m2q9abcd",
    },
    "secret": "abcdefghijklmnopqrstuvwxyz23x4qd",
}))))]
pub struct CreatedRoutingKey {
    /// What it is from then on.
    pub key: RoutingKey,
    /// What a tool sends: 32 letters and digits, as long as the keys that tools know.
    pub secret: String,
}

impl fmt::Debug for CreatedRoutingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreatedRoutingKey").field("key", &self.key).finish_non_exhaustive()
    }
}
