//! From a verified request to what has happened.

use hotline::{Contact, Recording, Step};
use oncall::{CallId, LegEnd, LineId, Transcript};
use phone::PhoneNumber;
use store::{Leg, TalkRecording};
use twilio::{
    CallSid, RecordingSid,
    webhook::{
        Caller, Form, ParameterError, Problem, Verified,
        voice::{
            Call, CallEnded, CallStatus, DialCallStatus, DialResult, GatherResult, Incoming, LegStatus, RecordResult,
            RecordingStatus, RecordingUpdate, Screening, Transcription, TranscriptionStatus,
        },
    },
};

use crate::route::{Input, Route};

/// A request that has something to say.
#[derive(Debug)]
pub(crate) enum Inbound {
    /// Something happened that the call's state depends on.
    Step(Arrival),
    /// A responder's leg has begun or is over: seconds for the log.
    Leg(LegReport),
    /// What caller and responder said has been stored: a recording for the log.
    Talk(TalkReport),
    /// News that changes nothing.
    Nothing,
}

/// Something that happened, and to whom.
#[derive(Debug)]
pub(crate) struct Arrival {
    pub step: Step,
    pub contact: Contact,
    pub dialled: Dialled,
}

/// How a request tells which line it is about.
#[derive(Debug)]
pub(crate) enum Dialled {
    /// The form says which number was called.
    Number(PhoneNumber),
    /// The path says which line it is.
    Line(LineId),
}

/// What Twilio says of a responder's leg.
#[derive(Debug)]
pub(crate) struct LegReport {
    pub call: CallId,
    pub attempt: u16,
    /// What was measured, once it is over; before, it is being dialled.
    pub over: Option<Leg>,
}

/// What Twilio says of the recording of a talk.
#[derive(Debug)]
pub(crate) struct TalkReport {
    pub call: CallId,
    pub attempt: u16,
    pub recording: TalkRecording,
}

/// Reads a verified request. What a repeated request's form no longer says is taken from its `input`.
pub(crate) fn read(route: &Route, input: Option<Input>, form: &Verified<Form>) -> Result<Inbound, ParameterError> {
    let step = match route {
        Route::Again { route, input, .. } => return read(route, *input, form),
        Route::Incoming => return on_callers_leg(form.parse::<Incoming>()?.call.clone(), Step::Incoming),
        Route::Offered => {
            let (call, key) = gathered(form, input)?;
            return on_callers_leg(call, Step::Offered { key });
        }
        Route::Menu { asking } => {
            let (call, key) = gathered(form, input)?;
            return on_callers_leg(call, Step::Chose { asking: *asking, key });
        }
        Route::Between { attempt } => {
            let (call, key) = gathered(form, input)?;
            return on_callers_leg(call, Step::Interrupted { attempt: *attempt, key });
        }
        Route::Dialled { attempt } => {
            let (call, end) = leg_end(form, input)?;
            let caller_gone = call.status.is_final();
            return on_callers_leg(call, Step::LegOver { attempt: *attempt, end, caller_gone });
        }
        Route::Recorded { asking } => {
            let result = form.parse::<RecordResult>()?.into_inner();
            let recording = recording_of(&result);
            let caller_gone = result.call.status.is_final();
            return on_callers_leg(result.call, Step::Recorded { asking: *asking, recording, caller_gone });
        }
        Route::Recording { line } => {
            let update = form.parse::<RecordingUpdate>()?.into_inner();
            if update.status != RecordingStatus::Completed {
                return Ok(Inbound::Nothing);
            }
            let recording = Recording { sid: update.recording.as_str().to_owned(), seconds: update.duration };
            return Ok(of_line(line, &update.call, Step::Stored { recording }));
        }
        Route::Transcribed => {
            let transcription = form.parse::<Transcription>()?.into_inner();
            let transcript = match (transcription.status, transcription.text) {
                (TranscriptionStatus::Completed, Some(text)) => Transcript::Text(text.as_str().to_owned()),
                _ => Transcript::Failed,
            };
            return on_callers_leg(transcription.call, Step::Transcribed { transcript });
        }
        Route::Ended => return on_callers_leg(form.parse::<CallEnded>()?.call.clone(), Step::Ended),
        Route::Leg { attempt, .. } => return Ok(leg_report(*attempt, form.parse::<LegStatus>()?.into_inner())),
        Route::Talk { attempt } => return Ok(talk_report(*attempt, &form.parse::<RecordingUpdate>()?.into_inner())),
        Route::Screen { attempt, .. } => Step::PickedUp { attempt: *attempt },
        Route::Answered { attempt, asking, .. } => {
            let (_, key) = gathered(form, input)?;
            Step::Answered { attempt: *attempt, asking: *asking, key }
        }
    };
    let parent = &form.parse::<Screening>()?.parent;
    Ok(match route {
        Route::Screen { line, .. } | Route::Answered { line, .. } => of_line(line, parent, step),
        _ => Inbound::Nothing,
    })
}

