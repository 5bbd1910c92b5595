//! Judges the signed requests of a file: `cargo run -q --release -p twilio --example verify -- FILE`
//!
//! The file has the format of `fixtures/signature_vectors.json`. One JSON object comes out, from each
//! vector's name to whether its request would be let in. The verdict is that of
//! [`twilio::webhook::receive_any`], with the vector's secret as the account's only one.

use std::error::Error;
use std::io::Write;

use secrecy::SecretString;
use serde_json::{Map, Value};
use twilio::signature::{AccountSecrets, SIGNATURE_SETTINGS_HEADER};
use twilio::webhook::{SignedRequest, receive_any};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: verify FILE")?;
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let vectors = file.get("vectors").unwrap_or(&file).as_array().ok_or("no list of vectors")?;
    let mut verdicts = Map::new();
    for vector in vectors {
        let name = text(vector, "name").ok_or("a vector without a name")?;
        verdicts.insert(name.to_owned(), Value::Bool(is_let_in(vector)));
    }
    writeln!(std::io::stdout(), "{}", Value::Object(verdicts))?;
    Ok(())
}

fn is_let_in(vector: &Value) -> bool {
    let algorithm = text(vector, "algorithm").map(|name| format!("algorithm={name}"));
    let request = SignedRequest {
        url: text(vector, "request_url").unwrap_or_default(),
        signature: text(vector, "signature"),
        signature_settings: header(vector, SIGNATURE_SETTINGS_HEADER).or(algorithm.as_deref()),
        content_type: text(vector, "content_type"),
        body: text(vector, "body").unwrap_or_default().as_bytes(),
    };
    let secrets =
        Secrets(["auth_token", "auth_tokens", "tokens"].iter().flat_map(|field| strings(&vector[field])).collect());
    receive_any(&request, &secrets).is_ok()
}

/// The vector's secrets. Its account and the name of its shared key are not said, so any will do.
struct Secrets(Vec<SecretString>);

impl AccountSecrets for Secrets {
    fn auth_tokens(&self, _account: Option<&str>) -> &[SecretString] {
        &self.0
    }

    fn shared_key(&self, _account: Option<&str>, _key_id: &str) -> &[SecretString] {
        &self.0
    }
}

fn text<'v>(vector: &'v Value, field: &str) -> Option<&'v str> {
    vector.get(field)?.as_str()
}

fn header<'v>(vector: &'v Value, name: &str) -> Option<&'v str> {
    let headers = vector.get("headers")?.as_object()?;
    headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name))?.1.as_str()
}

/// A string or a list of strings.
fn strings(value: &Value) -> Vec<SecretString> {
    match value {
        Value::String(one) => vec![one.as_str().into()],
        Value::Array(several) => several.iter().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}
