//! Teams.

use serde::{Deserialize, Serialize};

/// People who are notified together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({"id": "leads", "name": "Incident leads", "members": ["ada", "bo"]}))))]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Chosen by whoever creates it, else made by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, pattern = "^[a-z0-9][a-z0-9_-]{0,62}$"))]
    pub id: Option<String>,
    /// What colleagues call it.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
    /// Ids of people, in the order in which they are tried.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 500))]
    pub members: Vec<String>,
}
