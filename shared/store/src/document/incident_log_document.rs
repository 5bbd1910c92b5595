//! Everything that was done about an incident.

use jiff::Timestamp;
use oncall::{
    Channel, PersonId, Skip,
    incident::{Actor, Bar, Entry, Failure, Happened, Log, Obstacle},
};
use serde::{Deserialize, Serialize};

use super::{
    actor_document::ActorDocument,
    mirror::{Listed, Maybe, Shown, mirrors},
    page_document::FailureDocument,
    policy_document::ChannelDocument,
    skip_document::SkipDocument,
};

mirrors! {
    EntryDocument of Entry,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Log")]
pub(super) struct LogDocument {
    #[serde(with = "Shown::<Listed<EntryDocument>>", default)]
    entries: Vec<Entry>,
    #[serde(default)]
    left_out: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Entry")]
pub(super) struct EntryDocument {
    at: Timestamp,
    #[serde(with = "ActorDocument")]
    by: Actor,
    #[serde(with = "HappenedDocument")]
    what: Happened,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Happened", rename_all = "snake_case")]
enum HappenedDocument {
    Opened,
    Reopened,
    BecameUrgent,
    Paged {
        page: u32,
        #[serde(with = "Shown::<PersonId>")]
        person: PersonId,
        #[serde(with = "ChannelDocument")]
        channel: Channel,
        #[serde(default)]
        why: String,
    },
    Sent {
        page: u32,
    },
    Delivered {
        page: u32,
    },
    Failed {
        page: u32,
        #[serde(with = "FailureDocument")]
        why: Failure,
    },
    Delayed {
        page: u32,
        until: Timestamp,
    },
    NotPaged {
        #[serde(with = "Shown::<PersonId>")]
        person: PersonId,
        #[serde(with = "Shown::<Maybe<ChannelDocument>>", default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
        #[serde(with = "ObstacleDocument")]
        why: Obstacle,
    },
    LeftOut {
        people: u32,
    },
    Skipped(#[serde(with = "SkipDocument")] Skip),
    Waits {
        until: Timestamp,
    },
    WaitCutShort,
    PolicyDone {
        reached_somebody: bool,
    },
    Held,
    Resumed,
    Acknowledged,
    AcknowledgementOver,
    Lost,
    Silenced {
        until: Timestamp,
    },
    SilenceOver,
    Escalated,
    Reassigned {
        #[serde(with = "Shown::<Listed<PersonId>>")]
        to: Vec<PersonId>,
    },
    Asked {
        #[serde(with = "Shown::<Listed<PersonId>>")]
        whom: Vec<PersonId>,
    },
    Replied {
        words: String,
    },
    CallsBack,
    Resolved,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Obstacle", rename_all = "snake_case")]
enum ObstacleDocument {
    Gone,
    NoRule,
    NoPhone,
    Unverified,
    Barred(#[serde(with = "BarDocument")] Bar),
    SharedPhone,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Bar", rename_all = "snake_case")]
enum BarDocument {
    OptedOut,
    Refused,
}
