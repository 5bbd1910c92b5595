//! The published cases; `fixtures/README.md` says where they come from.

use jiff::Timestamp;
use oncall::PersonId;
use oncall::schedule::{Definition, LayerDefinition, OverrideDefinition, Problem, Refusal, Schedule};
use serde_json::Value;

#[test]
fn every_published_answer_is_given() {
    let mut answers = 0;
    for case in &cases(include_str!("../../fixtures/sample.json")) {
        let (schedule, refusals) = Schedule::stored(&definition(case).unwrap());
        assert!(refusals.iter().all(|refusal| refusal.problem == Problem::Nobody), "{}: {refusals:?}", case["name"]);
        for query in case["queries"].as_array().unwrap() {
            let at: Timestamp = query["at"].as_str().unwrap().parse().unwrap();
            let mut expected: Vec<PersonId> = people(&query["on_call"]);
            expected.sort();
            let mut people: Vec<PersonId> = schedule.at(at).people().cloned().collect();
            people.sort();
            assert_eq!(people, expected, "{} at {at}", case["name"]);
            answers += 1;
        }
    }
    assert_eq!(answers, 516);
}

#[test]
fn every_published_answer_is_rendered() {
    for case in &cases(include_str!("../../fixtures/sample.json")) {
        let (schedule, _) = Schedule::stored(&definition(case).unwrap());
        for query in case["queries"].as_array().unwrap() {
            let at: Timestamp = query["at"].as_str().unwrap().parse().unwrap();
            let shifts = schedule.shifts(at, at + jiff::SignedDuration::from_secs(1)).unwrap();
            let mut expected: Vec<PersonId> = people(&query["on_call"]);
            expected.sort();
            assert_eq!(shifts[0].people, expected.iter().collect::<Vec<_>>(), "{} at {at}", case["name"]);
        }
    }
}

#[test]
fn every_malformed_definition_is_refused_by_its_field() {
    let fields = [
        ("interval-negative", "layers[0].interval"),
        ("interval-huge", "layers[0].interval"),
        ("override-no-offset", "overrides[0].start"),
        ("by-day-repeated", ""),
        ("override-no-users", "overrides[0].users"),
        ("length-empty", "layers[0].shift_length"),
        ("rotation-unknown", "layers[0].rotation"),
        ("tz-empty", "timezone"),
        ("override-zero-length", "overrides[0].end"),
        ("by-day-with-daily", ""),
        ("frequency-unknown", "layers[0].frequency"),
        ("by-day-unknown", "layers[0].by_day[0]"),
        ("interval-zero", "layers[0].interval"),
        ("start-year-9999", ""),
        ("interval-over-9000", "layers[0].interval"),
        ("tz-offset", "timezone"),
        ("by-day-nth", "layers[0].by_day[0]"),
    ];
    let cases = cases(include_str!("../../fixtures/invalid_sample.json"));
    assert_eq!(cases.len(), fields.len() + 1); // a priority of 1.5 is no definition at all
    for (name, field) in fields {
        let case = cases.iter().find(|case| case["name"] == name).unwrap();
        let refusals = Schedule::new(&definition(case).unwrap()).err().unwrap_or_default();
        assert_eq!(refusals.first().map_or("", |Refusal { field, .. }| field.as_str()), field, "{name}");
    }
    let half = cases.iter().find(|case| case["name"] == "priority-not-integer").unwrap();
    assert!(definition(half).is_none());
}

fn cases(file: &str) -> Vec<Value> {
    let mut file: Value = serde_json::from_str(file).unwrap();
    file["cases"].as_array_mut().map(std::mem::take).unwrap()
}

fn definition(case: &Value) -> Option<Definition> {
    let layers = case["layers"].as_array()?.iter().map(layer).collect::<Option<_>>()?;
    let overrides = case["overrides"].as_array()?.iter().map(|one| {
        Some(OverrideDefinition { start: text(&one["start"])?, end: text(&one["end"])?, users: people(&one["users"]) })
    });
    Some(Definition { timezone: text(&case["timezone"])?, layers, overrides: overrides.collect::<Option<_>>()? })
}

fn layer(typed: &Value) -> Option<LayerDefinition> {
    Some(LayerDefinition {
        name: String::new(),
        priority: typed["priority"].as_i64()?,
        users: typed["users"].as_array()?.iter().map(people).collect(),
        rotation: text(&typed["rotation"])?,
        frequency: text(&typed["frequency"])?,
        interval: typed["interval"].as_i64()?,
        start: text(&typed["start"])?,
        handoff: text(&typed["handoff"]),
        shift_length: text(&typed["shift_length"]),
        until: text(&typed["until"]),
        by_day: typed["by_day"].as_array()?.iter().filter_map(text).collect(),
    })
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn people(value: &Value) -> Vec<PersonId> {
    value.as_array().unwrap().iter().map(|name| PersonId::new(name.as_str().unwrap())).collect()
}
