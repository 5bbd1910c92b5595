//! What one phone has been told.

use jiff::Timestamp;
use oncall::{
    IncidentId,
    texting::{Codes, Gathering, Issued},
};
use serde::{Deserialize, Serialize};

use super::mirror::{Listed, Maybe, Shown, is_no, mirrors};

mirrors! {
    CodesDocument of Codes,
    IssuedDocument of Issued,
    GatheringDocument of Gathering,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Codes")]
pub(crate) struct CodesDocument {
    #[serde(with = "Shown::<Listed<IssuedDocument>>", default)]
    issued: Vec<Issued>,
    #[serde(with = "Shown::<Maybe<GatheringDocument>>", default, skip_serializing_if = "Option::is_none")]
    gathering: Option<Gathering>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bundled_at: Option<Timestamp>,
    #[serde(default)]
    unhelpful: u8,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Issued")]
struct IssuedDocument {
    code: u32,
    #[serde(with = "Shown::<Listed<IncidentId>>")]
    incidents: Vec<IncidentId>,
    #[serde(default, skip_serializing_if = "is_no")]
    is_bundle: bool,
    first_told_at: Timestamp,
    told_at: Timestamp,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Gathering")]
struct GatheringDocument {
    #[serde(with = "Shown::<Listed<IncidentId>>")]
    incidents: Vec<IncidentId>,
    due: Timestamp,
}
