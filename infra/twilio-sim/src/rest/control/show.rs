//! Requests that only look.
use axum::{extract::State, response::Response};
use serde_json::{Value, json};

use super::{Shared, ok};
use crate::{
    instant,
    journal::Exchange,
    transcript::{Event, Line},
};

pub(super) async fn state(State(engine): Shared) -> Response {
    let body = engine.read(|w| {
        let live = w.legs.values().filter(|leg| !leg.status.is_over());
        let calls: Vec<_> = live
            .map(|leg| {
                json!({
                    "sid": leg.sid, "parent": leg.parent, "from": leg.from, "to": leg.to,
                    "status": leg.status.as_str(),
                })
            })
            .collect();
        let numbers: Vec<_> = w
            .numbers
            .values()
            .map(|number| {
                json!({ "sid": number.sid, "number": number.number, "account": number.account,
                "voice_url": number.get("VoiceUrl") })
            })
            .collect();
        json!({
            "now": instant::rfc3339(w.now),
            "account_sid": w.account.sid,
            "auth_token": w.account.primary,
            "api_key": { "sid": w.account.key.0, "secret": w.account.key.1 },
            "numbers": numbers,
            "calls": calls,
        })
    });
    ok(&body)
}

pub(super) async fn transcript(State(engine): Shared) -> Response {
    ok(&engine.read(|w| w.transcript.iter().map(line).collect()))
}

pub(super) async fn journal(State(engine): Shared) -> Response {
    ok(&engine.read(|w| w.journal.iter().map(exchange).collect()))
}

pub(super) async fn ledger(State(engine): Shared) -> Response {
    let entries = engine.read(|w| {
        let entries = w.ledger.iter().map(|charge| {
            json!({
                "at": instant::rfc3339(charge.at), "account": charge.account, "sid": charge.sid,
                "item": format!("{:?}", charge.item), "minutes": charge.minutes,
                "number": charge.number, "name": charge.name, "price": charge.price.to_string(),
            })
        });
        entries.collect()
    });
    ok(&entries)
}

pub(super) async fn alerts(State(engine): Shared) -> Response {
    let alerts = engine.read(|w| {
        let alerts = w.alerts.iter().map(|alert| {
            json!({
                "at": instant::rfc3339(alert.at), "code": alert.code, "message": alert.message,
                "url": alert.url, "call": alert.call, "provoked": alert.provoked,
            })
        });
        alerts.collect()
    });
    ok(&alerts)
}

fn exchange(exchange: &Exchange) -> Value {
    json!({
        "at": instant::rfc3339(exchange.at),
        "purpose": format!("{:?}", exchange.purpose).to_lowercase(),
        "call": exchange.call,
        "method": exchange.method,
        "url": exchange.url,
        "params": exchange.params,
        "idempotency_token": exchange.idempotency_token,
        "status": exchange.status,
        "body": exchange.body,
        "took_ms": exchange.took.as_secs_f64() * 1000.0,
        "fault": exchange.fault,
    })
}

/// A line of a transcript: the fields that a program needs and, under `text`, what a person reads.
pub(super) fn line(line: &Line) -> Value {
    let kind = match &line.event {
        Event::Dials(_) => "dials",
        Event::Rings(_) => "rings",
        Event::Answers => "answers",
        Event::Hears { .. } => "hears",
        Event::Presses(_) => "presses",
        Event::Says(_) => "says",
        Event::Connected(_) => "connected",
        Event::Beep => "beep",
        Event::HangsUp => "hangs-up",
        Event::Status(_) => "status",
    };
    json!({
        "at": instant::rfc3339(line.at),
        "seconds": line.at.as_secs_f64(),
        "call": line.call,
        "leg": line.leg,
        "who": line.who,
        "event": kind,
        "text": line.event.to_string(),
    })
}
