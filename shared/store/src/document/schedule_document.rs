//! Schedules as they were typed.

use oncall::{
    NamedSchedule, PersonId, ScheduleId,
    schedule::{Definition, LayerDefinition, OverrideDefinition},
};
use serde::{Deserialize, Serialize};

use super::mirror::{Listed, Shown, mirrors};

mirrors! {
    NamedScheduleDocument of NamedSchedule,
    LayerDocument of LayerDefinition,
    OverrideDocument of OverrideDefinition,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "NamedSchedule")]
pub(super) struct NamedScheduleDocument {
    #[serde(with = "Shown::<ScheduleId>")]
    id: ScheduleId,
    #[serde(default)]
    name: String,
    #[serde(with = "DefinitionDocument")]
    definition: Definition,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Definition")]
struct DefinitionDocument {
    timezone: String,
    #[serde(with = "Shown::<Listed<LayerDocument>>", default)]
    layers: Vec<LayerDefinition>,
    #[serde(with = "Shown::<Listed<OverrideDocument>>", default, skip_serializing_if = "Vec::is_empty")]
    overrides: Vec<OverrideDefinition>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "LayerDefinition")]
pub(super) struct LayerDocument {
    #[serde(default)]
    name: String,
    priority: i64,
    #[serde(with = "Shown::<Listed<Listed<PersonId>>>")]
    users: Vec<Vec<PersonId>>,
    rotation: String,
    frequency: String,
    interval: i64,
    start: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    handoff: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shift_length: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    by_day: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "OverrideDefinition")]
pub(super) struct OverrideDocument {
    start: String,
    end: String,
    #[serde(with = "Shown::<Listed<PersonId>>")]
    users: Vec<PersonId>,
}
