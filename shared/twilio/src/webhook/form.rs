use std::fmt;
use std::str::FromStr;

/// The parameters of a request, in the order in which they came. Unknown ones are kept: Twilio adds
/// new ones without notice.
#[derive(Clone, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

/// A type that a form can be read into.
pub trait FromForm: Sized {
    /// Reads the parameters that this type needs and ignores the others.
    ///
    /// # Errors
    /// A [`ParameterError`] naming the parameter that is missing or malformed.
    fn from_form(form: &Form) -> Result<Self, ParameterError>;
}

/// A needed parameter that is not there or not usable. Names it, and never shows its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("parameter {name} {problem}")]
pub struct ParameterError {
    /// The parameter, as Twilio spells it.
    pub name: &'static str,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// It is not there, or empty.
    #[error("is missing")]
    Missing,
    /// It came with two different values. The signature does not fix their order, so neither counts.
    #[error("has two values")]
    TwoValues,
    /// It does not have the form that its type needs.
    #[error("is malformed")]
    Malformed,
}

impl Form {
    pub(crate) fn parse(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// Every name and value, as they came.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// The value of `name`, also an empty one; of several the first.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values(name).next()
    }

    /// Whether `name` came, with whatever value.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The value of `name` unless it is absent or empty.
    ///
    /// # Errors
    /// [`Problem::TwoValues`] when it came with two different values.
    pub fn one(&self, name: &'static str) -> Result<Option<&str>, ParameterError> {
        let mut values = self.values(name);
        let first = values.next();
        match values.all(|other| Some(other) == first) {
            true => Ok(first.filter(|value| !value.is_empty())),
            false => Err(ParameterError { name, problem: Problem::TwoValues }),
        }
    }

    /// The value of a parameter without which the request means nothing.
    ///
    /// # Errors
    /// When it is missing, empty, ambiguous or malformed.
    pub fn required<T: FromStr>(&self, name: &'static str) -> Result<T, ParameterError> {
        let value = self.one(name)?.ok_or(ParameterError { name, problem: Problem::Missing })?;
        value.parse().map_err(|_| ParameterError { name, problem: Problem::Malformed })
    }

    /// The value of a parameter that may be absent; one that cannot be read counts as absent.
    pub fn optional<T: FromStr>(&self, name: &'static str) -> Option<T> {
        self.one(name).ok().flatten()?.parse().ok()
    }

    fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// Shows the names only: the values are people's numbers and words.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}
