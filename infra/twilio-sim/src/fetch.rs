//! From a URL to a document that can be executed: fetching, reading, the fallback URL.
use std::sync::Arc;

use crate::{
    alert::Alert,
    engine::Engine,
    form::Params,
    journal::Purpose,
    parameters::voice_parameters,
    send::{self, Answer, Request},
    twiml::{Element, parse, schema},
};

/// Where a document comes from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Document {
    /// To be requested, with these parameters beside the usual ones.
    Url { url: String, method: String, extra: Params },
    /// Given to the REST API as text.
    Inline(String),
}

impl Document {
    pub(crate) fn url(url: impl Into<String>, method: &str) -> Self {
        Self::Url { url: url.into(), method: method.to_owned(), extra: Params::new() }
    }
}

/// A document ready to be executed.
#[derive(Debug)]
pub(crate) struct Fetched {
    pub(crate) root: Element,
    /// Where it came from, after redirects: relative URLs are resolved against it. None for text
    /// that was given to the REST API.
    pub(crate) base: Option<String>,
}

/// A document could not be had, nor its fallback: the apology follows.
#[derive(Debug)]
pub(crate) struct Hopeless;

/// Fetches a document for a leg; on failure the leg's fallback URL.
pub(crate) async fn fetch(engine: &Arc<Engine>, sid: &str, document: Document) -> Result<Fetched, Hopeless> {
    let url = match &document {
        Document::Url { url, .. } => url.clone(),
        Document::Inline(_) => String::new(),
    };
    let failure = match attempt(engine, sid, document).await {
        Ok(fetched) => return Ok(fetched),
        Err(failure) => failure,
    };
    let code = failure.code;
    warn(engine, sid, &url, failure);
    let fallback = engine.read(|w| w.legs.get(sid).and_then(|leg| leg.fallback.clone()));
    let Some((fallback, method)) = fallback.filter(|(fallback, _)| !fallback.is_empty()) else {
        return Err(Hopeless);
    };
    let extra = vec![("ErrorCode".to_owned(), code.to_string()), ("ErrorUrl".to_owned(), url)];
    let request = Document::Url { url: fallback.clone(), method, extra };
    match attempt(engine, sid, request).await {
        Ok(fetched) => Ok(fetched),
        Err(failure) => {
            warn(engine, sid, &fallback, failure);
            Err(Hopeless)
        }
    }
}

struct Failure {
    code: u32,
    message: String,
    provoked: bool,
}

impl Failure {
    fn new(code: u32, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), provoked: false }
    }
}

async fn attempt(engine: &Arc<Engine>, sid: &str, document: Document) -> Result<Fetched, Failure> {
    let (body, base) = match document {
        Document::Inline(text) => (text, None),
        Document::Url { url, method, extra } => {
            let (account, mut params) =
                engine.read(|w| (w.account_of_leg(sid), voice_parameters(w, &engine.options, sid)));
            params.extend(extra);
            let purpose = Purpose::Document;
            let call = Some(sid.to_owned());
            let request = Request { url, method, params, purpose, call, account };
            match send::send(engine, request).await {
                Answer::Got { status, content_type, body, url } => (readable(status, content_type, body)?, Some(url)),
                Answer::Failed { code, message, provoked } => {
                    return Err(Failure { code, message, provoked });
                }
            }
        }
    };
    if body.len() > 64 * 1024 {
        return Err(Failure::new(11750, "TwiML response body too large"));
    }
    let mut root = parse(&body).map_err(|(code, message)| Failure::new(code, message))?;
    let warnings = schema::check(&mut root);
    for (code, message) in warnings {
        warn(engine, sid, base.as_deref().unwrap_or_default(), Failure::new(code, message));
    }
    Ok(Fetched { root, base })
}

/// The text to be read as TwiML.
fn readable(status: u16, content_type: Option<String>, body: String) -> Result<String, Failure> {
    if !(200..300).contains(&status) {
        return Err(Failure::new(11200, format!("HTTP retrieval failure: status {status}")));
    }
    let kind = content_type.unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "text/xml" | "application/xml" | "text/html" => Ok(body),
        "text/plain" if parse(&body).is_ok() => Ok(body),
        "text/plain" => Ok(format!("<Response><Say>{}</Say></Response>", escaped(&body))),
        kind if kind.starts_with("audio/") => Ok("<Response><Play>an audio file</Play></Response>".to_owned()),
        kind => Err(Failure::new(12300, format!("Invalid Content-Type: {kind:?}"))),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn warn(engine: &Engine, sid: &str, url: &str, failure: Failure) {
    engine.change(|w| {
        let at = w.now;
        w.alerts.push(Alert {
            at,
            code: failure.code,
            message: failure.message,
            url: url.to_owned(),
            call: Some(sid.to_owned()),
            provoked: failure.provoked,
        });
    });
}
