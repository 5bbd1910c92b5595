//! Forms and what the API takes, one made of the other.
//!
//! An input's name is the path of the member that it stands for, as the API itself names it in its refusals, so that a
//! refusal finds its field: `steps[1].minutes`. After a colon the name says how text becomes JSON ([`Shape`]).

mod fields;
mod path;
mod shape;

use api::{FieldError, Notice, Problem};
use serde::de::DeserializeOwned;
use serde_json::Value;

pub(crate) use fields::Fields;

/// A form as it is shown: what stands in it, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form {
    fields: Fields,
    /// What was refused.
    pub(crate) errors: Vec<FieldError>,
    /// What may not mean what somebody meant.
    pub(crate) warnings: Vec<Notice>,
    /// What is wrong with all of it.
    pub(crate) problem: Option<String>,
}

impl Form {
    /// A form that shows something.
    pub(crate) fn showing(value: &Value) -> Self {
        Self { fields: Fields::of(value), ..Self::default() }
    }

    /// A form as it was typed.
    pub(crate) fn typed(fields: Fields) -> Self {
        Self { fields, ..Self::default() }
    }

    /// With what the API says is wrong.
    #[must_use]
    pub(crate) fn refused(mut self, problem: &Problem) -> Self {
        if problem.errors.is_empty() {
            self.problem = Some(problem.to_string());
        }
        self.errors.extend(problem.errors.iter().cloned());
        self
    }

    /// With what is wrong, and the API did not have to say.
    #[must_use]
    pub(crate) fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.errors.extend(errors);
        self
    }

    /// With what the API says of what it has saved.
    #[must_use]
    pub(crate) fn warned(mut self, warnings: Vec<Notice>) -> Self {
        self.warnings = warnings;
        self
    }

    /// What was typed.
    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// What an input shows.
    pub(crate) fn value(&self, path: impl AsRef<str>) -> &str {
        self.fields.text(path.as_ref())
    }

    /// What an input shows where nothing was ever said.
    pub(crate) fn value_or<'a>(&'a self, path: impl AsRef<str>, usual: &'a str) -> &'a str {
        self.fields.find(path.as_ref()).unwrap_or(usual)
    }

    /// Whether a word is in a list.
    pub(crate) fn has(&self, path: impl AsRef<str>, word: &str) -> bool {
        self.fields.list(path.as_ref()).iter().any(|known| known == word)
    }

    /// A list of lines in one input.
    pub(crate) fn lines(&self, path: impl AsRef<str>) -> String {
        self.fields.list(path.as_ref()).join("\n")
    }

    /// Whether a box is ticked.
    pub(crate) fn flag(&self, path: impl AsRef<str>) -> bool {
        self.fields.text(path.as_ref()) == "on"
    }

    /// Whether there is anything at a path or below it.
    pub(crate) fn has_any(&self, path: impl AsRef<str>) -> bool {
        self.fields.has_any(path.as_ref())
    }

    /// The paths of a list's items.
    pub(crate) fn items(&self, path: impl AsRef<str>) -> Vec<String> {
        let path = path.as_ref();
        (0..self.fields.count(path)).map(|place| format!("{path}[{place}]")).collect()
    }

    /// One member of every item of a list.
    pub(crate) fn each(&self, path: impl AsRef<str>, member: &str) -> Vec<String> {
        self.items(path).iter().map(|item| self.value(format!("{item}.{member}")).to_owned()).collect()
    }

    /// What is wrong with a field.
    pub(crate) fn error(&self, path: impl AsRef<str>) -> Option<String> {
        let path = path.as_ref();
        joined(self.errors.iter().filter(|error| error.field == path).map(|error| error.message.as_str()))
    }

    /// What is wrong with a field or with a part of it that has no input of its own.
    pub(crate) fn error_within(&self, path: impl AsRef<str>) -> Option<String> {
        let within = |field: &str| {
            field.strip_prefix(path.as_ref()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
        };
        joined(self.errors.iter().filter(|error| within(&error.field)).map(|error| error.message.as_str()))
    }

    /// What a field's input is called by labels and by links from the list of what is wrong.
    pub(crate) fn anchor(&self, path: impl AsRef<str>) -> String {
        anchor(path.as_ref())
    }
}

fn joined<'a>(messages: impl Iterator<Item = &'a str>) -> Option<String> {
    let messages: Vec<&str> = messages.collect();
    (!messages.is_empty()).then(|| messages.join("; "))
}

fn anchor(path: &str) -> String {
    let kept = |letter: char| if letter.is_ascii_alphanumeric() || letter == '_' { letter } else { '-' };
    format!("f-{}", path.chars().map(kept).collect::<String>().replace("--", "-").trim_end_matches('-'))
}

/// What a form stands for, if every field can be read.
pub(crate) fn read<T: DeserializeOwned>(fields: &Fields) -> Result<T, Vec<FieldError>> {
    let value = fields.to_json()?;
    serde_path_to_error::deserialize(value).map_err(|error| {
        let field = error.path().to_string();
        let message = error.inner().to_string();
        vec![FieldError::new(if field == "." { String::new() } else { field }, message)]
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_refusal_finds_its_field() {
        let problem = Problem {
            errors: vec![FieldError::new("steps[1].minutes", "must be between 1 and 10080")],
            ..Problem::default()
        };
        let form =
            Form::showing(&json!({"steps": [{"type": "notify"}, {"type": "wait", "minutes": 0}]})).refused(&problem);
        assert_eq!(form.items("steps"), ["steps[0]", "steps[1]"]);
        assert_eq!(form.value("steps[1].minutes"), "0");
        assert_eq!(form.error("steps[1].minutes").as_deref(), Some("must be between 1 and 10080"));
        assert_eq!(form.error("steps[1]"), None);
        assert_eq!(form.error_within("steps[1]").as_deref(), Some("must be between 1 and 10080"));
        assert_eq!(form.error_within("steps[10]"), None);
        assert_eq!(form.anchor("steps[1].minutes"), "f-steps-1-minutes");
    }
}
