//! The Calls resource.
use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};

use super::{Ask, Reply, page::page, violation};
use crate::{
    act::{is_e164, leg_tasks},
    engine::Engine,
    fetch::Document,
    instant,
    leg::{CallStatus, Direction, Leg, Stop},
    twiml::StatusCallback,
    world::World,
};

/// The longest document that fits into a parameter.
const INLINE_LIMIT: usize = 4000;
/// Calls of the REST API start one a second.
const BETWEEN_CALLS: Duration = Duration::from_secs(1);

/// Parameters that would change the call, were they simulated.
const BEYOND: [&str; 8] =
    ["ApplicationSid", "AsyncAmd", "CallToken", "MachineDetection", "Record", "SendDigits", "TimeLimit", "Byoc"];

/// What would be lost silently fails the scenario.
pub(super) fn report_beyond(engine: &Engine, ask: &Ask) {
    for name in BEYOND.iter().filter(|name| ask.given(name).is_some_and(|value| value != "false")) {
        violation(engine, &ask.uri, &format!("{name} is beyond the simulator"));
    }
}

pub(super) fn list(world: &World, ask: &Ask) -> Reply {
    let wanted = |name: &str, value: &str| ask.get(name).is_none_or(|wanted| wanted == value);
    let newest_first = world.legs.values().rev();
    let chosen = newest_first.filter(|leg| {
        leg.account == ask.account
            && wanted("To", &leg.to)
            && wanted("From", &leg.from)
            && wanted("Status", shown(leg.status))
            && wanted("ParentCallSid", leg.parent.as_deref().unwrap_or_default())
    });
    page(ask, "calls", chosen.map(|leg| view(world, leg)).collect())
}

pub(super) fn fetch(world: &World, ask: &Ask, sid: &str) -> Reply {
    match world.legs.get(sid).filter(|leg| leg.account == ask.account) {
        Some(leg) => Reply::json(200, view(world, leg)),
        None => Reply::not_found(&ask.path),
    }
}

/// Places a call: it is queued at once and starts when the account's rate allows.
pub(super) fn create(engine: &Arc<Engine>, ask: &Ask) -> Reply {
    let (to, from) = (ask.get("To").unwrap_or_default(), ask.get("From").unwrap_or_default());
    let document = match document(ask) {
        Ok(Some(document)) => document,
        Ok(None) => return Reply::error(400, 21205, "Url parameter is required."),
        Err(reply) => return reply,
    };
    if !is_e164(to) {
        return Reply::error(400, 21211, "The phone number you are attempting to call is not valid.");
    }
    if to == from {
        return Reply::error(400, 21211, "'To' and 'From' must not be the same number.");
    }
    if !engine.read(|w| w.numbers.get(from).is_some_and(|number| number.account == ask.account)) {
        let message = "The source phone number provided is not yet verified for your account.";
        return Reply::error(400, 21210, message);
    }
    let timeout = ask.get("Timeout").and_then(|value| value.parse().ok()).unwrap_or(60);
    let events: Vec<String> =
        ask.params.iter().filter(|(name, _)| name == "StatusCallbackEvent").map(|(_, value)| value.clone()).collect();
    let (sid, starts, body) = engine.change(|w| {
        let sid = w.add_leg(None, Direction::OutboundApi, from, to);
        let mut starts = w.now;
        if let Some(account) = w.account_mut(&ask.account) {
            starts = starts.max(account.next_call);
            account.next_call = starts + BETWEEN_CALLS;
        }
        if let Some(leg) = w.legs.get_mut(&sid) {
            leg.fallback = fallback(ask);
            leg.callback = ask.get("StatusCallback").map(|url| StatusCallback {
                url: url.to_owned(),
                method: ask.get("StatusCallbackMethod").unwrap_or("POST").to_owned(),
                events: if events.is_empty() { vec!["completed".to_owned()] } else { events },
                progress: true,
            });
        }
        let body = w.legs.get(&sid).map(|leg| view(w, leg)).unwrap_or_default();
        (sid, starts, body)
    });
    let timeout = Duration::from_secs(u64::clamp(timeout, 1, 600));
    leg_tasks::outbound(engine, &sid, starts, timeout, document);
    Reply::json(201, body)
}

