//! What an incident's source has said.

use std::collections::VecDeque;

use jiff::Timestamp;
use oncall::{
    PersonId, ThreadId,
    incident::{Early, Event, Events, Link, Severity, Signal, Source},
};
use serde::{Deserialize, Serialize};

use super::mirror::{Listed, Maybe, Queued, Read, Shown, Written, mirrors};
use crate::{Error, Item};

/// The document of what was said about a key before it had an incident.
pub(crate) fn write_early(early: &Early) -> Result<String, Error> {
    serde_json::to_string(&Written::<EarlyDocument>(early))
        .map_err(|_| Error::Unreadable { item: Item::IncidentKey, why: "it cannot be written as JSON" })
}

/// What a document says was said early.
pub(crate) fn read_early(document: &str) -> Result<Early, Error> {
    serde_json::from_str::<Read<EarlyDocument>>(document)
        .map(|Read(early)| early)
        .map_err(|_| Error::Unreadable { item: Item::IncidentKey, why: "its document is damaged" })
}

mirrors! {
    EarlyDocument of Early,
    EventDocument of Event,
    LinkDocument of Link,
    SeverityDocument of Severity,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Early")]
struct EarlyDocument {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resolved_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    acknowledged_at: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Events")]
pub(super) struct EventsDocument {
    #[serde(default)]
    count: u64,
    #[serde(with = "Shown::<Queued<EventDocument>>", default)]
    recent: VecDeque<Event>,
    #[serde(default)]
    handled: VecDeque<String>,
    #[serde(default)]
    triggers: VecDeque<(Timestamp, u32)>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Event")]
pub(super) struct EventDocument {
    id: String,
    at: Timestamp,
    #[serde(with = "SourceDocument")]
    source: Source,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(with = "Shown::<Maybe<SeverityDocument>>", default, skip_serializing_if = "Option::is_none")]
    severity: Option<Severity>,
    #[serde(with = "SignalDocument")]
    signal: Signal,
    #[serde(with = "Shown::<Maybe<ThreadId>>", default, skip_serializing_if = "Option::is_none")]
    thread: Option<ThreadId>,
    #[serde(with = "Shown::<Listed<LinkDocument>>", default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<Link>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Link")]
pub(super) struct LinkDocument {
    href: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Source", rename_all = "snake_case")]
enum SourceDocument {
    Tool,
    Call,
    Text,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Signal", rename_all = "snake_case")]
enum SignalDocument {
    Trigger,
    Missed,
    Acknowledge {
        #[serde(with = "Shown::<Maybe<PersonId>>", default, skip_serializing_if = "Option::is_none")]
        by: Option<PersonId>,
    },
    Resolve,
    Note,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Severity", rename_all = "snake_case")]
pub(super) enum SeverityDocument {
    Info,
    Warning,
    Error,
    Critical,
}
