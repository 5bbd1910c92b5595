//! Errors, as RFC 9457 writes them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Kind;

/// Why a request was not carried out: the body of every answer with a status of 400 and above.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "type": "urn:dutyline:problem:refused",
    "title": "Some fields cannot stay as they are",
    "status": 422,
    "errors": [{"field": "steps[1].minutes", "message": "must be between 1 and 10080"}],
}))))]
pub struct Problem {
    /// What kind of problem it is: `urn:dutyline:problem:` and a word.
    #[serde(rename = "type")]
    pub kind: String,
    /// The same for every occurrence of it.
    pub title: String,
    /// The answer's status.
    pub status: u16,
    /// What is particular to this occurrence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The fields that are wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// What uses an object that was to be deleted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used_by: Vec<Reference>,
    /// The version that the object has, if another one was expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current_version: Option<u64>,
}

/// One field that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// Its path in the body, or the name of the query's parameter or of the header: `steps[1].minutes`.
    pub field: String,
    /// What is wrong, to be read after the field.
    pub message: String,
}

/// An object, by its kind and id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reference {
    /// What it is.
    pub kind: Kind,
    /// Which.
    pub id: String,
}

impl Problem {
    /// What stands before the word of every problem's type.
    pub const URN: &'static str = "urn:dutyline:problem:";

    /// The media type of a problem.
    pub const MEDIA_TYPE: &'static str = "application/problem+json";

    /// The word that tells this kind of problem from others.
    pub fn slug(&self) -> &str {
        self.kind.strip_prefix(Self::URN).unwrap_or(&self.kind)
    }
}

impl FieldError {
    /// What is wrong with a field.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)?;
        for part in self.detail.iter() {
            write!(f, ": {part}")?;
        }
        for error in &self.errors {
            write!(f, "; {} {}", error.field, error.message)?;
        }
        for (place, user) in self.used_by.iter().enumerate() {
            write!(f, "{} {} {}", if place == 0 { "; used by" } else { "," }, user.kind, user.id)?;
        }
        Ok(())
    }
}
