use std::fmt;

/// A text of or about a person (a SIP address, a name, a street, what somebody said), kept out of logs:
/// `Debug` shows its length, there is no `Display`, and [`Private::as_str`] is the way in.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Private(Box<str>);

impl Private {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Private {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Private {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Private({} bytes)", self.0.len())
    }
}
