//! Our own shape. It is read strictly, so that a misspelt member is not silently absent.
//!
//! Over HTTP a routing key says which service it is about; whoever is trusted without one names the service in it.

use api::FieldError;
use pipeline::{Link, Severity, ToolKind};
use serde_json::Value;

use crate::{
    identity::{Identity, dedup_key_of},
    members::{Errors, Members},
    said::{self, Said},
};

const MEMBERS: [&str; 10] =
    ["action", "dedup_key", "summary", "severity", "tool", "source", "timestamp", "id", "links", "details"];
/// What a tool is called that does not say it.
const TOOL: &str = "HTTP";
const LONGEST_ID: usize = 255;

/// Reads a body that also names its `service`.
///
/// # Errors
/// Every member that is wrong, with what is wrong with it.
pub fn read_with_service(body: &Value) -> Result<(String, Said), Errors> {
    const SERVICE: &str = "service";
    let mut errors = Errors::new();
    let service =
        Members::of_body(body, &mut errors).and_then(|members| members.needed(SERVICE, &mut errors)).map(str::to_owned);
    if !body.is_object() {
        return Err(errors);
    }
    if service.as_ref().is_some_and(|service| service.chars().count() > LONGEST_ID) {
        errors.push(FieldError::new(SERVICE, format!("has more than {LONGEST_ID} characters")));
    }
    let mut rest = body.clone();
    if let Some(members) = rest.as_object_mut() {
        members.remove(SERVICE);
    }
    match (read(&rest), service) {
        (Ok(said), Some(service)) if errors.is_empty() => Ok((service, said)),
        (said, _) => {
            errors.extend(said.err().into_iter().flatten());
            Err(errors)
        }
    }
}

/// Reads a body.
///
/// # Errors
/// Every member that is wrong, with what is wrong with it.
pub fn read(body: &Value) -> Result<Said, Errors> {
    let mut errors = Errors::new();
    let read = Members::of_body(body, &mut errors).and_then(|members| of(&members, body, &mut errors));
    read.filter(|_| errors.is_empty()).ok_or(errors)
}

fn of(body: &Members<'_>, whole: &Value, errors: &mut Errors) -> Option<Said> {
    body.only(&MEMBERS, errors);
    let kind = kind(body, errors);
    let trigger = kind == Some(ToolKind::Trigger);
    let summary = if trigger { body.needed("summary", errors) } else { body.text("summary", errors) };
    let severity = body.text("severity", errors).and_then(|word| severity(word, errors));
    let stamp = body.text("timestamp", errors);
    let happened_at = stamp.and_then(said::instant);
    if stamp.is_some() && happened_at.is_none() {
        errors.push(FieldError::new("timestamp", "must be an instant of RFC 3339, as 2026-11-20T10:00:00Z"));
    }
    let id = body.text("id", errors);
    if id.is_some_and(|id| id.chars().count() > LONGEST_ID) {
        errors.push(FieldError::new("id", format!("has more than {LONGEST_ID} characters")));
    }
    let content = whole.to_string();
    let before = errors.len();
    let dedup_key = body.dedup_key(errors).or_else(|| trigger.then(|| dedup_key_of(&content)));
    if dedup_key.is_none() && kind.is_some() && errors.len() == before {
        errors.push(FieldError::new("dedup_key", "is missing: it says what is acknowledged or resolved"));
    }
    let identity = match (id, stamp) {
        (Some(id), _) => Identity::Named(id.to_owned()),
        (None, Some(stamp)) => Identity::Stamped { content, stamp: stamp.to_owned(), instant: happened_at },
        (None, None) => Identity::Unknown,
    };
    let tool = body.text("tool", errors).unwrap_or(TOOL).to_owned();
    let source = body.text("source", errors).map(str::to_owned);
    let links = links(body, errors);
    let details = body.object("details", errors).map(|details| details.pairs().collect()).unwrap_or_default();
    let summary = summary.map(str::to_owned);
    let (kind, dedup_key) = (kind?, dedup_key?);
    Some(Said { kind, dedup_key, happened_at, tool, source, summary, severity, links, details, identity })
}

fn kind(body: &Members<'_>, errors: &mut Errors) -> Option<ToolKind> {
    match body.needed("action", errors)? {
        "trigger" => Some(ToolKind::Trigger),
        "acknowledge" => Some(ToolKind::Acknowledge),
        "resolve" => Some(ToolKind::Resolve),
        _ => {
            errors.push(FieldError::new("action", "must be one of trigger, acknowledge, resolve"));
            None
        }
    }
}

fn severity(word: &str, errors: &mut Errors) -> Option<Severity> {
    match word {
        "critical" => Some(Severity::Critical),
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        "info" => Some(Severity::Info),
        _ => {
            errors.push(FieldError::new("severity", "must be one of critical, error, warning, info"));
            None
        }
    }
}

fn links(body: &Members<'_>, errors: &mut Errors) -> Vec<Link> {
    let mut links = Vec::new();
    for link in body.objects("links", errors) {
        link.only(&["href", "text"], errors);
        let text = link.text("text", errors).map(str::to_owned);
        let Some(href) = link.needed("href", errors) else { continue };
        if !href.starts_with("https://") && !href.starts_with("http://") {
            errors.push(FieldError::new(link.path("href"), "must begin with https:// or http://"));
        }
        links.push(Link { href: href.to_owned(), text });
    }
    links
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(read: Result<(String, Said), Errors>) -> Vec<String> {
        read.err().into_iter().flatten().map(|error| error.field).collect()
    }

    #[test]
    fn a_service_stands_in_the_body_of_those_who_are_trusted_without_a_key() {
        let body = json!({"service": "payments", "action": "trigger", "summary": "Down"});
        let (service, said) = read_with_service(&body).unwrap();
        assert_eq!((service.as_str(), said.summary.as_deref()), ("payments", Some("Down")));
        // over HTTP nobody names one
        assert_eq!(read(&body).unwrap_err()[0].field, "service");
        // the key of a trigger without one is that of its content, whoever brings it
        let alone = json!({"action": "trigger", "summary": "Down"});
        assert_eq!(read(&alone).unwrap().dedup_key, said.dedup_key);
    }

    #[test]
    fn every_wrong_member_is_named() {
        assert_eq!(fields(read_with_service(&json!({"action": "trigger"}))), ["service", "summary"]);
        assert_eq!(fields(read_with_service(&json!({"service": 7, "action": "fix"}))), ["service", "action"]);
        let long = json!({"service": "x".repeat(256), "action": "resolve", "dedup_key": "k".repeat(256)});
        assert_eq!(fields(read_with_service(&long)), ["service", "dedup_key"]);
        for body in [json!([]), json!("trigger"), json!(null)] {
            assert_eq!(fields(read_with_service(&body)), [""], "{body}");
        }
    }
}
