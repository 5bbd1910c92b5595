//! A call and its log.

use jiff::Timestamp;
use oncall::{Attempt, AttemptResult, Call, CallId, LineId, Message, PersonId, ServiceId, Stage, Transcript};
use phone::PhoneNumber;
use serde::{Deserialize, Serialize};

use super::mirror::{Listed, Maybe, Read, Shown, Written, is_no, mirrors};
use crate::{Error, Item};

/// The call's document, without its version.
pub(crate) fn write_call(call: &Call) -> Result<String, Error> {
    serde_json::to_string(&Written::<CallDocument>(call))
        .map_err(|_| Error::Unreadable { item: Item::Call, why: "it cannot be written as JSON" })
}

/// The call of a document. Attempts are numbered by their place, so that none may be left out: a call is read
/// whole or not at all.
pub(crate) fn read_call(document: &str, version: u64) -> Result<Call, Error> {
    let Read(mut call) = serde_json::from_str::<Read<CallDocument>>(document)
        .map_err(|_| Error::Unreadable { item: Item::Call, why: "its document is damaged" })?;
    call.version = version;
    Ok(call)
}

mirrors! {
    CallDocument of Call,
    AttemptDocument of Attempt,
    MessageDocument of Message,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Call")]
struct CallDocument {
    #[serde(with = "Shown::<CallId>")]
    id: CallId,
    #[serde(with = "Shown::<LineId>")]
    line: LineId,
    #[serde(with = "Shown::<Maybe<PhoneNumber>>", default, skip_serializing_if = "Option::is_none")]
    caller: Option<PhoneNumber>,
    started_at: Timestamp,
    /// An attribute of the item, so that it can be compared.
    #[serde(skip)]
    version: u64,
    #[serde(with = "StageDocument")]
    stage: Stage,
    #[serde(with = "Shown::<Maybe<ServiceId>>", default, skip_serializing_if = "Option::is_none")]
    service: Option<ServiceId>,
    round: u8,
    #[serde(default, skip_serializing_if = "is_no")]
    recording_announced: bool,
    #[serde(with = "Shown::<Listed<AttemptDocument>>", default, skip_serializing_if = "Vec::is_empty")]
    attempts: Vec<Attempt>,
    #[serde(with = "Shown::<Maybe<MessageDocument>>", default, skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    owed_since: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Stage", rename_all = "snake_case")]
enum StageDocument {
    Menu,
    Ringing,
    Connected { attempt: u16 },
    Voicemail,
    AfterHours,
    TurnedAway,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Attempt")]
struct AttemptDocument {
    round: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    step: Option<usize>,
    #[serde(with = "Shown::<PersonId>")]
    person: PersonId,
    phone: usize,
    why: String,
    started_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answered_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    accepted_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended_at: Option<Timestamp>,
    #[serde(with = "AttemptResultDocument")]
    result: AttemptResult,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "AttemptResult", rename_all = "snake_case")]
enum AttemptResultDocument {
    Ringing,
    Answered,
    Accepted,
    Declined,
    NotConfirmed,
    NoAnswer,
    Busy,
    Failed,
    NotBridged,
    CallerLeft,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Message")]
struct MessageDocument {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recording: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seconds: Option<u32>,
    #[serde(with = "TranscriptDocument")]
    transcript: Transcript,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Transcript", rename_all = "snake_case")]
enum TranscriptDocument {
    None,
    Failed,
    Text(String),
}
