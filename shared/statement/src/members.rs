//! Members of JSON objects that others have written, with what is wrong with them.

use api::FieldError;
use serde_json::{Map, Value};

/// What is wrong with a body.
pub type Errors = Vec<FieldError>;

/// An object, and where it stands in the body.
#[derive(Clone, Debug)]
pub struct Members<'a> {
    map: &'a Map<String, Value>,
    path: String,
}

impl<'a> Members<'a> {
    /// The body.
    pub fn of_body(body: &'a Value, errors: &mut Errors) -> Option<Self> {
        Self::of(body, String::new(), errors)
    }

    fn of(value: &'a Value, path: String, errors: &mut Errors) -> Option<Self> {
        let Some(map) = value.as_object() else {
            errors.push(FieldError::new(path, "must be an object"));
            return None;
        };
        Some(Self { map, path })
    }

    /// Where a member stands.
    pub fn path(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    /// A member, unless it is null.
    pub fn value(&self, name: &str) -> Option<&'a Value> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    /// A text that is not blank. Another type is wrong.
    pub fn text(&self, name: &str, errors: &mut Errors) -> Option<&'a str> {
        let value = self.value(name)?;
        if !value.is_string() {
            errors.push(FieldError::new(self.path(name), "must be a text"));
        }
        value.as_str().filter(|text| !text.trim().is_empty())
    }

    /// The same, and it has to be there.
    pub fn needed(&self, name: &str, errors: &mut Errors) -> Option<&'a str> {
        let before = errors.len();
        let text = self.text(name, errors);
        if text.is_none() && errors.len() == before {
            errors.push(FieldError::new(self.path(name), "is missing or blank"));
        }
        text
    }

    /// A text, if it is one.
    pub fn any_text(&self, name: &str) -> Option<&'a str> {
        self.value(name)?.as_str().filter(|text| !text.trim().is_empty())
    }

    /// An object. Another type is wrong.
    pub fn object(&self, name: &str, errors: &mut Errors) -> Option<Self> {
        Self::of(self.value(name)?, self.path(name), errors)
    }

    /// The objects of a list. Another type is wrong, in the list too.
    pub fn objects(&self, name: &str, errors: &mut Errors) -> Vec<Self> {
        let Some(value) = self.value(name) else { return Vec::new() };
        let Some(list) = value.as_array() else {
            errors.push(FieldError::new(self.path(name), "must be a list"));
            return Vec::new();
        };
        let place = |place: usize| format!("{}[{place}]", self.path(name));
        list.iter().enumerate().filter_map(|(at, value)| Self::of(value, place(at), errors)).collect()
    }

    /// The members by name.
    pub fn pairs(&self) -> impl Iterator<Item = (String, Value)> + use<'a> {
        self.map.iter().map(|(name, value)| (name.clone(), value.clone()))
    }

    /// Complains of members that are none of these.
    pub fn only(&self, known: &[&str], errors: &mut Errors) {
        let unknown = self.map.keys().filter(|name| !known.contains(&name.as_str()));
        errors.extend(unknown.map(|name| FieldError::new(self.path(name), "is not known here")));
    }

    /// A deduplication key.
    pub fn dedup_key(&self, errors: &mut Errors) -> Option<String> {
        const NAME: &str = "dedup_key";
        let key = self.text(NAME, errors)?;
        if key.chars().count() > pipeline::bounds::DEDUP_KEY {
            let message = format!("has more than {} characters", pipeline::bounds::DEDUP_KEY);
            errors.push(FieldError::new(NAME, message));
        }
        if !key.chars().all(crate::bounded::is_plain) {
            errors.push(FieldError::new(NAME, "holds control characters"));
        }
        Some(key.to_owned())
    }
}
