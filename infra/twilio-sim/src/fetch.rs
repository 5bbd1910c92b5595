//! From a URL to a document that can be executed: fetching, reading, the fallback URL.
use std::sync::Arc;

use crate::{
    alert::Alert,
    engine::Engine,
    form::Params,
    journal::Purpose,
    parameters::{text_parameters, voice_parameters},
    send::{self, Answer, Request},
    twiml::{Element, parse, schema, schema::Family},
    world::World,
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

/// What a document is for, by its identifier.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum About {
    /// A leg of a call.
    Leg(String),
    /// A text that came in.
    Text(String),
}

impl About {
    fn family(&self) -> Family {
        match self {
            Self::Leg(_) => Family::Voice,
            Self::Text(_) => Family::Messaging,
        }
    }

    fn leg(&self) -> Option<String> {
        match self {
            Self::Leg(sid) => Some(sid.clone()),
            Self::Text(_) => None,
        }
    }

    fn request(&self, engine: &Engine, url: String, method: String, extra: Params) -> Request {
        let (purpose, account, mut params) = engine.read(|w| match self {
            Self::Leg(sid) => (Purpose::Document, w.account_of_leg(sid), voice_parameters(w, &engine.options, sid)),
            Self::Text(sid) => {
                let account = w.messages.get(sid).map(|text| text.account.clone()).unwrap_or_default();
                (Purpose::Text, account, text_parameters(w, engine, sid))
            }
        });
        params.extend(extra);
        Request { url, method, params, purpose, call: self.leg(), account }
    }

    /// Where a document that cannot be had is replaced from, and how it is asked for.
    fn fallback(&self, world: &World) -> Option<(String, String)> {
        match self {
            Self::Leg(sid) => world.legs.get(sid)?.fallback.clone(),
            Self::Text(sid) => {
                let number = world.numbers.get(&world.messages.get(sid)?.to)?;
                Some((number.get("SmsFallbackUrl").to_owned(), number.get("SmsFallbackMethod").to_owned()))
            }
        }
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

/// Fetches a document; on failure the fallback URL.
pub(crate) async fn fetch(engine: &Arc<Engine>, about: &About, document: Document) -> Result<Fetched, Hopeless> {
    let url = match &document {
        Document::Url { url, .. } => url.clone(),
        Document::Inline(_) => String::new(),
    };
    let failure = match attempt(engine, about, document).await {
        Ok(fetched) => return Ok(fetched),
        Err(failure) => failure,
    };
    let code = failure.code;
    warn(engine, about, &url, failure);
    let fallback = engine.read(|w| about.fallback(w));
    let Some((fallback, method)) = fallback.filter(|(fallback, _)| !fallback.is_empty()) else {
        return Err(Hopeless);
    };
    let extra = vec![("ErrorCode".to_owned(), code.to_string()), ("ErrorUrl".to_owned(), url)];
    let request = Document::Url { url: fallback.clone(), method, extra };
    match attempt(engine, about, request).await {
        Ok(fetched) => Ok(fetched),
        Err(failure) => {
            warn(engine, about, &fallback, failure);
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

async fn attempt(engine: &Arc<Engine>, about: &About, document: Document) -> Result<Fetched, Failure> {
    let (body, base) = match document {
        Document::Inline(text) => (text, None),
        Document::Url { url, method, extra } => {
            let request = about.request(engine, url, method, extra);
            match send::send(engine, request).await {
                Answer::Got { status, content_type, body, url } => {
                    (readable(about.family(), status, content_type, body)?, Some(url))
                }
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
    let warnings = schema::check(&mut root, about.family());
    for (code, message) in warnings {
        warn(engine, about, base.as_deref().unwrap_or_default(), Failure::new(code, message));
    }
    Ok(Fetched { root, base })
}

/// The text to be read as TwiML.
fn readable(family: Family, status: u16, content_type: Option<String>, body: String) -> Result<String, Failure> {
    if !(200..300).contains(&status) {
        return Err(Failure::new(11200, format!("HTTP retrieval failure: status {status}")));
    }
    let kind = content_type.unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "text/xml" | "application/xml" | "text/html" => Ok(body),
        "text/plain" if parse(&body).is_ok() => Ok(body),
        // what is no document is read aloud, or is the text to be sent
        "text/plain" => match family {
            Family::Voice => Ok(format!("<Response><Say>{}</Say></Response>", escaped(&body))),
            Family::Messaging => Ok(format!("<Response><Message>{}</Message></Response>", escaped(&body))),
        },
        kind if family == Family::Voice && kind.starts_with("audio/") => {
            Ok("<Response><Play>an audio file</Play></Response>".to_owned())
        }
        kind => Err(Failure::new(12300, format!("Invalid Content-Type: {kind:?}"))),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn warn(engine: &Engine, about: &About, url: &str, failure: Failure) {
    engine.change(|w| {
        let at = w.now;
        w.alerts.push(Alert {
            at,
            code: failure.code,
            message: failure.message,
            url: url.to_owned(),
            call: about.leg(),
            provoked: failure.provoked,
        });
    });
}