/// Ends a call (`Status`) or gives it another document (`Url`, `Twiml`).
pub(super) fn update(engine: &Arc<Engine>, ask: &Ask, sid: &str) -> Reply {
    let document = match document(ask) {
        Ok(document) => document,
        Err(reply) => return reply,
    };
    engine.change(|w| {
        let Some(leg) = w.legs.get_mut(sid).filter(|leg| leg.account == ask.account) else {
            return Reply::not_found(&ask.path);
        };
        let status = leg.status;
        let over = || Reply::error(400, 21220, "Call is not in-progress. Cannot redirect.");
        if status.is_over() {
            return over();
        }
        let waiting = matches!(status, CallStatus::Queued | CallStatus::Initiated | CallStatus::Ringing);
        match (ask.get("Status"), document) {
            (Some("canceled"), _) if !waiting => {
                return Reply::error(400, 21220, "Invalid call state");
            }
            (Some("canceled"), _) => {
                w.stop(sid, Stop::Ended(CallStatus::Canceled));
            }
            (Some(_), _) => {
                let status = if waiting { CallStatus::Canceled } else { CallStatus::Completed };
                w.stop(sid, Stop::Ended(status));
            }
            (None, Some(_)) if waiting => return over(),
            (None, Some(document)) => {
                if ask.get("FallbackUrl").is_some() {
                    leg.fallback = fallback(ask);
                }
                w.stop(sid, Stop::Redirected(Box::new(document)));
            }
            (None, None) => {}
        }
        w.legs.get(sid).map_or_else(|| Reply::not_found(&ask.path), |leg| Reply::json(200, view(w, leg)))
    })
}

/// `Url` wins over `Twiml`.
fn document(ask: &Ask) -> Result<Option<Document>, Reply> {
    if let Some(url) = ask.get("Url") {
        return Ok(Some(Document::url(url, ask.get("Method").unwrap_or("POST"))));
    }
    match ask.get("Twiml") {
        Some(text) if text.chars().count() > INLINE_LIMIT => {
            Err(Reply::error(400, 21205, "Twiml is longer than 4000 characters"))
        }
        Some(text) => Ok(Some(Document::Inline(text.to_owned()))),
        None => Ok(None),
    }
}

fn fallback(ask: &Ask) -> Option<(String, String)> {
    let method = ask.get("FallbackMethod").unwrap_or("POST");
    ask.get("FallbackUrl").map(|url| (url.to_owned(), method.to_owned()))
}

/// REST has no `initiated`.
fn shown(status: CallStatus) -> &'static str {
    match status {
        CallStatus::Initiated => "queued",
        status => status.as_str(),
    }
}

fn view(world: &World, leg: &Leg) -> Value {
    let account = &leg.account;
    let uri = format!("/2010-04-01/Accounts/{account}/Calls/{}", leg.sid);
    let ended = leg.ended.map(instant::rfc2822);
    let owned = [&leg.to, &leg.from].into_iter().find_map(|number| world.numbers.get(number));
    json!({
        "sid": leg.sid,
        "account_sid": account,
        "annotation": null,
        "answered_by": null,
        "api_version": "2010-04-01",
        "caller_name": null,
        "date_created": instant::rfc2822(leg.created),
        "date_updated": instant::rfc2822(leg.ended.or(leg.answered).unwrap_or(leg.created)),
        "direction": leg.direction.as_str(),
        "duration": leg.ended.map(|_| leg.seconds(world.now).to_string()),
        "end_time": ended,
        "forwarded_from": null,
        "from": leg.from,
        "from_formatted": leg.from,
        "group_sid": null,
        "parent_call_sid": leg.parent,
        "phone_number_sid": owned.map(|number| number.sid.clone()),
        "price": null,
        "price_unit": "USD",
        "queue_time": "0",
        "start_time": leg.answered.map(instant::rfc2822),
        "status": shown(leg.status),
        "subresource_uris": { "recordings": format!("{uri}/Recordings.json") },
        "to": leg.to,
        "to_formatted": leg.to,
        "trunk_sid": null,
        "uri": format!("{uri}.json"),
    })
}
