//! CloudFormation's functions, answered with local values.

use std::collections::BTreeMap;

use serde_json::Value;

use super::error::{Place, TemplateError};

/// What stands in for AWS when a template is resolved on this machine.
#[derive(Debug, Clone, Default)]
pub struct LocalValues {
    /// Values of parameters that are not to have the template's default.
    pub parameters: BTreeMap<String, String>,
    /// What `Ref` says of a resource, by its logical name: a queue's URL, a table's name. Without an
    /// entry a resource is called by its logical name.
    pub references: BTreeMap<String, String>,
    /// What stands for the API's own address (`https://<api id>.execute-api.<region>.<suffix>`).
    pub api_url: String,
}

/// The region that everything local pretends to be in.
pub(crate) const REGION: &str = "eu-north-1";
/// The AWS account that everything local pretends to belong to.
pub(crate) const ACCOUNT: &str = "000000000000";
const SUFFIX: &str = "amazonaws.com";

pub(super) struct Resolver<'a> {
    file: &'a str,
    document: &'a Value,
    local: &'a LocalValues,
}

type Resolved<T> = Result<T, TemplateError>;

impl<'a> Resolver<'a> {
    pub(super) fn new(file: &'a str, document: &'a Value, local: &'a LocalValues) -> Self {
        Self { file, document, local }
    }

