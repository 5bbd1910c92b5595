//! docs/incident-events.md describes every message.
//!
//! The queue is an interface: whoever reads it, reads that document. Each kind of message and each field that the types
//! of `pipeline` have stands there.

use crate::repository::{no, read};

const TYPES: [(&str, &[&str]); 4] = [
    ("shared/pipeline/src/call.rs", &["pub struct CallEvent {", "pub struct LeftMessage {"]),
    ("shared/pipeline/src/tool.rs", &["pub struct ToolEvent {", "pub struct Link {"]),
    ("shared/pipeline/src/text.rs", &["pub struct TextEvent {", "pub struct Media {"]),
    ("shared/pipeline/src/errand.rs", &["pub enum Task {"]),
];

#[test]
fn every_kind_and_every_field_is_described() {
    let document = read("docs/incident-events.md");
    let mut complaints = Vec::new();
    for (path, heads) in TYPES {
        let source = read(path);
        let renamed =
            source.lines().filter_map(|line| line.trim().strip_prefix("#[serde(rename = \"")?.split_once('"'));
        let kinds: Vec<String> = renamed.map(|(kind, _)| format!("`{kind}`")).collect();
        let fields: Vec<String> = heads.iter().flat_map(|head| fields(&source, head)).collect();
        assert!(!kinds.is_empty() && fields.len() >= 4, "{path} is not read rightly: {kinds:?} {fields:?}");
        let missing = kinds.into_iter().chain(fields).filter(|name| !document.contains(name.as_str()));
        complaints.extend(missing.map(|name| format!("docs/incident-events.md does not say what {name} is")));
    }
    no(complaints);
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
