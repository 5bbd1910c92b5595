//! YAML to JSON, with CloudFormation's tags in their long form.

use std::borrow::Cow;

use saphyr::{LoadableYamlNode as _, MarkedYaml, Scalar, YamlData};
use serde_json::{Map, Value, json};

/// Reads the only document of a YAML text. `!Ref x` becomes `{"Ref": "x"}`, `!Sub x` becomes
/// `{"Fn::Sub": "x"}`, `!GetAtt a.b` becomes `{"Fn::GetAtt": ["a", "b"]}`.
///
/// Errors are texts that name the line.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let documents = MarkedYaml::load_from_str(text).map_err(|error| error.to_string())?;
    match documents.as_slice() {
        [only] => json(only),
        several => Err(format!("there must be one YAML document, there are {}", several.len())),
    }
}

fn json(node: &MarkedYaml<'_>) -> Result<Value, String> {
    let at = |node: &MarkedYaml<'_>, what| format!("line {}: {what}", node.span.start.line());
    match &node.data {
        YamlData::Value(scalar) => Ok(scalar_json(scalar)),
        YamlData::Sequence(items) => items.iter().map(json).collect(),
        YamlData::Mapping(entries) => {
            let mut object = Map::new();
            for (key, value) in entries {
                let name = match &key.data {
                    YamlData::Value(Scalar::String(name)) => name.to_string(),
                    YamlData::Value(scalar) => scalar_json(scalar).to_string(),
                    _ => return Err(at(key, "a mapping's key is not a word")),
                };
                object.insert(name, json(value)?);
            }
            Ok(Value::Object(object))
        }
        YamlData::Tagged(tag, inner) => {
            let name = long_name(&tag.handle, &tag.suffix)
                .ok_or_else(|| at(node, "its tag is not one of CloudFormation's"))?;
            let argument = json(inner)?;
            Ok(json!({ name.as_ref(): argument_of(&name, argument) }))
        }
        YamlData::Alias(_) | YamlData::BadValue | YamlData::Representation(..) => {
            Err(at(node, "a value is not understood"))
        }
    }
}

fn scalar_json(scalar: &Scalar<'_>) -> Value {
    match scalar {
        Scalar::Null => Value::Null,
        Scalar::Boolean(value) => json!(value),
        Scalar::Integer(value) => json!(value),
        Scalar::FloatingPoint(value) => json!(value.into_inner()),
        Scalar::String(value) => json!(value),
    }
}

/// `Ref` and `Condition` keep their names, every other function is called `Fn::` something.
fn long_name(handle: &str, suffix: &str) -> Option<Cow<'static, str>> {
    let name = if handle == "!" { suffix } else { suffix.strip_prefix('!')? };
    let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match name {
        "Ref" => Some("Ref".into()),
        "Condition" => Some("Condition".into()),
        other => plain.then(|| format!("Fn::{other}").into()),
    }
}

fn argument_of(function: &str, argument: Value) -> Value {
    match (function, &argument) {
        ("Fn::GetAtt", Value::String(dotted)) => match dotted.split_once('.') {
            Some((resource, attribute)) => json!([resource, attribute]),
            None => argument,
        },
        _ => argument,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(yaml: &str, expected: Value) {
        assert_eq!(parse(yaml), Ok(expected), "{yaml}");
    }

    fn refused(yaml: &str, said: &str) {
        let error = parse(yaml).unwrap_err();
        assert!(error.contains(said), "{error:?} does not say {said:?}");
    }

    #[test]
    fn tags_become_their_long_form() {
        check("a: !Ref Table", json!({"a": {"Ref": "Table"}}));
        check("a: !Sub 'x-${Table}'", json!({"a": {"Fn::Sub": "x-${Table}"}}));
        check("a: !GetAtt Table.Arn", json!({"a": {"Fn::GetAtt": ["Table", "Arn"]}}));
        check("a: !GetAtt [Table, Arn]", json!({"a": {"Fn::GetAtt": ["Table", "Arn"]}}));
        check("a: !GetAtt N.Outputs.Arn", json!({"a": {"Fn::GetAtt": ["N", "Outputs.Arn"]}}));
        check("a: !Condition Big", json!({"a": {"Condition": "Big"}}));
        check("!Ref Whole", json!({"Ref": "Whole"}));
    }

    #[test]
    fn tags_hold_anything() {
        check(
            "a: !If [Big, !Ref Yes, !Join ['-', [x, !Ref No]]]",
            json!({"a": {"Fn::If": ["Big", {"Ref": "Yes"}, {"Fn::Join": ["-", ["x", {"Ref": "No"}]]}]}}),
        );
        check("a: !Sub\n  - '${x}/y'\n  - x: !Ref Z", json!({"a": {"Fn::Sub": ["${x}/y", {"x": {"Ref": "Z"}}]}}));
        check("a: !Sub |\n  one\n  two\n", json!({"a": {"Fn::Sub": "one\ntwo\n"}}));
    }

    #[test]
    fn words_numbers_and_dates() {
        check("a: 2010-09-09", json!({"a": "2010-09-09"}));
        check("a: [1, 1.5, true, ~, '1', yes]", json!({"a": [1, 1.5, true, null, "1", "yes"]}));
        check("404: x", json!({"404": "x"}));
        check("a: &here [1]\nb: *here", json!({"a": [1], "b": [1]}));
    }

    #[test]
    fn refusals_name_the_line() {
        refused("a: 1\nb: !<tag:example.org,2026:x> y", "line 2: its tag is not");
        refused("a: 1\n[b]: 2", "line 2: a mapping's key");
        refused("a: [1\nb: 2", "line");
        refused("a: 1\n---\nb: 2", "there are 2");
        refused("", "there are 0");
    }
}
