//! Twilio's REST API, as far as voice, texts and numbers need it, and beside it the simulator's own control API.
//!
//! One listener serves every product: a path tells which one it is (`/2010-04-01`, `/v1/PhoneNumbers`,
//! `/v2/RegulatoryCompliance`), so a client points all its base URLs here.
mod access;
mod accounts;
mod addresses;
mod calls;
mod compliance;
mod contains;
mod control;
mod media;
mod messages;
mod numbers;
mod page;
mod pricing;
mod purchase;
mod recordings;
mod reply;
mod route;
mod schema;
mod search;
mod settings;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    body::to_bytes,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, Method},
    response::Response,
};

pub(crate) use reply::Reply;

use crate::{
    alert::Alert,
    engine::Engine,
    fault::{self, Mishap},
    form::{self, Params},
    journal::{Exchange, Purpose},
    socket::Cut,
};

/// A request to the REST API, read.
struct Ask {
    method: Method,
    /// Path and query, as sent.
    uri: String,
    path: String,
    params: Params,
    authorization: Option<String>,
    /// The bytes that are wanted of something that is no JSON.
    range: Option<String>,
    content_type: String,
    /// The account that it is about, once that is clear.
    account: String,
}

impl Ask {
    fn get(&self, name: &str) -> Option<&str> {
        form::first(&self.params, name)
    }

    /// A parameter that is there and not empty.
    fn given(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }
}

pub(crate) fn router(engine: &Arc<Engine>) -> Router {
    control::routes().merge(media::route()).fallback(answer).with_state(engine.clone())
}

async fn answer(State(engine): State<Arc<Engine>>, ConnectInfo(cut): ConnectInfo<Cut>, request: Request) -> Response {
    let started = tokio::time::Instant::now();
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap_or_default();
    let body = String::from_utf8_lossy(&body);
    let get = parts.method == Method::GET;
    let query = parts.uri.query().unwrap_or_default();
    let mut ask = Ask {
        uri: parts.uri.to_string(),
        path: parts.uri.path().to_owned(),
        params: form::decode(if get { query } else { &body }),
        authorization: header(&parts.headers, "authorization"),
        range: header(&parts.headers, "range"),
        content_type: header(&parts.headers, "content-type").unwrap_or_default(),
        method: parts.method,
        account: String::new(),
    };
    let mishap = engine.change(|w| fault::befalls_rest(&mut w.faults, ask.method.as_str(), &ask.path, &ask.params));
    let done = mishap.as_ref().is_none_or(Mishap::is_done);
    let reply = done.then(|| route::route(&engine, &mut ask));
    let (reply, stalls) = spoilt(reply, mishap.as_ref());
    engine.change(|w| {
        w.journal.push(Exchange {
            at: w.now,
            purpose: Purpose::Rest,
            call: None,
            method: ask.method.to_string(),
            url: ask.uri,
            params: ask.params,
            idempotency_token: None,
            status: Some(reply.as_ref().map_or(0, Reply::status)),
            body: reply.as_ref().map(Reply::body).unwrap_or_default(),
            took: started.elapsed(),
            fault: mishap.as_ref().map(Mishap::name),
        });
    });
    tokio::time::sleep(stalls).await;
    match reply {
        Some(reply) => reply.into_response(),
        None => {
            cut.now();
            Reply::gone().into_response()
        }
    }
}

/// What becomes of an answer: another one, none (the connection breaks), or the same after a while.
fn spoilt(reply: Option<Reply>, mishap: Option<&Mishap>) -> (Option<Reply>, Duration) {
    let at_once = Duration::ZERO;
    match mishap {
        None => (reply, at_once),
        Some(Mishap::ResetBefore | Mishap::ResetAfter) => (None, at_once),
        Some(Mishap::Stalls(time)) => (reply, *time),
        Some(Mishap::Refused(status) | Mishap::FailedAfter(status)) => (Some(Reply::refused(*status)), at_once),
        Some(Mishap::RefusedWith(status, code)) => (Some(Reply::error(*status, *code, "Refused")), at_once),
        Some(Mishap::TooMany { retry_after }) => (Some(Reply::refused(429).retry_after(*retry_after)), at_once),
        Some(Mishap::Garbled) => (reply.map(Reply::cut_off), at_once),
        Some(Mishap::Html(status) | Mishap::HtmlAfter(status)) => (Some(Reply::html(*status)), at_once),
    }
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
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
