//! Files of `fixtures/`; their README says where each comes from.

use serde_json::Value;

pub(crate) fn read(name: &str) -> Value {
    let path = format!("{}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect(&path);
    serde_json::from_str(&text).expect(&path)
}

/// The official example of an answer.
pub(crate) fn answer(operation: &str) -> (u16, String) {
    match &read("rest_answers.json")[operation] {
        Value::Null => (204, String::new()),
        answer => (200, answer.to_string()),
    }
}
