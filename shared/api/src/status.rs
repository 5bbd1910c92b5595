//! What is installed, and how much it holds.

use serde::{Deserialize, Serialize};

/// The state of the installation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "version": "0.1.0",
    "revision": 42,
    "rebuilding": [],
    "counts": {"people": 10, "teams": 2, "schedules": 3, "holidays": 1, "escalation_policies": 3, "services": 3, "lines": 2},
}))))]
pub struct Status {
    /// The software's version.
    pub version: String,
    /// Grows by one with every save of any object.
    pub revision: u64,
    /// Lines that do not follow the last saves yet.
    pub rebuilding: Vec<String>,
    /// How many objects there are.
    pub counts: Counts,
}

/// How many objects there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counts {
    /// People.
    pub people: u64,
    /// Teams.
    pub teams: u64,
    /// Schedules.
    pub schedules: u64,
    /// Calendars of holidays.
    pub holidays: u64,
    /// Escalation policies.
    pub escalation_policies: u64,
    /// Services.
    pub services: u64,
    /// Lines.
    pub lines: u64,
}
