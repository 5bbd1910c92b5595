//! Who would be rung, and why, and who would not.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Calling, Mode};

/// What call, without its caller's number, which may not stand in a URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct ExplainQuery {
    /// The key that the caller presses, `0` to `9`; all of them, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(pattern = "^[0-9]$"))]
    pub digit: Option<String>,
    /// An instant with its offset; now, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = "date-time"))]
    pub at: Option<Timestamp>,
    /// Who calls, by the id of a person's phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(pattern = "^[0-9a-f]{12}$"))]
    pub from: Option<String>,
}

/// What call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({"digit": "1", "at": "2026-11-20T09:00:00Z", "from": "+4790000009"}))))]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The key that the caller presses, `0` to `9`; all of them, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(pattern = "^[0-9]$"))]
    pub digit: Option<String>,
    /// An instant with its offset; now, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "date-time"))]
    pub at: Option<Timestamp>,
    /// Who calls; somebody whom nobody knows and who shows their number, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Calling>,
}

/// What would happen to a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "line": "ln_7f3k2m9qab",
    "at": "2026-11-20T09:00:00Z",
    "closed": [],
    "holiday": null,
    "destinations": [{
        "key": "1", "service": "payments", "name": "Payments", "mode": "normal", "rings": true,
        "rounds": [{
            "round": 1,
            "rungs": [
                {
                    "result": "ring", "step": 0, "person": "ada", "name": "Ada Lovelace", "phone": 1, "ring_seconds": 20,
                    "why": "on call in schedule Primary: layer Weeks, group 1",
                },
                {
                    "result": "skip", "step": 1, "person": null, "name": null, "phone": null, "ring_seconds": null,
                    "why": "a wait of 5 min, not waited for on a live call",
                },
            ],
        }],
        "schedules": [{"schedule": "primary", "skipped": ["skipped: layer Nights: between shifts"]}],
    }],
}))))]
pub struct Explanation {
    /// The line's id.
    pub line: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub at: Timestamp,
    /// Why the line takes no such call; empty if it does. What follows then is what would happen if it did.
    pub closed: Vec<Closed>,
    /// The holiday but for which it would be within the line's support hours; null if there is none of that kind.
    pub holiday: Option<String>,
    /// What each key leads to; empty if the asked one leads nowhere: the caller would be asked again.
    pub destinations: Vec<DestinationExplanation>,
}

/// Why a line takes no call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Closed {
    /// The line is switched off.
    Disabled,
    /// The caller is blocked.
    Blocked,
    /// It is outside the line's support hours.
    OutsideHours,
    /// The caller hides their number, and the line wants to know it.
    Withheld,
}

/// What would happen to a call for one destination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DestinationExplanation {
    /// The key.
    pub key: String,
    /// The id of the service.
    pub service: String,
    /// What it is called; null if it does not exist.
    pub name: Option<String>,
    /// Its mode at that instant.
    pub mode: Mode,
    /// Whether any phone would ring.
    pub rings: bool,
    /// One climb of the escalation policy after the other.
    pub rounds: Vec<Round>,
    /// What the policy's schedules hold besides whoever is on call.
    pub schedules: Vec<SkippedShifts>,
}

/// One climb of an escalation policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Round {
    /// Which, from 1.
    pub round: u8,
    /// Phones that ring, and what is passed over, in order.
    pub rungs: Vec<Rung>,
}

/// A phone that rings, or something that is passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rung {
    /// Which of the two.
    pub result: RungResult,
    /// Which step of the policy, from 0; null for the fallback person.
    pub step: Option<usize>,
    /// The id of the person who is rung or passed over; null if it is about nobody in particular.
    pub person: Option<String>,
    /// Whom it is about, if it is one person.
    pub name: Option<String>,
    /// Which of their phones rings, from 1.
    pub phone: Option<usize>,
    /// How long it rings, seconds.
    pub ring_seconds: Option<u16>,
    /// Why.
    pub why: String,
}

/// Whether a phone rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RungResult {
    /// It rings.
    Ring,
    /// It is passed over.
    Skip,
}

/// What a schedule holds besides whoever is on call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SkippedShifts {
    /// The schedule's id.
    pub schedule: String,
    /// Why its other layers and overrides do not count.
    pub skipped: Vec<String>,
}