    /// The logical names of all resources of a type.
    pub(super) fn of_type(&self, kind: &str) -> Vec<&'a str> {
        self.document.get("Resources").and_then(Value::as_object).map_or_else(Vec::new, |all| {
            let is = |resource: &Value| resource.get("Type").and_then(Value::as_str) == Some(kind);
            all.iter().filter(|(_, resource)| is(resource)).map(|(name, _)| name.as_str()).collect()
        })
    }

    pub(super) fn section(&self, name: &str) -> Option<&'a Value> {
        self.document.get(name)
    }

    /// A property of a resource, as it stands.
    pub(super) fn property(&self, resource: &str, name: &str) -> Option<&'a Value> {
        self.document.get("Resources")?.get(resource)?.get("Properties")?.get(name)
    }

    pub(super) fn missing(&self, place: Place) -> TemplateError {
        TemplateError::Missing { file: self.file.to_owned(), place }
    }

    pub(super) fn unusable(&self, place: &Place, what: impl Into<String>) -> TemplateError {
        let (file, place, what) = (self.file.to_owned(), place.clone(), what.into());
        TemplateError::Unusable { file, place, what }
    }

    /// A property that must be there, resolved to a text.
    pub(super) fn text_of(&self, resource: &str, name: &str) -> Resolved<String> {
        let place = Place::of(resource).at(name);
        match self.property(resource, name) {
            Some(value) => self.text(&place, value),
            None => Err(self.missing(place)),
        }
    }

    /// A value resolved to a text. Numbers and truth values are written out, as CloudFormation does.
    pub(super) fn text(&self, place: &Place, value: &Value) -> Resolved<String> {
        match self.value(place, value)? {
            Value::String(text) => Ok(text),
            Value::Number(number) => Ok(number.to_string()),
            Value::Bool(truth) => Ok(truth.to_string()),
            other => Err(self.unusable(place, format!("{other} is not a text"))),
        }
    }

    /// A value with every function in it answered; `AWS::NoValue` is null.
    pub(super) fn value(&self, place: &Place, value: &Value) -> Resolved<Value> {
        match value {
            Value::Object(object) => match object.iter().next() {
                Some((name, argument)) if object.len() == 1 && is_function(name) => {
                    self.function(&place.at(name), name, argument)
                }
                _ => {
                    let entry =
                        |(name, inner): (&String, &Value)| Ok((name.clone(), self.value(&place.at(name), inner)?));
                    let entries: Resolved<Vec<_>> = object.iter().map(entry).collect();
                    Ok(entries?.into_iter().filter(|(_, value)| !value.is_null()).collect())
                }
            },
            Value::Array(items) => {
                let item = |(i, inner)| self.value(&place.at(i), inner);
                let items: Resolved<Vec<Value>> = items.iter().enumerate().map(item).collect();
                Ok(items?.into_iter().filter(|value| !value.is_null()).collect())
            }
            plain => Ok(plain.clone()),
        }
    }

    fn function(&self, place: &Place, name: &str, argument: &Value) -> Resolved<Value> {
        match (name, argument) {
            ("Ref", Value::String(what)) => self.reference(place, what),
            ("Fn::GetAtt", Value::Array(parts)) => match parts.as_slice() {
                [Value::String(resource), Value::String(attribute)] => {
                    self.attribute(place, resource, attribute).map(Value::String)
                }
                _ => Err(self.unusable(place, "is not a resource and an attribute")),
            },
            ("Fn::Sub", Value::String(text)) => self.substitute(place, text, None).map(Value::String),
            ("Fn::Sub", Value::Array(parts)) => match parts.as_slice() {
                [Value::String(text), names @ Value::Object(_)] => {
                    self.substitute(place, text, Some(names)).map(Value::String)
                }
                _ => Err(self.unusable(place, "is not a text and a mapping")),
            },
            ("Fn::Join", Value::Array(parts)) => match parts.as_slice() {
                [Value::String(between), Value::Array(items)] => {
                    let texts: Resolved<Vec<_>> = items.iter().map(|item| self.text(place, item)).collect();
                    Ok(Value::String(texts?.join(between)))
                }
                _ => Err(self.unusable(place, "is not a separator and a list")),
            },
            ("Fn::If", Value::Array(parts)) => match parts.as_slice() {
                [Value::String(condition), yes, no] => {
                    let chosen = if self.condition(place, condition)? { yes } else { no };
                    self.value(place, chosen)
                }
                _ => Err(self.unusable(place, "is not a condition and two values")),
            },
            _ => Err(self.unusable(place, "the local stack has no answer to this function")),
        }
    }

    fn reference(&self, place: &Place, what: &str) -> Resolved<Value> {
        let text = match what {
            "AWS::NoValue" => return Ok(Value::Null),
            "AWS::Region" => REGION.to_owned(),
            "AWS::AccountId" => ACCOUNT.to_owned(),
            "AWS::Partition" => "aws".to_owned(),
            "AWS::URLSuffix" => SUFFIX.to_owned(),
            "AWS::StackName" => "dutyline".to_owned(),
            name => match self.parameter(name) {
                Some(Some(value)) => value,
                Some(None) => return Err(self.unusable(place, format!("{name} has no default"))),
                None if self.is_resource(name) => {
                    self.local.references.get(name).cloned().unwrap_or_else(|| name.to_owned())
                }
                None => return Err(self.unusable(place, format!("there is no {name}"))),
            },
        };
        Ok(Value::String(text))
    }

    /// A parameter's local value; `Some(None)` when it has none.
    fn parameter(&self, name: &str) -> Option<Option<String>> {
        let parameter = self.section("Parameters")?.get(name)?;
        let given = self.local.parameters.get(name).cloned();
        Some(given.or_else(|| match parameter.get("Default")? {
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }))
    }

    fn is_resource(&self, name: &str) -> bool {
        self.section("Resources").is_some_and(|all| all.get(name).is_some())
    }

    fn attribute(&self, place: &Place, resource: &str, attribute: &str) -> Resolved<String> {
        if !self.is_resource(resource) {
            return Err(self.unusable(place, format!("there is no {resource}")));
        }
        let named = || self.local.references.get(resource).cloned();
        match attribute {
            "Arn" => Ok(format!("arn:aws:local:{REGION}:{ACCOUNT}:{resource}")),
            "ApiEndpoint" => Ok(self.local.api_url.clone()),
            "QueueUrl" | "QueueName" | "Id" | "ApiId" => Ok(named().unwrap_or_else(|| resource.to_owned())),
            "RegionalDomainName" => Ok(format!("{resource}.s3.{REGION}.{SUFFIX}")),
            other => Err(self.unusable(place, format!("{resource} has no {other} here"))),
        }
    }

    fn substitute(&self, place: &Place, text: &str, names: Option<&Value>) -> Resolved<String> {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            out.push_str(before);
            let (name, after) = after.split_once('}').ok_or_else(|| self.unusable(place, "a ${ is not closed"))?;
            rest = after;
            let name = name.trim();
            if let Some(literal) = name.strip_prefix('!') {
                out.push_str(&format!("${{{literal}}}"));
            } else if let Some(value) = names.and_then(|names| names.get(name)) {
                out.push_str(&self.text(&place.at(name), value)?);
            } else if let Some((resource, attribute)) = name.split_once('.') {
                out.push_str(&self.attribute(place, resource, attribute)?);
            } else if let Value::String(value) = self.reference(place, name)? {
                out.push_str(&value);
            }
        }
        out.push_str(rest);
        Ok(self.at_home(out))
    }

    /// The API's own AWS address means this machine.
    fn at_home(&self, text: String) -> String {
        for api in self.of_type("AWS::ApiGatewayV2::Api") {
            let host = format!("https://{api}.execute-api.{REGION}.{SUFFIX}");
            if text.contains(&host) {
                return text.replace(&host, &self.local.api_url);
            }
        }
        text
    }

    fn condition(&self, place: &Place, name: &str) -> Resolved<bool> {
        let condition = self.section("Conditions").and_then(|all| all.get(name));
        let condition = condition.ok_or_else(|| self.unusable(place, format!("there is no condition {name}")))?;
        self.truth(&Place::of("Conditions").at(name), condition)
    }

    fn truth(&self, place: &Place, value: &Value) -> Resolved<bool> {
        let (name, argument) = value
            .as_object()
            .and_then(|object| object.iter().next())
            .ok_or_else(|| self.unusable(place, "is not a condition"))?;
        match (name.as_str(), argument) {
            ("Condition", Value::String(name)) => self.condition(place, name),
            ("Fn::Equals", Value::Array(sides)) => match sides.as_slice() {
                [one, other] => Ok(self.text(place, one)? == self.text(place, other)?),
                _ => Err(self.unusable(place, "Fn::Equals takes two values")),
            },
            ("Fn::Not", Value::Array(inner)) if inner.len() == 1 => Ok(!self.truth(place, &inner[0])?),
            ("Fn::And", Value::Array(inner)) => {
                inner.iter().try_fold(true, |all, each| Ok(all & self.truth(place, each)?))
            }
            ("Fn::Or", Value::Array(inner)) => {
                inner.iter().try_fold(false, |any, each| Ok(any | self.truth(place, each)?))
            }
            _ => Err(self.unusable(&place.at(name), "the local stack cannot decide this")),
        }
    }
}

fn is_function(name: &str) -> bool {
    name == "Ref" || name.starts_with("Fn::")
}
