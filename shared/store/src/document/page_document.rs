//! Pages of an incident, and who is being paged.

use jiff::Timestamp;
use oncall::{
    Channel, PersonId,
    incident::{Failure, Page, PageState, Planned, Pursuit},
};
use phone::PhoneNumber;
use serde::{Deserialize, Serialize};

use super::{
    mirror::{Listed, Shown, is_no, mirrors},
    policy_document::ChannelDocument,
};

mirrors! {
    PageDocument of Page,
    PursuitDocument of Pursuit,
    PlannedDocument of Planned,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Page")]
pub(super) struct PageDocument {
    number: u32,
    generation: u32,
    rise: u32,
    #[serde(with = "Shown::<PersonId>")]
    person: PersonId,
    rule: usize,
    phone: usize,
    #[serde(with = "Shown::<PhoneNumber>")]
    to: PhoneNumber,
    #[serde(with = "ChannelDocument")]
    channel: Channel,
    #[serde(default, skip_serializing_if = "is_no")]
    first: bool,
    ordered_at: Timestamp,
    #[serde(default)]
    sendings: u8,
    #[serde(default)]
    delays: u8,
    #[serde(with = "PageStateDocument")]
    state: PageState,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "PageState", rename_all = "snake_case")]
enum PageStateDocument {
    Ordered { since: Timestamp },
    Delayed { until: Timestamp },
    Gathered { until: Timestamp },
    InDoubt { until: Timestamp },
    Asked { since: Timestamp },
    Sent { sid: String },
    Delivered,
    Failed(#[serde(with = "FailureDocument")] Failure),
    CalledOff,
    Recalled,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Failure", rename_all = "snake_case")]
pub(super) enum FailureDocument {
    Refused,
    OptedOut,
    NotAllowed,
    NoLine,
    Capped,
    SpendCap,
    Unreachable,
    Unknown,
    Undelivered,
    NoAnswer,
    Busy,
    NoKey,
    Machine,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Pursuit")]
pub(super) struct PursuitDocument {
    #[serde(with = "Shown::<PersonId>")]
    person: PersonId,
    rise: u32,
    #[serde(default)]
    why: String,
    #[serde(with = "Shown::<Listed<PlannedDocument>>", default)]
    rules: Vec<Planned>,
    #[serde(default)]
    next: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Planned")]
struct PlannedDocument {
    #[serde(with = "ChannelDocument")]
    channel: Channel,
    due: Timestamp,
}
