//! Webhooks on the wire: signed, followed through redirects, and with whatever goes wrong on the way.
use std::{sync::Arc, time::Duration};

use tokio::sync::oneshot;

use crate::{
    engine::Engine,
    fault::{self, Trouble},
    form::{self, Params},
    journal::{Exchange, Purpose},
    signature::{self, Signing},
};

/// Twilio waits so long for an answer.
const PATIENCE: Duration = Duration::from_secs(15);
/// Two attempts to connect, five seconds each.
const CONNECTING: Duration = Duration::from_secs(10);

/// A webhook to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) url: String,
    pub(crate) method: String,
    pub(crate) params: Params,
    pub(crate) purpose: Purpose,
    pub(crate) call: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub(crate) enum Answer {
    Got {
        status: u16,
        content_type: Option<String>,
        body: String,
        url: String,
    },
    Failed {
        code: u32,
        message: String,
        provoked: bool,
    },
}

impl Answer {
    fn provoked(code: u32, message: &str) -> Self {
        Self::Failed {
            code,
            message: message.to_owned(),
            provoked: true,
        }
    }
}

/// Sends a webhook, with the fault that a test may have asked for.
pub(crate) async fn send(engine: &Arc<Engine>, request: Request) -> Answer {
    let trouble = engine.change(|w| fault::befalls(&mut w.faults, &request.url));
    match trouble {
        None | Some(Trouble::Refused(_)) => follow(engine, request, &Manner::default()).await,
        Some(Trouble::Slow(time)) => {
            let answer = follow(engine, request, &Manner::fault("slow")).await;
            if time < PATIENCE {
                engine.sleep(time).await;
                return answer;
            }
            engine.sleep(PATIENCE).await;
            Answer::provoked(11200, "HTTP retrieval failure: read timeout")
        }
        Some(Trouble::AnswerLost) => {
            follow(engine, request, &Manner::fault("answer lost")).await;
            engine.sleep(PATIENCE).await;
            Answer::provoked(11200, "HTTP retrieval failure: read timeout")
        }
        Some(Trouble::Late(time)) => {
            engine.sleep(time).await;
            follow(engine, request, &Manner::fault("late")).await
        }
        Some(Trouble::Unreachable) => {
            engine.change(|w| {
                w.journal
                    .push(entry(w.now, &request, &Manner::fault("unreachable")))
            });
            engine.sleep(CONNECTING).await;
            Answer::provoked(11205, "HTTP connection failure")
        }
        Some(Trouble::Lost) => {
            engine.change(|w| {
                w.journal
                    .push(entry(w.now, &request, &Manner::fault("lost")))
            });
            if request.purpose == Purpose::Document {
                engine.sleep(PATIENCE).await;
            }
            Answer::provoked(11200, "HTTP retrieval failure: read timeout")
        }
        Some(Trouble::Duplicated { at_once: true }) => {
            let manner = Manner {
                copies: 2,
                ..Manner::fault("duplicated at once")
            };
            follow(engine, request, &manner).await
        }
        Some(Trouble::Duplicated { at_once: false }) => {
            let manner = Manner::fault("duplicated");
            let answer = follow(engine, request.clone(), &manner).await;
            follow(engine, request, &manner).await;
            answer
        }
        Some(Trouble::Retried) => {
            let token = engine.change(|w| w.sids.secret());
            let manner = Manner {
                token: Some(token),
                ..Manner::fault("retried")
            };
            follow(engine, request.clone(), &manner).await;
            follow(engine, request, &manner).await
        }
    }
}

/// How a request is delivered.
#[derive(Default, Clone)]
struct Manner {
    copies: usize,
    token: Option<String>,
    fault: Option<&'static str>,
}

impl Manner {
    fn fault(name: &'static str) -> Self {
        Self {
            fault: Some(name),
            ..Self::default()
        }
    }
}

/// Delivers a request and goes where its redirects lead; 301, 302 and 303 become GET and lose the
/// parameters, 307 and 308 keep both.
async fn follow(engine: &Arc<Engine>, mut request: Request, manner: &Manner) -> Answer {
    for _ in 0..=10 {
        let (status, content_type, location, body) = match deliver(engine, &request, manner).await {
            Ok(reply) => reply,
            Err(Trip::Refused(message)) => {
                return Answer::Failed {
                    code: 11205,
                    message,
                    provoked: false,
                };
            }
            Err(Trip::TimedOut) => {
                engine.sleep(PATIENCE).await;
                let message = "HTTP retrieval failure: read timeout".to_owned();
                return Answer::Failed {
                    code: 11200,
                    message,
                    provoked: false,
                };
            }
        };
        let Some(location) = location.filter(|_| (300..400).contains(&status)) else {
            return Answer::Got {
                status,
                content_type,
                body,
                url: request.url,
            };
        };
        let Some(url) = resolve(&request.url, &location) else {
            let message = "Invalid URL format in a redirect".to_owned();
            return Answer::Failed {
                code: 11100,
                message,
                provoked: false,
            };
        };
        request.url = url;
        if !matches!(status, 307 | 308) {
            request.method = "GET".to_owned();
            request.params.clear();
        }
    }
    let message = "HTTP too many redirects".to_owned();
    Answer::Failed {
        code: 11215,
        message,
        provoked: false,
    }
}

