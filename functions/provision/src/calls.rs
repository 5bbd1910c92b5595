//! The call log.

use std::collections::{BTreeMap, BTreeSet};

use api::{
    AllCallsQuery, Attempt, AttemptResult, Call, CallQuery, Message, Number, Outcome, Page, PageQuery, Recording,
    Transcript, TranscriptState,
};
use axum::extract::State;
use jiff::{SignedDuration, Timestamp};
use oncall::{CallId, LineId, Plan};
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
/// For how long a call that has ended is still among those that go on: a page that asks now and then shows its end.
const JUST_ENDED: SignedDuration = SignedDuration::from_mins(2);
/// What began earlier does not go on, whatever stands in it: Twilio ends a call after 24 hours.
const LONGEST_CALL: SignedDuration = SignedDuration::from_hours(24);

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/lines/{id}/calls", list).says(
            "Lists calls of a line",
            "Latest first. With filters, a page may have fewer items than asked for and still be followed by another.",
        ),
        get("/calls", list_all).says(
            "Lists calls of all lines",
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
    app.store.find::<oncall::Line>(&id).await?.ok_or(Cause::NotFound)?;
    let wanted = Wanted { lines: vec![LineId::new(id)], outcome, service, going_on_at: None };
    app.told_calls(&wanted, cursor, limit).await
}

async fn list_all(
    _: Caller<Reader>,
    State(app): State<App>,
    Query(query): Query<AllCallsQuery>,
) -> Result<Shown<Page<Call>>, Failure> {
    let AllCallsQuery { open, line, outcome, service, cursor, limit } = query;
    let (cursor, limit) = page(PageQuery { cursor, limit })?;
    let cursor = cursor.as_deref().map(place_of).transpose()?;
    let mut lines: Vec<LineId> = app.store.lines().await?.into_iter().map(|line| line.id).collect();
    if let Some(wanted) = line {
        lines.retain(|line| line.as_str() == wanted);
    }
    let wanted = Wanted { lines, outcome, service, going_on_at: open.then(|| app.clock.now()) };
    app.told_calls(&wanted, cursor, limit).await
}

/// Which calls.
struct Wanted {
    lines: Vec<LineId>,
    outcome: Option<Outcome>,
    service: Option<String>,
    /// Those alone that go on at this instant, or have just ended.
    going_on_at: Option<Timestamp>,
}

impl Wanted {
    fn includes(&self, logged: &LoggedCall) -> bool {
        let call = &logged.call;
        let just = |ended: Timestamp, now: Timestamp| ended.duration_until(now) < JUST_ENDED;
        self.outcome.is_none_or(|wanted| outcome(call.outcome()) == wanted)
            && self.service.as_deref().is_none_or(|wanted| call.service.as_ref().map(|id| id.as_str()) == Some(wanted))
            && self.going_on_at.is_none_or(|now| call.ended_at.is_none_or(|ended| just(ended, now)))
            && !self.is_past(logged)
    }

    /// Whether no call that began as early is wanted.
    fn is_past(&self, logged: &LoggedCall) -> bool {
        self.going_on_at.is_some_and(|now| logged.call.started_at.duration_until(now) > LONGEST_CALL)
    }
}

impl App {
    async fn told_calls(
        &self,
        wanted: &Wanted,
        cursor: Option<String>,
        limit: u16,
    ) -> Result<Shown<Page<Call>>, Failure> {
        let (most, mut before, mut read) = (usize::from(limit), cursor.map(Cursor::new), 0);
        let mut chosen: Vec<LoggedCall> = Vec::new();
        loop {
            let rest = u16::try_from(most - chosen.len()).unwrap_or(limit);
            let found = self.store.calls_of_lines(&wanted.lines, rest, before.as_ref()).await?;
            for call in &found.unreadable {
                tracing::error!(call.sid = call.as_str(), "a call in the log cannot be read");
            }
            read += found.calls.len() + found.unreadable.len();
            let is_past = found.calls.last().is_some_and(|last| wanted.is_past(last));
            before = found.next.filter(|_| !is_past);
            chosen.extend(found.calls.into_iter().filter(|call| wanted.includes(call)));
            if before.is_none() || chosen.len() >= most || read >= MOST_READ {
                let next = before.map(|cursor| cursor_at(cursor.as_str()));
                return Ok(Shown(Page { items: self.shown_calls(&chosen).await?, next }));
            }
        }
    }

