//! Calls in words and bars.

use api::{Attempt, AttemptResult, Call, Outcome};
use jiff::Timestamp;

use crate::view::{counted, seconds};

/// How calls go: the API's word, and what the page calls it.
pub(super) const OUTCOMES: [(&str, &str); 6] = [
    ("open", "going on"),
    ("accepted", "taken"),
    ("message", "left a message"),
    ("missed", "missed"),
    ("abandoned", "hung up early"),
    ("turned_away", "turned away"),
];

pub(super) fn outcome_named(word: &str) -> Option<Outcome> {
    Some(match word {
        "open" => Outcome::Open,
        "accepted" => Outcome::Accepted,
        "message" => Outcome::Message,
        "missed" => Outcome::Missed,
        "abandoned" => Outcome::Abandoned,
        "turned_away" => Outcome::TurnedAway,
        _ => return None,
    })
}

/// How a call went, and in what colour.
pub(super) fn outcome(call: &Call) -> (&'static str, &'static str) {
    match call.outcome {
        Outcome::Open => ("going on", "warn"),
        Outcome::Accepted => ("taken", "good"),
        Outcome::Message => ("left a message", "warn"),
        Outcome::Missed => ("missed", "bad"),
        Outcome::Abandoned => ("hung up early", ""),
        Outcome::TurnedAway => ("turned away", ""),
    }
}

pub(super) fn from(call: &Call) -> &str {
    call.caller.as_ref().map_or("an unknown number", |number| number.0.as_e164())
}

pub(super) fn line(call: &Call) -> &str {
    call.line_name.as_deref().unwrap_or(&call.line)
}

pub(super) fn service(call: &Call) -> Option<&str> {
    call.service_name.as_deref().or(call.service.as_deref())
}

pub(super) fn person(attempt: &Attempt) -> &str {
    attempt.name.as_deref().unwrap_or(&attempt.person)
}

/// How an attempt went, and in what colour.
pub(super) fn result(attempt: &Attempt) -> (&'static str, &'static str) {
    match attempt.result {
        AttemptResult::Ringing => ("rings", "warn"),
        AttemptResult::Answered => ("picked up, has pressed nothing yet", "warn"),
        AttemptResult::Accepted => ("took the call", "good"),
        AttemptResult::Declined => ("declined", "bad"),
        AttemptResult::NotConfirmed => ("pressed no key: perhaps a mailbox", "bad"),
        AttemptResult::NoAnswer => ("did not answer", "bad"),
        AttemptResult::Busy => ("busy", "bad"),
        AttemptResult::Failed => ("could not be reached", "bad"),
        AttemptResult::NotBridged => ("took the call, was not connected", "bad"),
        AttemptResult::CallerLeft => ("the caller had gone", ""),
    }
}

/// How long it rang, and how long they spoke.
pub(super) fn took(attempt: &Attempt) -> String {
    let rang = attempt.ring_seconds.map(|rang| format!("rang {}", seconds(rang)));
    let talked = attempt.talk_seconds.map(|talked| format!("spoke {}", seconds(talked)));
    let parts: Vec<String> = rang.into_iter().chain(talked).collect();
    parts.join(", ")
}

/// How long a call takes, or took.
pub(super) fn length(call: &Call, now: &Timestamp) -> String {
    seconds(since(call, call.ended_at.unwrap_or(*now)))
}

fn since(call: &Call, at: Timestamp) -> i64 {
    at.duration_since(call.started_at).as_secs().max(0)
}

/// A bar of a timeline, in thousandths of the call.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bar {
    pub(super) from: i64,
    pub(super) width: i64,
}

/// When a phone rang, and when its owner spoke with the caller.
pub(super) fn bars(call: &Call, attempt: &Attempt, now: &Timestamp) -> (Bar, Option<Bar>) {
    let end = call.ended_at.unwrap_or(*now);
    let whole = since(call, end).max(1);
    let bar = |from: Timestamp, until: Timestamp| {
        let place = |at: Timestamp| (since(call, at) * 1000 / whole).clamp(0, 1000);
        let from = place(from).min(995);
        // something that was short is still to be seen
        Bar { from, width: (place(until) - from).max(5) }
    };
    let over = attempt.ended_at.unwrap_or(end);
    let rang = bar(attempt.started_at, attempt.answered_at.unwrap_or(over));
    (rang, attempt.accepted_at.map(|accepted| bar(accepted, over)))
}

/// What goes on.
pub(super) fn summary(calls: &[Call]) -> String {
    let open = calls.iter().filter(|call| call.outcome == Outcome::Open).count();
    match open {
        0 => "Nobody is calling.".to_owned(),
        1 => "1 call is going on.".to_owned(),
        many => format!("{} are going on.", counted(many as u64, "call")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + second).unwrap()
    }

    fn attempt() -> Attempt {
        Attempt {
            round: 1,
            step: Some(0),
            person: "ada".to_owned(),
            name: Some("Ada".to_owned()),
            phone: 1,
            why: "in team Leads".to_owned(),
            result: AttemptResult::Accepted,
            started_at: at(10),
            answered_at: Some(at(20)),
            accepted_at: Some(at(25)),
            ended_at: Some(at(75)),
            ring_seconds: Some(10),
            talk_seconds: Some(50),
        }
    }

    fn call(attempts: Vec<Attempt>) -> Call {
        Call {
            id: "CA1".to_owned(),
            line: "hotline".to_owned(),
            line_name: None,
            caller: None,
            service: Some("payments".to_owned()),
            service_name: None,
            started_at: at(0),
            ended_at: Some(at(100)),
            outcome: Outcome::Accepted,
            attempts,
            recording: None,
            message: None,
            incident: None,
        }
    }

    #[test]
    fn bars_stand_where_it_rang() {
        let (rang, spoke) = bars(&call(vec![attempt()]), &attempt(), &at(1000));
        assert_eq!((rang, spoke), (Bar { from: 100, width: 100 }, Some(Bar { from: 250, width: 500 })));
        // it rings, and the call goes on
        let ringing = Attempt { answered_at: None, accepted_at: None, ended_at: None, ..attempt() };
        let going_on = Call { ended_at: None, outcome: Outcome::Open, ..call(vec![]) };
        assert_eq!(bars(&going_on, &ringing, &at(20)), (Bar { from: 500, width: 500 }, None));
        // our clock may be behind
        assert_eq!(bars(&going_on, &ringing, &at(-5)).0, Bar { from: 995, width: 5 });
    }

    #[test]
    fn calls_are_told_in_words() {
        let call = call(vec![attempt()]);
        assert_eq!((from(&call), line(&call), service(&call)), ("an unknown number", "hotline", Some("payments")));
        assert_eq!(
            (took(&attempt()).as_str(), length(&call, &at(500)).as_str()),
            ("rang 10 s, spoke 50 s", "1 min 40 s")
        );
        let open = Call { outcome: Outcome::Open, ..call.clone() };
        assert_eq!(summary(&[call]), "Nobody is calling.");
        assert_eq!(summary(&[open.clone(), open]), "2 calls are going on.");
    }

    #[test]
    fn each_outcome_has_a_word() {
        for (word, name) in OUTCOMES {
            let named = Call { outcome: outcome_named(word).unwrap(), ..call(vec![]) };
            assert_eq!(outcome(&named).0, name);
        }
        assert_eq!(outcome_named("anything"), None);
    }
}