/// A URL found in a document or header, made absolute.
pub(crate) fn resolve(base: &str, reference: &str) -> Option<String> {
    let absolute = reference.starts_with("http://") || reference.starts_with("https://");
    if absolute {
        return Some(reference.to_owned());
    }
    let base = reqwest::Url::parse(base).ok()?;
    base.join(reference).ok().map(String::from)
}

type Reply = (u16, Option<String>, Option<String>, String);

enum Trip {
    Refused(String),
    TimedOut,
}

async fn deliver(engine: &Arc<Engine>, request: &Request, manner: &Manner) -> Result<Reply, Trip> {
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
    let attempts: Vec<_> = indices
        .iter()
        .map(|_| prepare(engine, request, manner))
        .collect();
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

fn entry(at: Duration, request: &Request, manner: &Manner) -> Exchange {
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
fn prepare(
    engine: &Engine,
    request: &Request,
    manner: &Manner,
) -> Result<reqwest::RequestBuilder, String> {
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
    let mut builder = if post {
        engine.http.post(parsed)
    } else {
        engine.http.get(parsed)
    };
    builder = builder
        .header("user-agent", "TwilioProxy/1.1")
        .header("accept", "*/*");
    builder = match &engine.options.signing {
        Signing::AuthToken => {
            let token = engine.read(|w| w.account.primary.clone());
            builder.header("x-twilio-signature", signature::sha1(&token, &url, signed))
        }
        Signing::SharedKey { key, secret } => builder
            .header(
                "x-twilio-signature",
                signature::sha256(secret, &url, signed),
            )
            .header(
                "x-twilio-webhooks-signature-settings",
                format!("key={key},algorithm=HMAC_SHA256"),
            ),
    };
    if let Some(token) = &manner.token {
        builder = builder.header("i-twilio-idempotency-token", token);
    }
    if post {
        builder = builder
            .header(
                "content-type",
                "application/x-www-form-urlencoded; charset=UTF-8",
            )
            .body(form::encode(&request.params));
    }
    Ok(builder)
}

/// Where a configured URL is really served.
pub(crate) fn reach(map: &[(String, String)], url: &str) -> String {
    map.iter()
        .find_map(|(from, to)| {
            url.strip_prefix(from.as_str())
                .map(|rest| format!("{to}{rest}"))
        })
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
    let header = |name: &str| {
        response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    let (status, kind, location) = (
        response.status().as_u16(),
        header("content-type"),
        header("location"),
    );
    let body = response
        .text()
        .await
        .map_err(|_| Trip::Refused("HTTP connection failure: broken answer".to_owned()))?;
    Ok((status, kind, location, body))
}

/// A request that looks like a webhook but is not one; for tests of refusals.
pub(crate) async fn forged(
    engine: &Arc<Engine>,
    url: &str,
    params: Params,
    token: Option<&str>,
) -> u16 {
    let mut request = engine
        .http
        .post(reach(&engine.options.reach, url))
        .header("user-agent", "TwilioProxy/1.1")
        .header(
            "content-type",
            "application/x-www-form-urlencoded; charset=UTF-8",
        )
        .body(form::encode(&params));
    if let Some(token) = token {
        request = request.header("x-twilio-signature", signature::sha1(token, url, &params));
    }
    let (status, body) = match request.send().await {
        Ok(response) => (
            response.status().as_u16(),
            response.text().await.unwrap_or_default(),
        ),
        Err(_) => (0, String::new()),
    };
    engine.change(|w| {
        let request = Request {
            url: url.to_owned(),
            method: "POST".to_owned(),
            params,
            purpose: Purpose::Forged,
            call: None,
        };
        let mut entry = entry(w.now, &request, &Manner::fault("forged"));
        (entry.status, entry.body) = (Some(status), body);
        w.journal.push(entry);
    });
    status
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_urls_are_resolved_against_the_document() {
        let base = "https://example.org/voice/menu?x=1";
        assert_eq!(
            resolve(base, "gather").as_deref(),
            Some("https://example.org/voice/gather")
        );
        assert_eq!(
            resolve(base, "/dial?a=b").as_deref(),
            Some("https://example.org/dial?a=b")
        );
        assert_eq!(
            resolve(base, "").as_deref(),
            Some("https://example.org/voice/menu?x=1")
        );
        assert_eq!(
            resolve(base, "http://a/b'c").as_deref(),
            Some("http://a/b'c")
        );
    }
}
