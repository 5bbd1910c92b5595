//! What has happened to a call.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What has happened to a call, as far as its incident is concerned.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum CallKind {
    /// A human accepted: the incident is acknowledged by them.
    #[serde(rename = "call.accepted")]
    Accepted,
    /// The call that a human had accepted is over: the incident is resolved.
    #[serde(rename = "call.ended")]
    Ended,
    /// Nobody accepted, and the caller has gone: the incident is triggered.
    #[serde(rename = "call.missed")]
    Missed,
    /// The caller left a message: the incident is triggered, or gets the message if it is.
    #[serde(rename = "call.message")]
    Message,
    /// The message has been transcribed, or could not be.
    #[serde(rename = "call.transcribed")]
    Transcribed,
}

/// Something that has happened to a call.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CallEvent {
    /// The version of the format.
    pub version: u8,
    /// Tells repeated messages apart from new ones.
    pub id: String,
    /// What has happened.
    pub kind: CallKind,
    /// The CallSid of the caller's leg: the deduplication key of the incident.
    pub call: String,
    /// The line's opaque id.
    pub line: String,
    /// What the line is called.
    pub line_name: String,
    /// The service that the caller chose, or that the line falls back on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Who called, if they showed a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller: Option<Caller>,
    /// When the call came in.
    pub started_at: Timestamp,
    /// When this happened.
    pub at: Timestamp,
    /// How many phones have been rung so far.
    pub attempts: usize,
    /// The id of the person who accepted the call, while it is theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_by: Option<String>,
    /// What the caller left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<LeftMessage>,
}

/// A telephone number in E.164, which shows itself to nobody but its reader.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Caller(pub String);

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Caller(…)")
    }
}

/// What a caller left after the tone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LeftMessage {
    /// Twilio's RecordingSid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording: Option<String>,
    /// How long it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
    /// Whether there are words.
    pub transcription: Transcription,
    /// The words, if it is completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// How far the transcription of a message is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Transcription {
    /// Not asked for, or not here yet.
    None,
    /// It could not be transcribed.
    Failed,
    /// It has been.
    Completed,
}
