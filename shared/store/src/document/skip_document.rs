//! What was passed over, and why.

use oncall::{PersonId, ScheduleId, Skip, SkipReason, TeamId, UnknownZone, reach::Missing};
use serde::{Deserialize, Serialize};

use super::mirror::{Maybe, Shown};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Skip")]
pub(super) struct SkipDocument {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    step: Option<usize>,
    #[serde(default, with = "Shown::<Maybe<PersonId>>", skip_serializing_if = "Option::is_none")]
    person: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(with = "SkipReasonDocument")]
    why: SkipReason,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "SkipReason", rename_all = "snake_case")]
enum SkipReasonDocument {
    NoPolicy,
    EmptyStep,
    Missing(#[serde(with = "MissingDocument")] Missing),
    TooFewEvents { wanted: u32, had: u32 },
    OutsideHours,
    Holiday(String),
    UnreadableHours(#[serde(with = "UnknownZoneDocument")] UnknownZone),
    TextOnly,
    Wait(u32),
    AfterRepeats,
    AfterResolve,
    NotNeeded,
    AlreadyNamed,
    NoPhone,
    Unverified(usize),
    IsCaller(usize),
    IsLine(usize),
    SharedPhone(usize),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "UnknownZone")]
struct UnknownZoneDocument(String);

#[derive(Serialize, Deserialize)]
#[serde(remote = "Missing", rename_all = "snake_case")]
enum MissingDocument {
    Person(#[serde(with = "Shown::<PersonId>")] PersonId),
    Team(#[serde(with = "Shown::<TeamId>")] TeamId),
    EmptyTeam(String),
    Schedule(#[serde(with = "Shown::<ScheduleId>")] ScheduleId),
    NobodyOnCall { schedule: String, reasons: Vec<String> },
    Unreadable { schedule: String, problem: String },
}
