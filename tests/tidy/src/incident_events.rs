//! docs/incident-events.md describes every message.
//!
//! The queue is an interface: whoever reads it, reads that document. Each kind of message and each field that the
//! voice function writes stands there.

use crate::repository::{no, read};

#[test]
fn every_kind_and_every_field_is_described() {
    let source = read("functions/voice/src/event.rs");
    let document = read("docs/incident-events.md");
    let kinds: Vec<String> = source
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Self::")?.split_once("=> \"")?.1.split_once("\","))
        .map(|(kind, _)| format!("`call.{kind}`"))
        .collect();
    let fields: Vec<String> =
        ["pub(crate) struct Event {", "struct Message {"].iter().flat_map(|head| fields(&source, head)).collect();
    assert!(kinds.len() >= 5 && fields.len() >= 15, "event.rs is not read rightly: {kinds:?} {fields:?}");
    let missing = kinds.into_iter().chain(fields).filter(|name| !document.contains(name.as_str()));
    no(missing.map(|name| format!("docs/incident-events.md does not say what {name} is")).collect());
}

/// The fields of a struct, in backquotes.
fn fields(source: &str, head: &str) -> Vec<String> {
    let body = source.split(head).nth(1).and_then(|rest| rest.split("\n}").next()).unwrap();
    let field = |line: &str| {
        let (name, _) = line.trim().trim_start_matches("pub ").split_once(": ")?;
        name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_').then(|| format!("`{name}`"))
    };
    body.lines().filter_map(field).collect()
}
