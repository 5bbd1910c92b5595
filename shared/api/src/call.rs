//! The call log.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Number;

/// A call and every attempt to connect it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "CA0123456789abcdef0123456789abcdef",
    "line": "ln_7f3k2m9qab",
    "line_name": "Hotline",
    "caller": "+4790000009",
    "service": "payments",
    "service_name": "Payments",
    "started_at": "2026-11-22T08:51:17Z",
    "ended_at": "2026-11-22T08:52:37Z",
    "outcome": "accepted",
    "attempts": [{
        "round": 1, "step": 0, "person": "ada", "name": "Ada Lovelace", "phone": 1, "why": "in team Incident leads",
        "result": "accepted",
        "started_at": "2026-11-22T08:52:00Z", "answered_at": "2026-11-22T08:52:05Z",
        "accepted_at": "2026-11-22T08:52:15Z", "ended_at": "2026-11-22T08:52:37Z", "ring_seconds": 5, "talk_seconds": 22,
    }],
    "recording": {
        "id": "RE0123456789abcdef0123456789abcdef", "account": "AC0123456789abcdef0123456789abcdef", "seconds": 21,
    },
    "message": null, "incident": "in_7f3k2m9qab",
}))))]
pub struct Call {
    /// Twilio's CallSid of the caller's leg.
    pub id: String,
    /// The id of the line that was dialled.
    pub line: String,
    /// What the line is called; null if it is no longer there.
    pub line_name: Option<String>,
    /// Who called; null if they showed no number: it was hidden, or they called from an address that is none.
    pub caller: Option<Number>,
    /// The id of the service that the caller wanted, once known.
    pub service: Option<String>,
    /// What the service is called; null if it is not known or no longer there.
    pub service_name: Option<String>,
    /// When it came in.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub started_at: Timestamp,
    /// When it ended.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "date-time"))]
    pub ended_at: Option<Timestamp>,
    /// How it went.
    pub outcome: Outcome,
    /// Every attempt to connect it, in order.
    pub attempts: Vec<Attempt>,
    /// What caller and responder said, on a line that records; null until Twilio has stored it.
    pub recording: Option<Recording>,
    /// What the caller left, if they did.
    pub message: Option<Message>,
    /// The id of the incident that it has opened, if it has; lists leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub incident: Option<String>,
}

/// Which calls to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct CallQuery {
    /// Those that went like this alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub outcome: Option<Outcome>,
    /// Those for this service alone, by its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// `next` of the page before; the first page without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 200, 50 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u16>,
}

/// Which calls of all lines to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct AllCallsQuery {
    /// `true` for calls that go on, and those that have ended within the last two minutes.
    #[serde(default)]
    pub open: bool,
    /// Those of this line alone, by its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// Those that went like this alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub outcome: Option<Outcome>,
    /// Those for this service alone, by its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// `next` of the page before; the first page without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 200, 50 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u16>,
}

/// How a call went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Still going on.
    Open,
    /// A human accepted.
    Accepted,
    /// Nobody accepted, the caller left a message.
    Message,
    /// Nobody accepted, and there is no message.
    Missed,
    /// The caller hung up before saying what it was about.
    Abandoned,
    /// The line took no call.
    TurnedAway,
}

/// One phone of one person that was rung.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attempt {
    /// Which climb of the policy, from 1.
    pub round: u8,
    /// Which step of the policy, from 0; null for the fallback person.
    pub step: Option<usize>,
    /// The id of the person.
    pub person: String,
    /// What they are called; null if they are no longer there.
    pub name: Option<String>,
    /// Which of their phones, from 1.
    pub phone: usize,
    /// Why them.
    pub why: String,
    /// How it went.
    pub result: AttemptResult,
    /// When it began to ring.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub started_at: Timestamp,
    /// When somebody, or a mailbox, picked up.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "date-time"))]
    pub answered_at: Option<Timestamp>,
    /// When they pressed 1.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "date-time"))]
    pub accepted_at: Option<Timestamp>,
    /// When it was over.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "date-time"))]
    pub ended_at: Option<Timestamp>,
    /// How long it rang; null while it rings.
    pub ring_seconds: Option<i64>,
    /// How long they spoke; null if they did not.
    pub talk_seconds: Option<i64>,
}

/// How an attempt went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttemptResult {
    /// It rings.
    Ringing,
    /// Somebody or a mailbox picked up, and has pressed nothing yet.
    Answered,
    /// They pressed 1.
    Accepted,
    /// They pressed 2.
    Declined,
    /// Somebody or a mailbox picked up and never pressed a key.
    NotConfirmed,
    /// Nobody picked up.
    NoAnswer,
    /// The phone was busy, or its owner pressed the red button.
    Busy,
    /// The network could not reach the phone.
    Failed,
    /// They pressed 1, but Twilio did not bridge them with the caller.
    NotBridged,
    /// The caller hung up, or chose to leave a message.
    CallerLeft,
}

/// A recording, which Twilio keeps, the caller in one channel and the responder in the other. It is heard at
/// `/calls/{id}/recording/audio`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recording {
    /// Twilio's RecordingSid.
    pub id: String,
    /// The AccountSid of the Twilio account that keeps it.
    pub account: String,
    /// How long it is.
    pub seconds: Option<u32>,
}

/// What a caller left. It is heard at `/calls/{id}/message/audio`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    /// Twilio's RecordingSid.
    pub recording: Option<String>,
    /// How long it is.
    pub seconds: Option<u32>,
    /// What Twilio understood.
    pub transcript: Transcript,
}

/// What Twilio understood of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Transcript {
    /// Whether there is one.
    pub state: TranscriptState,
    /// The words, if there are.
    pub text: Option<String>,
}

/// Whether there is a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TranscriptState {
    /// Not asked for, or not here yet.
    None,
    /// Twilio could not.
    Failed,
    /// There is.
    Text,
}
