//! Who is on call.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Override, Schedule};

/// At which instant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct AtQuery {
    /// An instant with its offset; now, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = "date-time"))]
    pub at: Option<Timestamp>,
}

/// From when to when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct WindowQuery {
    /// The first instant; 60 days ago, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = "date-time"))]
    pub from: Option<Timestamp>,
    /// The instant after the last; in 60 days, if absent. At most 120 days after `from`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = "date-time"))]
    pub to: Option<Timestamp>,
    /// `true` to see each layer and the overrides, too.
    #[serde(default)]
    pub detail: bool,
}

/// A schedule that nobody has saved, and from when to when it is to be seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "schedule": {
        "name": "Primary",
        "timezone": "Europe/Oslo",
        "layers": [{
            "name": "Weeks", "priority": 0, "users": [["ada"], ["bo"]], "rotation": "rolling", "frequency": "weekly",
            "interval": 1, "start": "2026-01-05T08:00", "handoff": null, "shift_length": null, "until": null,
            "by_day": [],
        }],
        "overrides": [],
    },
    "from": "2026-11-20T00:00:00Z",
    "to": "2026-12-20T00:00:00Z",
    "detail": true,
}))))]
#[serde(deny_unknown_fields)]
pub struct SchedulePreview {
    /// As it would be saved.
    pub schedule: Schedule,
    /// The first instant; 60 days ago, if absent.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "date-time"))]
    pub from: Option<Timestamp>,
    /// The instant after the last; in 60 days, if absent. At most 120 days after `from`.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "date-time"))]
    pub to: Option<Timestamp>,
    /// Whether to see each layer and the overrides, too.
    #[serde(default)]
    pub detail: bool,
}

/// Who is on call by a schedule at an instant, and why nobody else is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "schedule": "primary",
    "at": "2026-11-20T09:00:00+01:00",
    "people": [{"id": "ada", "name": "Ada Lovelace", "reason": "layer Weeks, group 1"}],
    "skipped": ["skipped: layer Nights: between shifts"],
}))))]
pub struct OnCall {
    /// The schedule's id.
    pub schedule: String,
    /// When, in the schedule's time zone.
    #[cfg_attr(feature = "openapi", schema(format = "date-time"))]
    pub at: String,
    /// Who; empty in a gap.
    pub people: Vec<OnCallPerson>,
    /// Why the rest of the schedule does not count.
    pub skipped: Vec<String>,
}

/// A schedule with who is on call by it, and who comes next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "schedule": "primary",
    "name": "Primary",
    "timezone": "Europe/Oslo",
    "people": [{"id": "ada", "name": "Ada Lovelace", "reason": "layer Weeks, group 1"}],
    "until": "2026-11-23T08:00:00+01:00",
    "next": [{"id": "bo", "name": "Bo Ek", "reason": "layer Weeks, group 2"}],
}))))]
pub struct OnCallNow {
    /// The schedule's id.
    pub schedule: String,
    /// What colleagues call it.
    pub name: String,
    /// The IANA name of its time zone.
    pub timezone: String,
    /// Who; empty in a gap.
    pub people: Vec<OnCallPerson>,
    /// When that ends, in the schedule's time zone; null if it does not within 60 days.
    #[cfg_attr(feature = "openapi", schema(format = "date-time"))]
    pub until: Option<String>,
    /// Who from then on; empty if nobody is, or if it does not end.
    pub next: Vec<OnCallPerson>,
}

/// Somebody who is on call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OnCallPerson {
    /// Who.
    pub id: String,
    /// What they are called; null if they are no longer there.
    pub name: Option<String>,
    /// Which layer and group, or which override.
    pub reason: String,
}

/// Who was, is and will be on call, without holes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "schedule": "primary",
    "from": "2026-11-20T00:00:00+01:00",
    "to": "2026-11-21T00:00:00+01:00",
    "shifts": [
        {
            "start": "2026-11-20T00:00:00+01:00", "end": "2026-11-20T18:00:00+01:00", "gap": false, "people": ["ada"],
            "reasons": ["layer Weeks, group 1"],
        },
        {
            "start": "2026-11-20T18:00:00+01:00", "end": "2026-11-21T00:00:00+01:00", "gap": true, "people": [],
            "reasons": [],
        },
    ],
    "layers": [{
        "name": "Weeks",
        "priority": 0,
        "shifts": [{
            "start": "2026-11-20T00:00:00+01:00", "end": "2026-11-20T18:00:00+01:00", "gap": false, "people": ["ada"],
            "reasons": ["layer Weeks, group 1"],
        }],
    }],
    "overrides": [],
    "names": {"ada": "Ada Lovelace"},
}))))]
pub struct Timeline {
    /// The schedule's id; `unsaved` for one that has none.
    pub schedule: String,
    /// The first instant, in the schedule's time zone.
    #[cfg_attr(feature = "openapi", schema(format = "date-time"))]
    pub from: String,
    /// The instant after the last.
    #[cfg_attr(feature = "openapi", schema(format = "date-time"))]
    pub to: String,
    /// Each ends where the next begins.
    pub shifts: Vec<Shift>,
    /// With `detail`, each layer: those that there are in the schedule's order, then those that there were.
    pub layers: Option<Vec<LayerShifts>>,
    /// With `detail`, the overrides that fall into that time, those that were taken away later, too.
    pub overrides: Option<Vec<Override>>,
    /// What the people of all this are called, by id; those who are no longer there are left out.
    pub names: BTreeMap<String, String>,
}

/// A layer as if there were no others and no overrides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LayerShifts {
    /// Its name, or its number counted from 1 if it has none.
    pub name: String,
    /// Layers of a higher one hide it.
    pub priority: i64,
    /// When somebody would be on call, in the order of time; nobody is in between.
    pub shifts: Vec<Shift>,
}

/// A time in which the same people are on call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shift {
    /// Its first instant, with the offset that the schedule's clock has then.
    #[cfg_attr(feature = "openapi", schema(format = "date-time"))]
    pub start: String,
    /// The instant after its last.
    #[cfg_attr(feature = "openapi", schema(format = "date-time"))]
    pub end: String,
    /// Nobody is on call.
    pub gap: bool,
    /// Ids of people.
    pub people: Vec<String>,
    /// Why, in the order of time.
    pub reasons: Vec<String>,
}
