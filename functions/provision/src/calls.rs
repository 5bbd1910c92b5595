//! The call log.

use api::{
    Attempt, AttemptResult, Call, CallQuery, Message, Number, Outcome, Page, PageQuery, Recording, Transcript,
    TranscriptState,
};
use axum::extract::State;
use oncall::{CallId, LineId};
use store::{Cursor, LoggedCall, TalkRecording};

use crate::{
    answer::Shown,
    app::App,
    argument::{Id, Query, cursor_at, page, place_of},
    caller::{Caller, Reader},
    endpoint::{Endpoint, get},
    failure::{Cause, Failure},
};

/// How many calls are looked at for one page at most, whatever the filters leave.
const MOST_READ: usize = 1_000;

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/lines/{id}/calls", list).says(
            "Lists calls of a line",
            "Latest first. With filters, a page may have fewer items than asked for and still be followed by another.",
        ),
        get("/calls/{id}", read).says("Shows a call", "Every attempt to connect it, and why whom."),
    ]
}

async fn list(
    _: Caller<Reader>,
    State(app): State<App>,
    Id(id): Id,
    Query(query): Query<CallQuery>,
) -> Result<Shown<Page<Call>>, Failure> {
    let CallQuery { outcome, service, cursor, limit } = query;
    let (cursor, limit) = page(PageQuery { cursor, limit })?;
    let cursor = cursor.as_deref().map(place_of).transpose()?;
    let wanted = usize::from(limit);
    let fits = |call: &Call| {
        outcome.is_none_or(|outcome| call.outcome == outcome) && (service.is_none() || call.service == service)
    };
    app.store.find::<oncall::Line>(&id).await?.ok_or(Cause::NotFound)?;
    let (line, mut before, mut read) = (LineId::new(id), cursor.map(Cursor::new), 0);
    let mut items = Vec::new();
    loop {
        let rest = u16::try_from(wanted - items.len()).unwrap_or(limit);
        let found = app.store.calls(&line, rest, before.as_ref()).await?;
        for call in &found.unreadable {
            tracing::error!(call.sid = call.as_str(), "a call in the log cannot be read");
        }
        read += found.calls.len();
        items.extend(found.calls.iter().map(shown).filter(fits));
        before = found.next;
        if before.is_none() || items.len() >= wanted || read >= MOST_READ {
            return Ok(Shown(Page { items, next: before.map(|cursor| cursor_at(cursor.as_str())) }));
        }
    }
}

async fn read(_: Caller<Reader>, State(app): State<App>, Id(id): Id) -> Result<Shown<Call>, Failure> {
    let found = app.store.call(&CallId::new(id)).await?.ok_or(Cause::NotFound)?;
    Ok(Shown(shown(&found)))
}

pub(crate) fn shown(logged: &LoggedCall) -> Call {
    let call = &logged.call;
    let attempt = |(number, attempt): (u16, &oncall::Attempt)| Attempt {
        round: attempt.round.saturating_add(1),
        step: attempt.step,
        person: attempt.person.to_string(),
        phone: attempt.phone + 1,
        why: attempt.why.clone(),
        result: result(attempt.result),
        started_at: attempt.started_at,
        answered_at: attempt.answered_at,
        accepted_at: attempt.accepted_at,
        ended_at: attempt.ended_at,
        ring_seconds: logged.ring_seconds(number),
        talk_seconds: attempt.talk_seconds(),
    };
    Call {
        id: call.id.to_string(),
        line: call.line.to_string(),
        caller: call.caller.clone().map(Number),
        service: call.service.as_ref().map(ToString::to_string),
        started_at: call.started_at,
        ended_at: call.ended_at,
        outcome: match call.outcome() {
            oncall::Outcome::Open => Outcome::Open,
            oncall::Outcome::Accepted => Outcome::Accepted,
            oncall::Outcome::Message => Outcome::Message,
            oncall::Outcome::Missed => Outcome::Missed,
            oncall::Outcome::Abandoned => Outcome::Abandoned,
            oncall::Outcome::TurnedAway => Outcome::TurnedAway,
        },
        attempts: (1..).zip(&call.attempts).map(attempt).collect(),
        recording: logged.recording().map(recording),
        message: call.message.as_ref().map(message),
    }
}

fn recording(talk: &TalkRecording) -> Recording {
    Recording { id: talk.sid.clone(), account: talk.account.clone(), seconds: talk.seconds }
}

pub(crate) fn result(result: oncall::AttemptResult) -> AttemptResult {
    match result {
        oncall::AttemptResult::Ringing => AttemptResult::Ringing,
        oncall::AttemptResult::Answered => AttemptResult::Answered,
        oncall::AttemptResult::Accepted => AttemptResult::Accepted,
        oncall::AttemptResult::Declined => AttemptResult::Declined,
        oncall::AttemptResult::NotConfirmed => AttemptResult::NotConfirmed,
        oncall::AttemptResult::NoAnswer => AttemptResult::NoAnswer,
        oncall::AttemptResult::Busy => AttemptResult::Busy,
        oncall::AttemptResult::Failed => AttemptResult::Failed,
        oncall::AttemptResult::NotBridged => AttemptResult::NotBridged,
        oncall::AttemptResult::CallerLeft => AttemptResult::CallerLeft,
    }
}

fn message(message: &oncall::Message) -> Message {
    let (state, text) = match &message.transcript {
        oncall::Transcript::None => (TranscriptState::None, None),
        oncall::Transcript::Failed => (TranscriptState::Failed, None),
        oncall::Transcript::Text(text) => (TranscriptState::Text, Some(text.clone())),
    };
    Message { recording: message.recording.clone(), seconds: message.seconds, transcript: Transcript { state, text } }
}
