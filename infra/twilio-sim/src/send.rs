//! Webhooks on the wire: signed, followed through redirects, and with whatever goes wrong on the way.
use std::{sync::Arc, time::Duration};

use crate::{
    engine::Engine,
    fault::{self, Trouble},
    form::Params,
    journal::Purpose,
    wire::{Manner, Trip, deliver, entry},
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
    /// Whose token signs it.
    pub(crate) account: String,
}

/// What came back.
#[derive(Debug)]
pub(crate) enum Answer {
    Got { status: u16, content_type: Option<String>, body: String, url: String },
    Failed { code: u32, message: String, provoked: bool },
}

impl Answer {
    fn provoked(code: u32, message: &str) -> Self {
        Self::Failed { code, message: message.to_owned(), provoked: true }
    }
}

/// Sends a webhook, with the fault that a test may have asked for.
pub(crate) async fn send(engine: &Arc<Engine>, request: Request) -> Answer {
    let trouble = engine.change(|w| fault::befalls(&mut w.faults, &request.url, &request.params));
    match trouble {
        None | Some(Trouble::Rest(_)) => follow(engine, request, &Manner::default()).await,
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
            engine.change(|w| w.journal.push(entry(w.now, &request, &Manner::fault("unreachable"))));
            engine.sleep(CONNECTING).await;
            Answer::provoked(11205, "HTTP connection failure")
        }
        Some(Trouble::Lost) => {
            engine.change(|w| w.journal.push(entry(w.now, &request, &Manner::fault("lost"))));
            if matches!(request.purpose, Purpose::Document | Purpose::Text) {
                engine.sleep(PATIENCE).await;
            }
            Answer::provoked(11200, "HTTP retrieval failure: read timeout")
        }
        Some(Trouble::Duplicated { at_once: true }) => {
            let manner = Manner { copies: 2, ..Manner::fault("duplicated at once") };
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
            let manner = Manner { token: Some(token), ..Manner::fault("retried") };
            follow(engine, request.clone(), &manner).await;
            follow(engine, request, &manner).await
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
                return Answer::Failed { code: 11205, message, provoked: false };
            }
            Err(Trip::TimedOut) => {
                engine.sleep(PATIENCE).await;
                let message = "HTTP retrieval failure: read timeout".to_owned();
                return Answer::Failed { code: 11200, message, provoked: false };
            }
        };
        let Some(location) = location.filter(|_| (300..400).contains(&status)) else {
            return Answer::Got { status, content_type, body, url: request.url };
        };
        let Some(url) = resolve(&request.url, &location) else {
            let message = "Invalid URL format in a redirect".to_owned();
            return Answer::Failed { code: 11100, message, provoked: false };
        };
        request.url = url;
        if !matches!(status, 307 | 308) {
            request.method = "GET".to_owned();
            request.params.clear();
        }
    }
    let message = "HTTP too many redirects".to_owned();
    Answer::Failed { code: 11215, message, provoked: false }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_urls_are_resolved_against_the_document() {
        let base = "https://example.org/voice/menu?x=1";
        assert_eq!(resolve(base, "gather").as_deref(), Some("https://example.org/voice/gather"));
        assert_eq!(resolve(base, "/dial?a=b").as_deref(), Some("https://example.org/dial?a=b"));
        assert_eq!(resolve(base, "").as_deref(), Some("https://example.org/voice/menu?x=1"));
        assert_eq!(resolve(base, "http://a/b'c").as_deref(), Some("http://a/b'c"));
    }
}
