//! Recent calls, for a person to read.

use std::fmt::Write as _;

use oncall::{AttemptResult, Call, CallId, Outcome, Stage, Transcript};
use phone::PhoneNumber;
use store::{LoggedCall, PlanKey, Store};

use crate::names::Names;

/// The latest calls of one line, or of all.
///
/// # Errors
/// When the table cannot be read.
pub async fn recent(store: &Store, line: Option<&PhoneNumber>, last: u16) -> Result<String, store::Error> {
    let names = Names::of(store).await;
    let mut out = String::new();
    for listed in store.lines().await? {
        if line.is_some_and(|line| *line != listed.number) {
            continue;
        }
        let _ = writeln!(out, "{} ({})", listed.name, listed.number.as_e164());
        let page = store.calls(&listed.id, last, None).await?;
        if page.calls.is_empty() {
            out.push_str("  no calls\n");
        }
        for logged in &page.calls {
            write_call(&mut out, logged, &names);
        }
        for call in &page.unreadable {
            let _ = writeln!(out, "  {call}: cannot be read");
        }
    }
    if out.is_empty() {
        out.push_str("There is no such line.\n");
    }
    Ok(out)
}

/// One call of a line, just ended.
pub(crate) async fn of_call(store: &Store, line: PlanKey<'_>, sid: &str) -> Result<String, store::Error> {
    let mut names = Names::default();
    if let Some(stored) = store.plan(line).await? {
        names.add(&stored.plan);
    }
    let mut out = String::from("\nIn the call log:\n");
    match store.call(&CallId::new(sid)).await? {
        Some(logged) => write_call(&mut out, &logged, &names),
        None => out.push_str("  nothing: the call reached no line\n"),
    }
    Ok(out)
}

fn write_call(out: &mut String, logged: &LoggedCall, names: &Names) {
    let call = &logged.call;
    let caller = call.caller.as_ref().map_or("an unknown number", PhoneNumber::as_e164);
    let service = call.service.as_ref().map_or("nothing chosen", |service| service.as_str());
    let _ = writeln!(out, "  {}  {caller}, {service}: {}", call.started_at.strftime("%F %T UTC"), outcome(call));
    for (number, attempt) in (1..).zip(&call.attempts) {
        let (person, result) = (names.of_person(&attempt.person), word(attempt.result));
        let _ = write!(out, "    {number}. {person}, phone {}: {result}", attempt.phone + 1);
        if let Some(seconds) = logged.ring_seconds(number) {
            let _ = write!(out, ", rang {seconds} s");
        }
        if let Some(seconds) = attempt.talk_seconds() {
            let _ = write!(out, ", talked {seconds} s");
        }
        let _ = writeln!(out, " ({})", attempt.why);
    }
    if let Some(recording) = logged.recording() {
        let seconds = recording.seconds.map_or(String::new(), |seconds| format!(", {seconds} s"));
        let _ = writeln!(out, "    recorded{seconds}: {}", recording.sid);
    }
    if let Some(message) = call.message.as_ref().filter(|message| message.was_left()) {
        let seconds = message.seconds.map_or(String::new(), |seconds| format!(", {seconds} s"));
        let words = match &message.transcript {
            Transcript::Text(words) => format!(": {words}"),
            Transcript::Failed => ", not transcribed".to_owned(),
            Transcript::None => String::new(),
        };
        let _ = writeln!(out, "    a message{seconds}{words}");
    }
}

fn outcome(call: &Call) -> &'static str {
    match call.outcome() {
        Outcome::Open => match call.stage {
            Stage::Connected { .. } => "connected",
            _ => "under way",
        },
        Outcome::Accepted => "accepted",
        Outcome::Message => "nobody accepted, a message was left",
        Outcome::Missed => "missed",
        Outcome::Abandoned => "the caller hung up",
        Outcome::TurnedAway => "turned away",
    }
}

fn word(result: AttemptResult) -> &'static str {
    match result {
        AttemptResult::Ringing => "ringing",
        AttemptResult::Answered => "answered",
        AttemptResult::Accepted => "accepted",
        AttemptResult::Declined => "declined",
        AttemptResult::NotConfirmed => "picked up and pressed nothing",
        AttemptResult::NoAnswer => "no answer",
        AttemptResult::Busy => "busy",
        AttemptResult::Failed => "not reachable",
        AttemptResult::NotBridged => "accepted, but was not connected",
        AttemptResult::CallerLeft => "the caller left",
    }
}