    /// The incident that a call belongs to, if it has opened one.
    async fn incident_of(&self, call: &oncall::Call) -> Result<Option<String>, Failure> {
        let Some(service) = &call.service else { return Ok(None) };
        let known = self.store.known_key(Some(service), call.id.as_str(), self.clock.now()).await?;
        Ok(known.incident.map(|found| found.incident.id.to_string()))
    }

    /// Calls, with what all that they name is called.
    async fn shown_calls(&self, calls: &[LoggedCall]) -> Result<Vec<Call>, Failure> {
        let people = calls.iter().flat_map(|logged| &logged.call.attempts).map(|attempt| attempt.person.as_str());
        let services = calls.iter().filter_map(|logged| logged.call.service.as_ref()).map(|id| id.as_str());
        let lines = calls.iter().map(|logged| logged.call.line.as_str());
        let (people, services, lines): (BTreeSet<_>, BTreeSet<_>, BTreeSet<_>) =
            (people.collect(), services.collect(), lines.collect());
        let (people, services, lines) = tokio::try_join!(
            self.names_of_people(&people),
            self.names_of_services(&services),
            self.names_of_lines(&lines)
        )?;
        let names = Names { people, services, lines };
        Ok(calls.iter().map(|call| shown(call, &names)).collect())
    }
}

/// What things are called, by id.
#[derive(Debug, Default)]
pub(crate) struct Names {
    people: BTreeMap<String, String>,
    services: BTreeMap<String, String>,
    lines: BTreeMap<String, String>,
}

impl Names {
    /// Of all that a line's call can name.
    pub(crate) fn of(plan: &Plan) -> Self {
        let people = plan.directory.people.iter().map(|person| (person.id.to_string(), person.name.clone()));
        let services = plan.services.iter().map(|service| (service.id.to_string(), service.name.clone()));
        let line = (plan.line.id.to_string(), plan.line.name.clone());
        Self { people: people.collect(), services: services.collect(), lines: BTreeMap::from([line]) }
    }
}

async fn read(_: Caller<Reader>, State(app): State<App>, Id(id): Id) -> Result<Shown<Call>, Failure> {
    let found = app.store.call(&CallId::new(id)).await?.ok_or(Cause::NotFound)?;
    let (mut shown, incident) =
        tokio::try_join!(app.shown_calls(std::slice::from_ref(&found)), app.incident_of(&found.call))?;
    let call = shown.pop().ok_or(Cause::NotFound)?;
    Ok(Shown(Call { incident, ..call }))
}

pub(crate) fn shown(logged: &LoggedCall, names: &Names) -> Call {
    let call = &logged.call;
    let attempt = |(number, attempt): (u16, &oncall::Attempt)| Attempt {
        round: attempt.round.saturating_add(1),
        step: attempt.step,
        person: attempt.person.to_string(),
        name: names.people.get(attempt.person.as_str()).cloned(),
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
        line_name: names.lines.get(call.line.as_str()).cloned(),
        caller: call.caller.clone().map(Number),
        service: call.service.as_ref().map(ToString::to_string),
        service_name: call.service.as_ref().and_then(|id| names.services.get(id.as_str()).cloned()),
        started_at: call.started_at,
        ended_at: call.ended_at,
        outcome: outcome(call.outcome()),
        attempts: (1..).zip(&call.attempts).map(attempt).collect(),
        recording: logged.recording().map(recording),
        message: call.message.as_ref().map(message),
        incident: None,
    }
}

fn outcome(outcome: oncall::Outcome) -> Outcome {
    match outcome {
        oncall::Outcome::Open => Outcome::Open,
        oncall::Outcome::Accepted => Outcome::Accepted,
        oncall::Outcome::Message => Outcome::Message,
        oncall::Outcome::Missed => Outcome::Missed,
        oncall::Outcome::Abandoned => Outcome::Abandoned,
        oncall::Outcome::TurnedAway => Outcome::TurnedAway,
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

pub(crate) fn message(message: &oncall::Message) -> Message {
    let (state, text) = match &message.transcript {
        oncall::Transcript::None => (TranscriptState::None, None),
        oncall::Transcript::Failed => (TranscriptState::Failed, None),
        oncall::Transcript::Text(text) => (TranscriptState::Text, Some(text.clone())),
    };
    Message { recording: message.recording.clone(), seconds: message.seconds, transcript: Transcript { state, text } }
}