/// The key of a `<Gather>`, from its form or from the path of the repeated request.
fn gathered(form: &Verified<Form>, input: Option<Input>) -> Result<(Call, Option<char>), ParameterError> {
    let result = form.parse::<GatherResult>()?.into_inner();
    let kept = match input {
        Some(Input::Key(key)) => Some(key),
        _ => None,
    };
    Ok((result.call.clone(), result.key().or(kept)))
}

/// The end of a dialled leg, from its form or from the path of the repeated request.
fn leg_end(form: &Verified<Form>, input: Option<Input>) -> Result<(Call, LegEnd), ParameterError> {
    if let Some(Input::Leg(end)) = input {
        return Ok((form.parse::<Call>()?.into_inner(), end));
    }
    let result = form.parse::<DialResult>()?.into_inner();
    let end = match result.status {
        _ if result.bridged == Some(true) => LegEnd::Completed { bridged: Some(true) },
        DialCallStatus::NoAnswer => LegEnd::NoAnswer,
        DialCallStatus::Busy => LegEnd::Busy,
        DialCallStatus::Canceled => LegEnd::Canceled,
        DialCallStatus::Failed => LegEnd::Failed,
        // what Twilio may yet invent says nothing of the leg, and what was pressed on it counts
        _ => LegEnd::Completed { bridged: result.bridged },
    };
    Ok((result.call, end))
}

/// What was recorded. Where the form does not name the recording, its URL ends with the name.
fn recording_of(result: &RecordResult) -> Option<Recording> {
    let url = result.url.as_deref()?;
    let named = result.recording.as_ref().map(RecordingSid::as_str);
    let sid = named.or_else(|| url.rsplit('/').next()).unwrap_or(url).to_owned();
    Some(Recording { sid, seconds: result.duration })
}

fn on_callers_leg(call: Call, step: Step) -> Result<Inbound, ParameterError> {
    let (caller, withheld) = (call.from.number().cloned(), call.from == Caller::Withheld);
    let number = call.to.ok_or(ParameterError { name: "To", problem: Problem::Missing })?;
    let contact = Contact { call: call_id(&call.sid), caller, withheld };
    Ok(Inbound::Step(Arrival { step, contact, dialled: Dialled::Number(number) }))
}

fn of_line(line: &LineId, call: &CallSid, step: Step) -> Inbound {
    let contact = Contact { call: call_id(call), caller: None, withheld: false };
    Inbound::Step(Arrival { step, contact, dialled: Dialled::Line(line.clone()) })
}

fn leg_report(attempt: u16, report: LegStatus) -> Inbound {
    let over = match report.call.status {
        CallStatus::Queued | CallStatus::Initiated | CallStatus::Ringing => None,
        ref status if status.is_final() => Some(Leg {
            status: status.as_str().to_owned(),
            seconds: report.duration,
            sip_response: report.sip_response,
        }),
        _ => return Inbound::Nothing,
    };
    Inbound::Leg(LegReport { call: call_id(&report.parent), attempt, over })
}

/// The caller's leg is the recording's: of two legs that are joined, Twilio names the one that dialled.
fn talk_report(attempt: u16, update: &RecordingUpdate) -> Inbound {
    if update.status != RecordingStatus::Completed {
        return Inbound::Nothing;
    }
    let recording = TalkRecording {
        sid: update.recording.as_str().to_owned(),
        account: update.account.as_str().to_owned(),
        seconds: update.duration,
    };
    Inbound::Talk(TalkReport { call: call_id(&update.call), attempt, recording })
}

fn call_id(sid: &CallSid) -> CallId {
    CallId::new(sid.as_str())
}
