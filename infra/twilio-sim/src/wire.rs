//! One request on the wire: signed, journalled, delivered.
use std::{sync::Arc, time::Duration};

use tokio::sync::oneshot;

use crate::{
    engine::Engine,
    form::{self, Params},
    journal::{Exchange, Purpose},
    send::Request,
    signature::{self, Signing},
};

/// How a request is delivered.
#[derive(Default, Clone)]
pub(crate) struct Manner {
    pub(crate) copies: usize,
    pub(crate) token: Option<String>,
    pub(crate) fault: Option<&'static str>,
}

impl Manner {
    pub(crate) fn fault(name: &'static str) -> Self {
        Self { fault: Some(name), ..Self::default() }
    }
}

pub(crate) type Reply = (u16, Option<String>, Option<String>, String);

/// Why no answer came.
pub(crate) enum Trip {
    Refused(String),
    TimedOut,
}

/// Delivers a request, as often as its manner says; the first answer.
pub(crate) async fn deliver(engine: &Arc<Engine>, request: &Request, manner: &Manner) -> Result<Reply, Trip> {
    let flight = engine.departs();
    let permit = engine.one_at_a_time.clone().acquire_owned().await;
    let indices: Vec<usize> = (0..manner.copies.max(1))
        .map(|_| {
            engine.change(|w| {
                w.journal.push(entry(w.now, request, manner));
                w.journal.len() - 1
            })
        })
        .collect();
    let (tell, told) = oneshot::channel();
    let attempts: Vec<_> = indices.iter().map(|_| prepare(engine, request, manner)).collect();
    let engine = engine.clone();
    tokio::spawn(async move {
        let limit = engine.options.real_timeout;
        let trips: Vec<_> = attempts
            .into_iter()
            .map(|attempt| tokio::spawn(tokio::time::timeout(limit, attempt_twice(attempt))))
            .collect();
        let mut first = None;
        for (index, trip) in indices.into_iter().zip(trips) {
            let started = tokio::time::Instant::now();
            let result = match trip.await {
                Ok(Ok(result)) => result,
                Ok(Err(_)) | Err(_) => Err(Trip::TimedOut),
            };
            engine.change(|w| {
                let Some(entry) = w.journal.get_mut(index) else {
                    return;
                };
                entry.took = started.elapsed();
                match &result {
                    Ok((status, _, _, body)) => {
                        entry.status = Some(*status);
                        entry.body.clone_from(body);
                    }
                    Err(_) => entry.status = Some(0),
                }
            });
            first.get_or_insert(result);
        }
        let _ = tell.send(first.unwrap_or(Err(Trip::TimedOut)));
        drop((permit, flight));
    });
    told.await.unwrap_or(Err(Trip::TimedOut))
}

/// The journal's entry for a request that leaves now.
pub(crate) fn entry(at: Duration, request: &Request, manner: &Manner) -> Exchange {
    Exchange {
        at,
        purpose: request.purpose,
        call: request.call.clone(),
        method: request.method.clone(),
        url: request.url.clone(),
        params: request.params.clone(),
        idempotency_token: manner.token.clone(),
        status: None,
        body: String::new(),
        took: Duration::ZERO,
        fault: manner.fault,
    }
}

/// The request as it goes out, or why it cannot.
fn prepare(engine: &Engine, request: &Request, manner: &Manner) -> Result<reqwest::RequestBuilder, String> {
    let mut url = signature::without_fragment(&request.url).to_owned();
    let post = request.method != "GET";
    if !post && !request.params.is_empty() {
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(&form::encode(&request.params));
    }
    let signed: &[(String, String)] = if post { &request.params } else { &[] };
    let target = reach(&engine.options.reach, &url);
    let parsed = reqwest::Url::parse(&target).map_err(|_| "Invalid URL format".to_owned())?;
    if !matches!(parsed.host_str(), Some("127.0.0.1" | "localhost" | "[::1]")) {
        return Err("the simulator talks to this machine only; see Options::reach".to_owned());
    }
    let mut builder = if post { engine.http.post(parsed) } else { engine.http.get(parsed) };
    builder = builder.header("user-agent", "TwilioProxy/1.1").header("accept", "*/*");
    builder = match &engine.options.signing {
        Signing::AuthToken => {
            let token = engine.read(|w| w.account(&request.account).map(|a| a.primary.clone()).unwrap_or_default());
            builder.header("x-twilio-signature", signature::sha1(&token, &url, signed))
        }
        Signing::SharedKey { key, secret } => builder
            .header("x-twilio-signature", signature::sha256(secret, &url, signed))
            .header("x-twilio-webhooks-signature-settings", format!("key={key},algorithm=HMAC_SHA256")),
    };
    if let Some(token) = &manner.token {
        builder = builder.header("i-twilio-idempotency-token", token);
    }
    if post {
        builder = builder
            .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
            .body(form::encode(&request.params));
    }
    Ok(builder)
}

/// Where a configured URL is really served.
pub(crate) fn reach(map: &[(String, String)], url: &str) -> String {
    map.iter()
        .find_map(|(from, to)| url.strip_prefix(from.as_str()).map(|rest| format!("{to}{rest}")))
        .unwrap_or_else(|| url.to_owned())
}

/// One retry when no connection comes about, as Twilio's default policy has it.
async fn attempt_twice(builder: Result<reqwest::RequestBuilder, String>) -> Result<Reply, Trip> {
    let builder = builder.map_err(Trip::Refused)?;
    let again = builder.try_clone();
    let mut result = builder.send().await;
    if let (Err(error), Some(again)) = (&result, again)
        && error.is_connect()
    {
        result = again.send().await;
    }
    let response = result.map_err(|_| Trip::Refused("HTTP connection failure".to_owned()))?;
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (status, kind, location) = (response.status().as_u16(), header("content-type"), header("location"));
    let body = response.text().await.map_err(|_| Trip::Refused("HTTP connection failure: broken answer".to_owned()))?;
    Ok((status, kind, location, body))
}

/// A request that looks like a webhook but is not one; for tests of refusals.
pub(crate) async fn forged(engine: &Arc<Engine>, url: &str, params: Params, token: Option<&str>) -> u16 {
    let mut request = engine
        .http
        .post(reach(&engine.options.reach, url))
        .header("user-agent", "TwilioProxy/1.1")
        .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
        .body(form::encode(&params));
    if let Some(token) = token {
        request = request.header("x-twilio-signature", signature::sha1(token, url, &params));
    }
    let (status, body) = match request.send().await {
        Ok(response) => (response.status().as_u16(), response.text().await.unwrap_or_default()),
        Err(_) => (0, String::new()),
    };
    engine.change(|w| {
        let (url, method, account) = (url.to_owned(), "POST".to_owned(), w.account.sid.clone());
        let request = Request { url, method, params, purpose: Purpose::Forged, call: None, account };
        let mut entry = entry(w.now, &request, &Manner::fault("forged"));
        (entry.status, entry.body) = (Some(status), body);
        w.journal.push(entry);
    });
    status
}
