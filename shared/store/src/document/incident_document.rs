//! An incident: where it stands, what is still to happen, and what was done.

use jiff::Timestamp;
use oncall::{
    EscalationPolicy, IncidentId, PersonId, ServiceId, ThreadId,
    climb::Position,
    incident::{Escalation, Events, Incident, Kind, Log, Page, Pursuit, Severity, Snapshot, State},
};
use serde::{Deserialize, Serialize};

use super::{
    Problem,
    actor_document::ActorDocument,
    event_document::{EventsDocument, SeverityDocument},
    incident_log_document::LogDocument,
    mirror::{Listed, Maybe, Read, Shown, Written, is_no, mirrors},
    page_document::{PageDocument, PursuitDocument},
    policy_document::PolicyDocument,
    salvage::salvage_incident,
};
use crate::{Error, Item};

/// The incident's document, without its version.
pub(crate) fn write_incident(incident: &Incident) -> Result<String, Error> {
    serde_json::to_string(&Written::<IncidentDocument>(incident))
        .map_err(|_| Error::Unreadable { item: Item::Incident, why: "it cannot be written as JSON" })
}

/// The incident of a document, and what had to be left out of it: whoever is to be paged is paged, although a line of
/// the log is lost.
pub(crate) fn read_incident(document: &str, version: u64) -> Result<(Incident, Vec<Problem>), Error> {
    let mut problems = Vec::new();
    let read = serde_json::from_str::<Read<IncidentDocument>>(document).or_else(|_| {
        let mut value = serde_json::from_str(document)?;
        problems = salvage_incident(&mut value);
        serde_json::from_value(value)
    });
    let damaged = |_: serde_json::Error| Error::Unreadable { item: Item::Incident, why: "its document is damaged" };
    let Read(mut incident) = read.map_err(damaged)?;
    incident.version = version;
    Ok((incident, problems))
}

mirrors! {
    IncidentDocument of Incident,
    PositionDocument of Position,
}

/// All but id and instants has a default, chosen so that somebody is paged rather than nobody.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Incident")]
pub(super) struct IncidentDocument {
    #[serde(with = "Shown::<IncidentId>")]
    id: IncidentId,
    #[serde(default)]
    number: u64,
    #[serde(default)]
    key: String,
    #[serde(with = "KindDocument", default = "usual")]
    kind: Kind,
    #[serde(with = "Shown::<Maybe<ServiceId>>", default, skip_serializing_if = "Option::is_none")]
    service: Option<ServiceId>,
    #[serde(default)]
    summary: String,
    #[serde(with = "Shown::<SeverityDocument>", default = "error")]
    severity: Severity,
    opened_at: Timestamp,
    touched_at: Timestamp,
    /// An attribute of the item, so that it can be compared.
    #[serde(skip)]
    version: u64,
    #[serde(with = "StateDocument", default = "triggered")]
    state: State,
    since: Timestamp,
    #[serde(with = "SnapshotDocument", default)]
    snapshot: Snapshot,
    #[serde(default)]
    generation: u32,
    #[serde(with = "EscalationDocument", default = "from_the_first_step")]
    escalation: Escalation,
    #[serde(with = "Shown::<Listed<PursuitDocument>>", default, skip_serializing_if = "Vec::is_empty")]
    pursuits: Vec<Pursuit>,
    #[serde(with = "Shown::<Listed<PageDocument>>", default, skip_serializing_if = "Vec::is_empty")]
    pages: Vec<Page>,
    #[serde(default)]
    pages_ordered: u32,
    #[serde(with = "Shown::<Listed<PersonId>>", default, skip_serializing_if = "Vec::is_empty")]
    assignees: Vec<PersonId>,
    #[serde(with = "EventsDocument", default)]
    events: Events,
    #[serde(with = "LogDocument", default)]
    log: Log,
    #[serde(with = "Shown::<Listed<ThreadId>>", default, skip_serializing_if = "Vec::is_empty")]
    threads: Vec<ThreadId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    held_until: Option<Timestamp>,
}

fn usual() -> Kind {
    Kind::Usual
}

fn error() -> Severity {
    Severity::Error
}

fn triggered() -> State {
    State::Triggered
}

fn from_the_first_step() -> Escalation {
    Escalation { position: Some(Position::default()), due: Some(Timestamp::UNIX_EPOCH), ..Escalation::default() }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Kind", rename_all = "snake_case")]
enum KindDocument {
    Usual,
    Maintenance,
    Trial,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "State", rename_all = "snake_case")]
enum StateDocument {
    Triggered,
    Acknowledged {
        #[serde(with = "ActorDocument")]
        by: oncall::incident::Actor,
        at: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    Silenced {
        #[serde(with = "ActorDocument")]
        by: oncall::incident::Actor,
        at: Timestamp,
        until: Timestamp,
    },
    Resolved {
        #[serde(with = "ActorDocument")]
        by: oncall::incident::Actor,
        at: Timestamp,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Snapshot")]
struct SnapshotDocument {
    #[serde(with = "Shown::<Maybe<PolicyDocument>>", default, skip_serializing_if = "Option::is_none")]
    policy: Option<EscalationPolicy>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    acknowledged_minutes: Option<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Escalation")]
struct EscalationDocument {
    #[serde(with = "Shown::<Maybe<PositionDocument>>", default, skip_serializing_if = "Option::is_none")]
    position: Option<Position>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due: Option<Timestamp>,
    #[serde(default)]
    rises: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    responsible: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    round_began: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    held_back: Vec<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    escalated_at: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Position")]
struct PositionDocument {
    round: u8,
    step: usize,
    #[serde(default, skip_serializing_if = "is_no")]
    reached_somebody: bool,
}
