//! Names and values of REST parameters, as Twilio's OpenAPI description has them.
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use serde::Deserialize;

#[derive(Deserialize)]
struct Schema {
    endpoints: BTreeMap<String, Operation>,
}

#[derive(Deserialize)]
struct Operation {
    #[serde(default)]
    query: BTreeMap<String, Parameter>,
    #[serde(default)]
    form: BTreeMap<String, Parameter>,
    #[serde(default)]
    required: Vec<String>,
}

#[derive(Deserialize)]
struct Parameter {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    format: String,
    #[serde(rename = "enum", default)]
    values: Vec<String>,
    minimum: Option<i64>,
    maximum: Option<i64>,
}

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../fixtures/rest.json"))
        .unwrap_or_else(|_| Schema { endpoints: BTreeMap::new() })
});

/// What is wrong with the parameters of a request.
#[derive(Default)]
pub(super) struct Faults {
    /// Twilio ignores these names; a test must not.
    pub(super) unknown: Vec<String>,
    /// Twilio refuses the request: its code and a sentence.
    pub(super) refused: Option<(u32, String)>,
}

/// Checks the parameters of a request.
pub(super) fn check(method: &str, path: &str, params: &[(String, String)]) -> Faults {
    let Some(operation) = operation(method, path) else {
        return Faults::default();
    };
    let known = if method == "GET" { &operation.query } else { &operation.form };
    let mut faults = Faults::default();
    let mut seen = BTreeSet::new();
    for (name, value) in params {
        let Some(parameter) = known.get(name) else {
            faults.unknown.push(name.clone());
            continue;
        };
        let repeated = !seen.insert(name.as_str()) && parameter.kind != "array";
        if repeated || !fits(parameter, value) {
            faults.refused.get_or_insert((code(path, name), format!("{name} is not valid")));
        }
    }
    let given = |name: &str| params.iter().any(|(n, value)| n == name && !value.is_empty());
    for name in operation.required.iter().filter(|name| !given(name)) {
        let code = match name.as_str() {
            "To" if path.ends_with("/Messages.json") => 21604,
            "To" => 21201,
            "From" => 21213,
            "PhoneNumber" => 21421,
            _ => 20001,
        };
        faults.refused.get_or_insert((code, format!("A '{name}' is required")));
    }
    faults
}

/// The operation at a path; one that names a part of it goes before one that leaves it open.
fn operation(method: &str, path: &str) -> Option<&'static Operation> {
    let matching = SCHEMA.endpoints.iter().filter_map(|(key, operation)| {
        let template = key.strip_prefix(method)?.strip_prefix(' ')?;
        open_parts(template, path).map(|open| (open, operation))
    });
    matching.min_by_key(|(open, _)| *open).map(|(_, operation)| operation)
}

/// How many parts of a template in braces the path fills in; None when it does not fit.
fn open_parts(template: &str, path: &str) -> Option<usize> {
    let suffix = ".json";
    if template.ends_with(suffix) != path.ends_with(suffix) {
        return None;
    }
    let parts = |text: &'_ str| text.trim_end_matches(suffix).split('/').map(str::to_owned).collect::<Vec<_>>();
    let (template, path) = (parts(template), parts(path));
    if template.len() != path.len() {
        return None;
    }
    let pairs = template.iter().zip(&path);
    pairs
        .map(|(known, part)| match known.starts_with('{') {
            true => Some(1),
            false => (known == part).then_some(0),
        })
        .sum()
}

fn fits(parameter: &Parameter, value: &str) -> bool {
    // an empty value clears a setting
    if value.is_empty() {
        return true;
    }
    if !parameter.values.is_empty() {
        return parameter.values.iter().any(|v| v == value);
    }
    match parameter.kind.as_str() {
        "integer" => value.parse::<i64>().is_ok_and(|number| {
            parameter.minimum.is_none_or(|least| number >= least) && parameter.maximum.is_none_or(|most| number <= most)
        }),
        "boolean" => matches!(value, "true" | "false"),
        _ if parameter.format == "uri" => value.starts_with("http://") || value.starts_with("https://"),
        _ => true,
    }
}

/// Twilio's code for a bad value.
fn code(path: &str, name: &str) -> u32 {
    match name {
        "StatusCallback" if path.ends_with("/Messages.json") => 21609,
        "MediaUrl" => 21620,
        "ValidityPeriod" => 21624,
        "PageSize" => 20007,
        "Url" => 21205,
        "Method" => 21209,
        "Timeout" => 21208,
        name if name.ends_with("Url") || name.ends_with("Callback") => 21402,
        name if name.ends_with("Method") => 21403,
        _ => 20001,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_call(params: &[(&str, &str)], unknown: &[&str], refused: Option<u32>) {
        let params: Vec<_> = params.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let faults = check("POST", "/2010-04-01/Accounts/AC/Calls.json", &params);
        assert_eq!(faults.unknown, unknown);
        assert_eq!(faults.refused.map(|(code, _)| code), refused, "{params:?}");
    }

    #[test]
    fn parameters_of_a_new_call() {
        let both = [("To", "+4791000001"), ("From", "+4721000000")];
        let with = |more: &[(&'static str, &'static str)]| [&both[..], more].concat();
        check_call(&both, &[], None);
        check_call(&[("To", "+4791000001")], &[], Some(21213));
        check_call(&[("From", "+4791000001")], &[], Some(21201));
        check_call(&[("From", "+4791000001"), ("To", "")], &[], Some(21201));
        check_call(&with(&[("URL", "http://x")]), &["URL"], None);
        check_call(&with(&[("Url", "ftp://x")]), &[], Some(21205));
        check_call(&with(&[("Timeout", "soon")]), &[], Some(21208));
        check_call(&with(&[("To", "+4791000002")]), &[], Some(20001));
        let events = [("StatusCallbackEvent", "ringing"), ("StatusCallbackEvent", "answered")];
        check_call(&with(&events), &[], None);
    }

    #[test]
    fn a_named_part_goes_before_an_open_one() {
        let name = |path: &str| {
            let operation = operation("GET", &format!("/2010-04-01/Accounts/AC{path}"))?;
            Some(operation.query.contains_key("Origin"))
        };
        assert_eq!(name("/IncomingPhoneNumbers/Local.json"), Some(true));
        assert_eq!(name("/IncomingPhoneNumbers/PN1.json"), Some(false));
        assert_eq!(name("/IncomingPhoneNumbers/PN1"), None);
        assert!(operation("GET", "/v1/PhoneNumbers/Countries/NO").is_some());
    }
}
