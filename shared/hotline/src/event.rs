//! What the incident pipeline is told of a call.

use jiff::Timestamp;
use oncall::{Call, Line, ServiceId, Transcript};
use pipeline::{CallEvent, CallKind, Caller, LeftMessage, Transcription};

/// The message about what has happened. Its id is the same whenever the same thing is told again.
pub(super) fn of(
    happening: CallKind,
    call: &Call,
    line: &Line,
    service: Option<&ServiceId>,
    at: Timestamp,
) -> CallEvent {
    CallEvent {
        version: pipeline::VERSION,
        id: match (happening, call.connected()) {
            // whoever accepts and is not connected may be followed by somebody else
            (CallKind::Accepted, Some((attempt, _))) => format!("{}:accepted:{attempt}", call.id),
            _ => format!("{}:{}", call.id, word(happening)),
        },
        kind: happening,
        call: call.id.to_string(),
        line: line.id.to_string(),
        line_name: line.name.clone(),
        service: service.map(ToString::to_string),
        caller: call.caller.as_ref().map(|caller| Caller(caller.as_e164().to_owned())),
        started_at: call.started_at,
        at,
        attempts: call.attempts.len(),
        accepted_by: call.connected().map(|(_, attempt)| attempt.person.to_string()),
        message: call.message.as_ref().map(left),
    }
}

/// What an id ends with.
fn word(happening: CallKind) -> &'static str {
    match happening {
        CallKind::Accepted => "accepted",
        CallKind::Ended => "ended",
        CallKind::Missed => "missed",
        CallKind::Message => "message",
        CallKind::Transcribed => "transcribed",
    }
}

fn left(message: &oncall::Message) -> LeftMessage {
    let (transcription, text) = match &message.transcript {
        Transcript::None => (Transcription::None, None),
        Transcript::Failed => (Transcription::Failed, None),
        Transcript::Text(text) => (Transcription::Completed, Some(text.clone())),
    };
    LeftMessage { recording: message.recording.clone(), seconds: message.seconds, transcription, text }
}
