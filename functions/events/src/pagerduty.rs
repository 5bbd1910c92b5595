//! The shape of PagerDuty's Events API v2, as tools with a URL setting send it.

use api::FieldError;
use pipeline::{Link, Severity, ToolKind};
use serde_json::Value;
use statement::{Errors, Identity, Members, Said, dedup_key_of};

use crate::routing_key::RoutingKey;

/// What a tool is called that does not say it.
const TOOL: &str = "PagerDuty Events API v2";

/// Reads a body.
pub(crate) fn read(body: &Value) -> Result<(RoutingKey, Said), Errors> {
    let mut errors = Errors::new();
    let read = Members::of_body(body, &mut errors).and_then(|members| of(&members, body, &mut errors));
    read.filter(|_| errors.is_empty()).ok_or(errors)
}

fn of(body: &Members<'_>, whole: &Value, errors: &mut Errors) -> Option<(RoutingKey, Said)> {
    let key = body.needed("routing_key", errors).map(RoutingKey::of);
    let kind = kind(body, errors);
    let payload = body.object("payload", errors);
    let trigger = kind == Some(ToolKind::Trigger);
    if trigger && payload.is_none() && body.value("payload").is_none() {
        errors.push(FieldError::new("payload", "is missing or blank"));
    }
    let text = |name, errors: &mut Errors| {
        let payload = payload.as_ref()?;
        if trigger { payload.needed(name, errors) } else { payload.any_text(name) }
    };
    let (summary, source) = (text("summary", errors), text("source", errors));
    let severity = text("severity", errors).and_then(|word| severity(word, trigger, errors));
    let content = without_key(whole);
    let dedup_key = match (body.dedup_key(errors), kind) {
        (Some(key), _) => key,
        (None, Some(ToolKind::Trigger)) => dedup_key_of(&content),
        (None, _) => {
            if !errors.iter().any(|error| error.field == "dedup_key") {
                errors.push(FieldError::new("dedup_key", "is missing or blank"));
            }
            return None;
        }
    };
    let stamp = payload.as_ref().and_then(|payload| stamp(payload));
    let happened_at = stamp.as_deref().and_then(statement::instant);
    let identity = stamp.map_or(Identity::Unknown, |stamp| Identity::Stamped { content, stamp, instant: happened_at });
    let said = Said {
        kind: kind?,
        dedup_key,
        happened_at,
        tool: body.any_text("client").unwrap_or(TOOL).to_owned(),
        source: source.map(str::to_owned),
        summary: summary.map(str::to_owned),
        severity,
        links: links(body),
        details: payload.as_ref().map(details).unwrap_or_default(),
        identity,
    };
    Some((key?, said))
}

fn kind(body: &Members<'_>, errors: &mut Errors) -> Option<ToolKind> {
    let kind = match body.needed("event_action", errors)?.trim().to_ascii_lowercase().as_str() {
        "trigger" => ToolKind::Trigger,
        "acknowledge" => ToolKind::Acknowledge,
        "resolve" => ToolKind::Resolve,
        _ => {
            errors.push(FieldError::new("event_action", "must be one of trigger, acknowledge, resolve"));
            return None;
        }
    };
    Some(kind)
}

fn severity(word: &str, needed: bool, errors: &mut Errors) -> Option<Severity> {
    let known = ["critical", "error", "warning", "info"].contains(&word.trim().to_ascii_lowercase().as_str());
    if needed && !known {
        errors.push(FieldError::new("payload.severity", "must be one of critical, error, warning, info"));
    }
    statement::severity(word).filter(|_| known)
}

/// What was said: neither the key, which may be replaced between two attempts, nor anything of it may be hashed.
fn without_key(whole: &Value) -> String {
    let mut content = whole.clone();
    if let Some(members) = content.as_object_mut() {
        members.remove("routing_key");
    }
    content.to_string()
}

/// The tool's time, whatever it is written in.
fn stamp(payload: &Members<'_>) -> Option<String> {
    let value = payload.value("timestamp")?;
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Some(text).filter(|text| !text.trim().is_empty())
}

/// Where to look: links first, then images and the client. What is no link is left out.
fn links(body: &Members<'_>) -> Vec<Link> {
    let list = |name| body.objects(name, &mut Errors::new());
    let link =
        |href: Option<&str>, text: Option<&str>| Some(Link { href: href?.to_owned(), text: text.map(str::to_owned) });
    let links = list("links").into_iter().filter_map(|it| link(it.any_text("href"), it.any_text("text")));
    let images = list("images").into_iter();
    let images = images.filter_map(|it| link(it.any_text("href").or_else(|| it.any_text("src")), it.any_text("alt")));
    links.chain(images).chain(link(body.any_text("client_url"), body.any_text("client"))).collect()
}

fn details(payload: &Members<'_>) -> Vec<(String, Value)> {
    let named = ["component", "group", "class"];
    let mut details: Vec<_> =
        named.iter().filter_map(|name| Some(((*name).to_owned(), payload.value(name)?.clone()))).collect();
    match payload.value("custom_details") {
        Some(Value::Object(custom)) => {
            details.extend(custom.iter().map(|(name, value)| (name.clone(), value.clone())));
        }
        Some(other) => details.push(("custom_details".to_owned(), other.clone())),
        None => {}
    }
    details
}
