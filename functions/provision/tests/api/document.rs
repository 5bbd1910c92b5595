//! The OpenAPI document: of this version, whole, and with an example for everything.

use std::collections::BTreeSet;

use serde_json::Value;

fn document() -> Value {
    serde_json::to_value(provision::openapi()).unwrap()
}

fn operations(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().unwrap().iter().map(move |(method, operation)| (format!("{method} {path}"), operation))
        })
        .collect()
}

#[test]
fn every_operation_says_what_it_is_and_what_may_go_wrong() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    let mut ids = BTreeSet::new();
    for (name, operation) in operations(&document) {
        assert!(!operation["summary"].as_str().unwrap_or_default().is_empty(), "{name} has no summary");
        assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()), "{name}: its id is taken");
        let responses = operation["responses"].as_object().unwrap();
        let is_public = name.ends_with("/openapi.json") || name == "get /feeds/{secret}";
        let statuses: &[&str] = if is_public { &[] } else { &["401", "403", "500", "503"] };
        for status in statuses {
            assert!(responses.contains_key(*status), "{name} does not list {status}");
        }
        let security = &operation["security"];
        assert_eq!(security[0]["bearer"].is_array(), !is_public, "{name}: {security}");
        for (status, response) in responses {
            let problems = &response["content"]["application/problem+json"];
            assert_eq!(problems.is_object(), status.as_str() >= "400", "{name} {status}");
        }
    }
    assert!(ids.len() > 35, "{ids:?}");
}

#[test]
fn every_body_has_an_example() {
    let document = document();
    for (name, operation) in operations(&document) {
        let responses = operation["responses"].as_object().unwrap();
        for (status, response) in responses {
            let is_empty = ["204", "304"].contains(&status.as_str());
            assert_eq!(response["content"].is_object(), !is_empty, "{name}: {status}");
        }
        let bodies = responses.values().chain([&operation["requestBody"]]);
        for body in bodies.filter_map(|body| body["content"].as_object()) {
            for (media_type, content) in body {
                assert!(!content["example"].is_null(), "{name}: {media_type} has no example");
            }
        }
    }
}

#[test]
fn every_path_parameter_is_described() {
    let document = document();
    for (name, operation) in operations(&document) {
        let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
        let described = parameters.iter().filter(|parameter| parameter["in"] == "path");
        let described: Vec<_> = described.map(|parameter| parameter["name"].as_str().unwrap()).collect();
        let named: Vec<_> = name.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        assert_eq!(described, named, "{name}");
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
                members.values().for_each(|member| references(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let document = document();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 20, "{found:?}");
    for reference in found {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference} leads nowhere");
    }
}

#[test]
fn the_table_for_people_says_the_same() {
    let table = include_str!("../../../../docs/api.md").lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| `")?.split('|');
        let (method, path) = cells.next()?.trim().strip_suffix('`')?.split_once(' ')?;
        let role = cells.next()?.trim();
        (method != "ANY").then(|| (format!("{} {path}", method.to_lowercase()), role.to_owned()))
    });
    let mut table: Vec<_> = table.collect();
    let document = document();
    let mut described: Vec<_> = operations(&document)
        .into_iter()
        .map(|(name, operation)| {
            let said = operation["description"].as_str().unwrap();
            let role = said.strip_prefix("For the role ").and_then(|rest| rest.split(' ').next()).unwrap_or("anybody");
            (name, role.to_owned())
        })
        .collect();
    table.sort();
    described.sort();
    assert_eq!(table, described);
}
