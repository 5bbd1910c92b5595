//! Answers the questions in a file of schedules: `cargo run -q --release -p oncall --example resolve -- FILE`.
//!
//! The file is `{"cases": [{"name", "timezone", "layers", "overrides", "queries": [{"at"}]}]}`, as in `fixtures/`. Printed is one
//! JSON object: for each case's name the sorted people of each query in order, or `{"error": …}`. A case with queries is taken as
//! a stored schedule as far as overrides without people go, which are ignored; one without is checked as if somebody saved it.

use jiff::Timestamp;
use oncall::PersonId;
use oncall::schedule::{Definition, LayerDefinition, OverrideDefinition, Problem, Schedule};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("which file?")?;
    let file: File = serde_json::from_slice(&std::fs::read(path)?)?;
    let mut answers = Map::new();
    for (number, case) in file.cases.iter().enumerate() {
        let name = serde_json::from_str(case.get()).map_or_else(|_| format!("case {number}"), |Name { name }| name);
        let answer = resolve(case.get()).unwrap_or_else(|error| json!({ "error": error.to_string() }));
        answers.insert(name, answer);
    }
    writeln!(std::io::stdout(), "{}", Value::Object(answers))?;
    Ok(())
}

fn resolve(case: &str) -> Result<Value, Box<dyn Error>> {
    let case: Case = read(case)?;
    let (schedule, mut refusals) = Schedule::stored(&case.definition());
    if case.queries.is_some() {
        refusals.retain(|refusal| refusal.problem != Problem::Nobody);
    }
    if !refusals.is_empty() {
        let sentences: Vec<String> = refusals.iter().map(ToString::to_string).collect();
        return Err(sentences.join("; ").into());
    }
    let answer = |query: &Query| {
        let on_call = schedule.at(query.at.parse::<Timestamp>()?);
        let mut people: Vec<&str> = on_call.people().map(PersonId::as_str).collect();
        people.sort_unstable();
        Ok(json!(people))
    };
    case.queries.iter().flatten().map(answer).collect()
}

/// Reads a case; where its JSON is not even of the types that are expected, the error names the field, in the way of refusals.
fn read<'de, T: Deserialize<'de>>(case: &'de str) -> Result<T, String> {
    let read = serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_str(case));
    read.map_err(|error| {
        let (field, why) = (error.path().to_string(), error.inner().to_string());
        // a place in the case is none in the file
        let why = why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why);
        if field == "." { why.to_owned() } else { format!("{field}: {why}") }
    })
}

#[derive(Deserialize)]
struct File {
    /// Read one by one, so that one that is not even typed as expected spoils no other.
    cases: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Name {
    name: String,
}

#[derive(Deserialize)]
struct Case {
    timezone: String,
    layers: Vec<Layer>,
    #[serde(default)]
    overrides: Vec<Override>,
    queries: Option<Vec<Query>>,
}

#[derive(Deserialize)]
struct Layer {
    #[serde(default)]
    name: String,
    priority: i64,
    users: Vec<Vec<String>>,
    rotation: String,
    frequency: String,
    #[serde(default = "one")]
    interval: i64,
    start: String,
    handoff: Option<String>,
    shift_length: Option<String>,
    until: Option<String>,
    by_day: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Override {
    start: String,
    end: String,
    users: Vec<String>,
}

#[derive(Deserialize)]
struct Query {
    at: String,
}

fn one() -> i64 {
    1
}

fn people(names: &[String]) -> Vec<PersonId> {
    names.iter().map(PersonId::new).collect()
}

impl Case {
    fn definition(&self) -> Definition {
        let layer = |layer: &Layer| LayerDefinition {
            name: layer.name.clone(),
            priority: layer.priority,
            users: layer.users.iter().map(|group| people(group)).collect(),
            rotation: layer.rotation.clone(),
            frequency: layer.frequency.clone(),
            interval: layer.interval,
            start: layer.start.clone(),
            handoff: layer.handoff.clone(),
            shift_length: layer.shift_length.clone(),
            until: layer.until.clone(),
            by_day: layer.by_day.clone().unwrap_or_default(),
        };
        let one_override = |typed: &Override| OverrideDefinition {
            start: typed.start.clone(),
            end: typed.end.clone(),
            users: people(&typed.users),
        };
        Definition {
            timezone: self.timezone.clone(),
            layers: self.layers.iter().map(layer).collect(),
            overrides: self.overrides.iter().map(one_override).collect(),
        }
    }
}
