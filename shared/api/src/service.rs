//! Services.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What people call about or what incidents are about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "payments", "name": "Payments", "policy": "payments", "mode": {"type": "normal", "until": null},
}))))]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Chosen by whoever creates it, else made by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, pattern = "^[a-z0-9][a-z0-9_-]{0,62}$"))]
    pub id: Option<String>,
    /// What it is called, in lists and in the responder's ear.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
    /// The id of its escalation policy.
    pub policy: String,
    /// Whether it escalates at the moment. If absent, it stays as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub mode: Option<ServiceMode>,
    /// After how many minutes an acknowledgement of its incidents counts no more, so that people are paged again. If
    /// absent, it counts until the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, minimum = 1, maximum = 10_080))]
    pub acknowledged_minutes: Option<u32>,
}

/// Whether a service escalates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ServiceMode {
    /// In which way.
    #[serde(rename = "type")]
    pub mode: Mode,
    /// When it ends by itself; never, if null.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "date-time"))]
    pub until: Option<Timestamp>,
}

/// In which way a service escalates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// As configured.
    Normal,
    /// Being tried out: incidents are recorded, nobody is rung or paged.
    Debug,
    /// Planned work: incidents are attached to one maintenance incident, nobody is rung or paged.
    Maintenance,
}

/// A change of a service's mode, for a while or for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({"mode": "maintenance", "minutes": 60}))))]
#[serde(deny_unknown_fields)]
pub struct ModeChange {
    /// The mode from now on.
    pub mode: Mode,
    /// For how long; `until` may be given instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 525_600))]
    pub minutes: Option<u32>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "date-time"))]
    pub until: Option<Timestamp>,
}
