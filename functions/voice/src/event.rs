//! What the incident pipeline is told of a call: messages on the queue, documented in docs/incident-events.md.

use jiff::Timestamp;
use oncall::{Call, Line, ServiceId, Transcript};
use serde::Serialize;

/// What has happened to a call, as far as its incident is concerned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Happening {
    /// A human accepted: the incident is acknowledged by them.
    Accepted,
    /// The call that a human had accepted is over: the incident is resolved.
    Ended,
    /// Nobody accepted, and the caller has gone: the incident is triggered.
    Missed,
    /// The caller left a message: the incident is triggered, or gets the message if it is.
    Message,
    /// The message has been transcribed, or could not be.
    Transcribed,
}

impl Happening {
    fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Ended => "ended",
            Self::Missed => "missed",
            Self::Message => "message",
            Self::Transcribed => "transcribed",
        }
    }
}

/// One message on the queue. Its id is the same whenever the same thing is told again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Event {
    version: u8,
    /// Tells repeated messages apart from new ones.
    pub id: String,
    kind: String,
    /// Deduplication key of the incident.
    call: String,
    line: String,
    line_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caller: Option<String>,
    started_at: String,
    at: String,
    attempts: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
struct Message {
    #[serde(skip_serializing_if = "Option::is_none")]
    recording: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u32>,
    transcription: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

impl Event {
    pub(crate) fn new(
        happening: Happening,
        call: &Call,
        line: &Line,
        service: Option<&ServiceId>,
        at: Timestamp,
    ) -> Self {
        Self {
            version: 1,
            id: match (happening, call.connected()) {
                // whoever accepts and is not connected may be followed by somebody else
                (Happening::Accepted, Some((attempt, _))) => format!("{}:accepted:{attempt}", call.id),
                _ => format!("{}:{}", call.id, happening.name()),
            },
            kind: format!("call.{}", happening.name()),
            call: call.id.to_string(),
            line: line.id.to_string(),
            line_name: line.name.clone(),
            service: service.map(ToString::to_string),
            caller: call.caller.as_ref().map(|caller| caller.as_e164().to_owned()),
            started_at: call.started_at.to_string(),
            at: at.to_string(),
            attempts: call.attempts.len(),
            accepted_by: call.connected().map(|(_, attempt)| attempt.person.to_string()),
            message: call.message.as_ref().map(Message::of),
        }
    }
}

impl Message {
    fn of(message: &oncall::Message) -> Self {
        let (transcription, text) = match &message.transcript {
            Transcript::None => ("none", None),
            Transcript::Failed => ("failed", None),
            Transcript::Text(text) => ("completed", Some(text.clone())),
        };
        Self { recording: message.recording.clone(), seconds: message.seconds, transcription, text }
    }
}
