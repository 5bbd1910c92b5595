//! Reading a function's configuration, so that each error names its variable.

use std::error::Error;
use std::str::FromStr;

use secrecy::SecretString;

/// The variables that a function is configured by.
///
/// Each function has one configuration struct, filled from here at start:
///
/// ```
/// use entry::{Environment, Misconfigured, PublicUrl};
///
/// struct Configuration {
///     table: String,
///     public_url: PublicUrl,
///     ring_seconds: u16,
/// }
///
/// impl Configuration {
///     fn read(environment: &Environment) -> Result<Self, Misconfigured> {
///         Ok(Self {
///             table: environment.text("TABLE_NAME")?,
///             public_url: environment.parsed("PUBLIC_BASE_URL")?,
///             ring_seconds: environment.parsed_or("RING_SECONDS", 20)?,
///         })
///     }
/// }
///
/// let environment = Environment::of(|name| (name == "TABLE_NAME").then(|| "dutyline".to_owned()));
/// let error = Configuration::read(&environment).err().map(|error| error.to_string());
/// assert_eq!(error.as_deref(), Some("PUBLIC_BASE_URL is not set"));
/// ```
pub struct Environment {
    read: Box<Reader>,
}

type Reader = dyn Fn(&str) -> Option<String> + Send + Sync;

/// A variable that is missing or that says nothing understandable. The value itself is not repeated: it may be secret.
#[derive(Debug, thiserror::Error)]
pub enum Misconfigured {
    /// The variable is absent or empty.
    #[error("{name} is not set")]
    Missing {
        /// The variable.
        name: &'static str,
    },
    /// The variable has a value that cannot be used; the source says why.
    #[error("{name} cannot be used")]
    Unusable {
        /// The variable.
        name: &'static str,
        /// What is wrong with it.
        source: Box<dyn Error + Send + Sync>,
    },
}

impl Environment {
    /// The variables of this process.
    #[must_use]
    pub fn of_process() -> Self {
        Self::of(|name| std::env::var(name).ok())
    }

    /// Variables from anywhere else: a test's table, the laptop's reading of the template.
    #[must_use]
    pub fn of(read: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self { read: Box::new(read) }
    }

    /// A variable that must be there.
    ///
    /// # Errors
    /// [`Misconfigured::Missing`] when it is absent or empty.
    pub fn text(&self, name: &'static str) -> Result<String, Misconfigured> {
        self.optional(name).ok_or(Misconfigured::Missing { name })
    }

    /// A variable that may be there. Empty is absent: a template cannot leave a variable out, only leave it empty.
    #[must_use]
    pub fn optional(&self, name: &str) -> Option<String> {
        (self.read)(name).filter(|value| !value.is_empty())
    }

    /// A secret that must be there.
    ///
    /// # Errors
    /// [`Misconfigured::Missing`] when it is absent or empty.
    pub fn secret(&self, name: &'static str) -> Result<SecretString, Misconfigured> {
        self.text(name).map(SecretString::from)
    }

    /// A variable that must be there and make a `T`. Not for secrets: `T`'s error may repeat what it read.
    ///
    /// # Errors
    /// [`Misconfigured::Missing`] when it is absent or empty, [`Misconfigured::Unusable`] when it makes no `T`.
    pub fn parsed<T>(&self, name: &'static str) -> Result<T, Misconfigured>
    where
        T: FromStr<Err: Error + Send + Sync + 'static>,
    {
        let text = self.text(name)?;
        text.parse().map_err(|source: T::Err| Misconfigured::Unusable { name, source: source.into() })
    }

    /// Like [`parsed`](Self::parsed), or `default` when the variable is absent or empty.
    ///
    /// # Errors
    /// [`Misconfigured::Unusable`] when it makes no `T`: a typing error is not silently the default.
    pub fn parsed_or<T>(&self, name: &'static str, default: T) -> Result<T, Misconfigured>
    where
        T: FromStr<Err: Error + Send + Sync + 'static>,
    {
        match self.parsed(name) {
            Err(Misconfigured::Missing { .. }) => Ok(default),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::Chain;
    use secrecy::ExposeSecret as _;

    fn environment() -> Environment {
        Environment::of(|name| {
            let value = match name {
                "TABLE_NAME" => "dutyline",
                "EMPTY" => "",
                "RING_SECONDS" => "20",
                "TYPO" => "2o",
                "TOKEN" => "s3cret",
                _ => return None,
            };
            Some(value.to_owned())
        })
    }

    fn check<T: std::fmt::Debug>(outcome: Result<T, Misconfigured>, said: &str) {
        assert_eq!(Chain(&outcome.unwrap_err()).to_string(), said);
    }

    #[test]
    fn errors_name_their_variable_and_what_is_wrong() {
        check(environment().text("QUEUE_URL"), "QUEUE_URL is not set");
        check(environment().text("EMPTY"), "EMPTY is not set");
        check(environment().secret("API_TOKEN"), "API_TOKEN is not set");
        check(environment().parsed::<u16>("TYPO"), "TYPO cannot be used: invalid digit found in string");
        check(environment().parsed_or::<u16>("TYPO", 20), "TYPO cannot be used: invalid digit found in string");
        check(environment().parsed::<u16>("ABSENT"), "ABSENT is not set");
    }

    #[test]
    fn what_is_there_is_read() {
        assert_eq!(environment().text("TABLE_NAME").unwrap(), "dutyline");
        assert_eq!(environment().parsed::<u16>("RING_SECONDS").unwrap(), 20);
        assert_eq!(environment().parsed_or::<u16>("ABSENT", 7).unwrap(), 7);
        assert_eq!(environment().optional("EMPTY"), None);
    }

    #[test]
    fn a_secret_is_read_and_not_shown() {
        let token = environment().secret("TOKEN").unwrap();
        assert_eq!(token.expose_secret(), "s3cret");
        assert!(!format!("{token:?}").contains("s3cret"));
    }
}
