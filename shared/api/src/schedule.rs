//! Schedules.

use serde::{Deserialize, Serialize};

/// Who is on call: layers of rotating groups, and overrides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "primary",
    "name": "Primary",
    "timezone": "Europe/Oslo",
    "layers": [{
        "name": "Weeks", "priority": 0, "users": [["ada"], ["bo"]], "rotation": "rolling", "frequency": "weekly",
        "interval": 1, "start": "2026-01-05T08:00", "handoff": null, "shift_length": null, "until": null, "by_day": [],
    }],
    "overrides": [{
        "id": "5b0e9c7a1d24", "start": "2026-11-20T18:00:00+01:00", "end": "2026-11-21T08:00:00+01:00", "users": ["bo"],
    }],
}))))]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Chosen by whoever creates it, else made by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, pattern = "^[a-z0-9][a-z0-9_-]{0,62}$"))]
    pub id: Option<String>,
    /// What colleagues call it.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
    /// IANA name of the zone in which the layers are read, such as `Europe/Oslo`.
    pub timezone: String,
    /// In any order: `priority` decides which one counts.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 100))]
    pub layers: Vec<Layer>,
    /// Who is on call instead of all layers for a while. Overlapping ones of the same people are joined.
    #[serde(default)]
    pub overrides: Vec<Override>,
}

/// Who takes turns, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// What people call it; it appears in reasons.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub name: String,
    /// A layer hides those of a smaller priority where it has a shift.
    #[serde(default)]
    pub priority: i64,
    /// Groups of people's ids in their order. An empty group's turn falls through to the lower layers.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 1000))]
    pub users: Vec<Vec<String>>,
    /// `rolling`: one group a period, in order. `plain`: everyone in every shift.
    #[serde(default = "rolling")]
    #[cfg_attr(feature = "openapi", schema(pattern = "^(rolling|plain)$"))]
    pub rotation: String,
    /// How often a shift begins: `none` (one shift), `hourly`, `daily`, `weekly` or `monthly`.
    #[serde(default = "none")]
    #[cfg_attr(feature = "openapi", schema(pattern = "^(none|hourly|daily|weekly|monthly)$"))]
    pub frequency: String,
    /// Every so many hours, days, weeks or months.
    #[serde(default = "one")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 9000))]
    pub interval: i64,
    /// Local wall-clock time of the first shift, as `2026-01-05T08:00`.
    pub start: String,
    /// Local time of day, as `08:00`; the first shift begins at the first such time at or after `start`.
    #[serde(default)]
    pub handoff: Option<String>,
    /// An ISO 8601 duration read on the wall clock, as `P1DT12H`; absent: until the next shift begins.
    #[serde(default)]
    pub shift_length: Option<String>,
    /// Local wall-clock time; the last shift that starts at or before it runs its full length.
    #[serde(default)]
    pub until: Option<String>,
    /// `MO` to `SU`: the days on which shifts start; empty: the start's own.
    #[serde(default)]
    pub by_day: Vec<String>,
}

fn rolling() -> String {
    "rolling".to_owned()
}

fn none() -> String {
    "none".to_owned()
}

fn one() -> i64 {
    1
}

/// Who is on call instead of all layers for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "5b0e9c7a1d24", "start": "2026-11-20T18:00:00+01:00", "end": "2026-11-21T08:00:00+01:00", "users": ["bo"],
}))))]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Made of what it says, so that it changes when that does. Ignored in a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub id: Option<String>,
    /// Its first instant, with an offset.
    #[cfg_attr(feature = "openapi", schema(format = "date-time"))]
    pub start: String,
    /// The instant after its last.
    #[cfg_attr(feature = "openapi", schema(format = "date-time"))]
    pub end: String,
    /// Ids of people, at least one.
    #[cfg_attr(feature = "openapi", schema(min_items = 1))]
    pub users: Vec<String>,
}

/// All overrides of a schedule, after one was added or taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "overrides": [{
        "id": "5b0e9c7a1d24", "start": "2026-11-20T18:00:00+01:00", "end": "2026-11-21T08:00:00+01:00", "users": ["bo"],
    }],
}))))]
pub struct Overrides {
    /// By their start; overlapping ones of the same people are one.
    pub overrides: Vec<Override>,
}
