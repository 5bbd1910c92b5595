//! What a save changes, for the audit log: names of fields, never what stands in them.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// The fields that differ between two documents, in order.
pub(super) fn changed_fields(before: Option<&str>, after: Option<&str>) -> Vec<String> {
    let (before, after) = (fields(before), fields(after));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names.into_iter().filter(|name| *name != "id" && before.get(*name) != after.get(*name)).cloned().collect()
}

/// A document's members, as whoever edits the object knows them: what a schedule's definition holds is its own.
fn fields(document: Option<&str>) -> Map<String, Value> {
    let mut fields: Map<String, Value> =
        document.and_then(|document| serde_json::from_str(document).ok()).unwrap_or_default();
    if let Some(Value::Object(definition)) = fields.remove("definition") {
        fields.extend(definition);
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, after: &str, changed: &[&str]) {
        assert_eq!(changed_fields(Some(before), Some(after)), changed);
    }

    #[test]
    fn fields_that_differ_are_named() {
        check(r#"{"id":"a","name":"Ada"}"#, r#"{"id":"a","name":"Ada"}"#, &[]);
        check(
            r#"{"id":"a","name":"Ada","phones":[]}"#,
            r#"{"id":"a","name":"Bo","language":"nb"}"#,
            &["language", "name", "phones"],
        );
        check(
            r#"{"id":"a","name":"Days","definition":{"timezone":"Europe/Oslo","layers":[]}}"#,
            r#"{"id":"a","name":"Days","definition":{"timezone":"UTC","layers":[],"overrides":[1]}}"#,
            &["overrides", "timezone"],
        );
        assert_eq!(changed_fields(None, Some(r#"{"id":"a","name":"Ada"}"#)), ["name"]);
        assert_eq!(changed_fields(Some(r#"{"id":"a","name":"Ada"}"#), None), ["name"]);
    }
}
