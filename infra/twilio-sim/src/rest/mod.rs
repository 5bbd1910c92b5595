//! Twilio's REST API, as far as voice needs it, and beside it the simulator's own control API.
mod calls;
mod control;
mod numbers;
mod page;
mod recordings;
mod reply;
mod schema;

use std::sync::Arc;

use axum::{
    Router,
    body::to_bytes,
    extract::{Request, State},
    http::{HeaderMap, Method},
    response::Response,
};
use data_encoding::BASE64;
use serde_json::json;

pub(crate) use reply::Reply;

use crate::{
    alert::Alert,
    engine::Engine,
    fault,
    form::{self, Params},
    instant,
    journal::{Exchange, Purpose},
    world::World,
};

const VERSION: &str = "/2010-04-01/Accounts/";

/// A request to the REST API, read.
struct Ask {
    method: Method,
    /// Path and query, as sent.
    uri: String,
    path: String,
    params: Params,
    authorization: Option<String>,
    content_type: String,
}

impl Ask {
    fn get(&self, name: &str) -> Option<&str> {
        form::first(&self.params, name)
    }
}

pub(crate) fn router(engine: &Arc<Engine>) -> Router {
    control::routes().fallback(answer).with_state(engine.clone())
}

async fn answer(State(engine): State<Arc<Engine>>, request: Request) -> Response {
    let started = tokio::time::Instant::now();
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap_or_default();
    let body = String::from_utf8_lossy(&body);
    let get = parts.method == Method::GET;
    let query = parts.uri.query().unwrap_or_default();
    let ask = Ask {
        uri: parts.uri.to_string(),
        path: parts.uri.path().to_owned(),
        params: form::decode(if get { query } else { &body }),
        authorization: header(&parts.headers, "authorization"),
        content_type: header(&parts.headers, "content-type").unwrap_or_default(),
        method: parts.method,
    };
    let reply = route(&engine, &ask);
    engine.change(|w| {
        w.journal.push(Exchange {
            at: w.now,
            purpose: Purpose::Rest,
            call: None,
            method: ask.method.to_string(),
            url: ask.uri,
            params: ask.params,
            idempotency_token: None,
            status: Some(reply.status()),
            body: reply.body(),
            took: started.elapsed(),
            fault: None,
        });
    });
    reply.into_response()
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn route(engine: &Arc<Engine>, ask: &Ask) -> Reply {
    if let Some(status) = engine.change(|w| fault::refuses(&mut w.faults, &ask.path)) {
        return Reply::refused(status);
    }
    let rest = ask.path.strip_prefix(VERSION).and_then(|rest| rest.strip_suffix(".json"));
    let Some(rest) = rest else {
        violation(engine, &ask.uri, "no such REST address (or the .json suffix is missing)");
        return Reply::not_found(&ask.path);
    };
    let parts: Vec<&str> = rest.split('/').collect();
    let account = parts.first().copied().unwrap_or_default();
    if let Err(refusal) = engine.read(|w| authorise(w, ask, account, parts.len() == 1)) {
        return refusal;
    }
    if let Some(refusal) = well_formed(engine, ask, &parts) {
        return refusal;
    }
    match (&ask.method, parts.as_slice()) {
        (&Method::GET, [_]) => engine.read(|w| Reply::json(200, account_json(w))),
        (&Method::GET, [_, "Calls"]) => engine.read(|w| calls::list(w, ask)),
        (&Method::POST, [_, "Calls"]) => calls::create(engine, ask),
        (&Method::GET, [_, "Calls", sid]) => engine.read(|w| calls::fetch(w, ask, sid)),
        (&Method::POST, [_, "Calls", sid]) => calls::update(engine, ask, sid),
        (&Method::GET, [_, "IncomingPhoneNumbers"]) => engine.read(|w| numbers::list(w, ask)),
        (&Method::GET, [_, "IncomingPhoneNumbers", sid]) => engine.read(|w| numbers::fetch(w, ask, sid)),
        (&Method::POST, [_, "IncomingPhoneNumbers", sid]) => engine.change(|w| numbers::update(w, ask, sid)),
        (&Method::GET, [_, "Recordings"]) => engine.read(|w| recordings::list(w, ask)),
        (&Method::GET, [_, "Recordings", sid]) => engine.read(|w| recordings::fetch(w, ask, sid)),
        (&Method::DELETE, [_, "Recordings", sid]) => engine.change(|w| recordings::delete(w, ask, sid)),
        _ => {
            violation(engine, &ask.uri, "this REST operation is beyond the simulator");
            Reply::error(405, 20004, "Method not allowed")
        }
    }
}

/// Basic authentication with the account's token or with an API key. A standard key does not open
/// the account resource itself.
fn authorise(world: &World, ask: &Ask, account: &str, account_itself: bool) -> Result<(), Reply> {
    let denied = || Reply::error(401, 20003, "Authenticate");
    let header = ask.authorization.as_deref().ok_or_else(denied)?;
    let encoded = header.strip_prefix("Basic ").ok_or_else(denied)?;
    let decoded = BASE64.decode(encoded.as_bytes()).map_err(|_| denied())?;
    let decoded = String::from_utf8(decoded).map_err(|_| denied())?;
    let (user, secret) = decoded.split_once(':').ok_or_else(denied)?;
    let own = &world.account;
    let by_token = user == own.sid && (secret == own.primary || own.secondary.as_deref() == Some(secret));
    let by_key = user == own.key.0 && secret == own.key.1 && !account_itself;
    if !by_token && !by_key {
        return Err(denied());
    }
    if account != own.sid {
        return Err(Reply::not_found(&ask.path));
    }
    Ok(())
}

/// Checks names and values against Twilio's own description.
fn well_formed(engine: &Engine, ask: &Ask, parts: &[&str]) -> Option<Reply> {
    let form = "application/x-www-form-urlencoded";
    if ask.method == Method::POST && !ask.content_type.starts_with(form) {
        violation(engine, &ask.uri, "the body is not form-encoded");
        return Some(Reply::error(415, 20006, "Unsupported media type"));
    }
    let faults = schema::check(ask.method.as_str(), parts, &ask.params);
    for unknown in &faults.unknown {
        violation(engine, &ask.uri, &format!("unknown parameter {unknown:?}"));
    }
    let (code, message) = faults.refused?;
    Some(Reply::error(400, code, &message))
}

fn violation(engine: &Engine, url: &str, message: &str) {
    engine.change(|w| {
        w.alerts.push(Alert {
            at: w.now,
            code: 20001,
            message: message.to_owned(),
            url: url.to_owned(),
            call: None,
            provoked: false,
        });
    });
}

fn account_json(world: &World) -> serde_json::Value {
    let sid = &world.account.sid;
    let started = instant::rfc2822(world.started);
    let part = |name: &str| format!("{VERSION}{sid}/{name}.json");
    json!({
        "auth_token": world.account.primary,
        "date_created": started,
        "date_updated": started,
        "friendly_name": world.account.friendly_name,
        "owner_account_sid": sid,
        "sid": sid,
        "status": "active",
        "subresource_uris": {
            "calls": part("Calls"),
            "incoming_phone_numbers": part("IncomingPhoneNumbers"),
            "recordings": part("Recordings"),
        },
        "type": "Full",
        "uri": format!("{VERSION}{sid}.json"),
    })
}
