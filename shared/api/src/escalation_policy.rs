//! Escalation policies.

use serde::{Deserialize, Serialize};

use crate::Step;

/// Ordered steps that find a human.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "payments",
    "name": "Payments",
    "steps": [
        {
            "type": "notify", "targets": [{"type": "schedule", "id": "primary"}], "order": "listed",
            "ring_seconds": null, "channel": null,
        },
        {"type": "wait", "minutes": 5},
        {"type": "repeat", "times": 2},
    ],
    "fallback": "ada",
}))))]
#[serde(deny_unknown_fields)]
pub struct EscalationPolicy {
    /// Chosen by whoever creates it, else made by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, pattern = "^[a-z0-9][a-z0-9_-]{0,62}$"))]
    pub id: Option<String>,
    /// What it is called.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
    /// What happens, in order.
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    pub steps: Vec<Step>,
    /// The person who is found when a round's steps find nobody at all.
    #[serde(default)]
    pub fallback: Option<String>,
}
