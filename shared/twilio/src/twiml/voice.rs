use std::borrow::Cow;

/// The voice and language of `<Say>`.
///
/// Names are Twilio's (`Polly.Ida-Neural`, `nb-NO`); one that it does not know is ignored there with a
/// warning. [`Voice::default`] is Twilio's default for the account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Voice {
    name: Option<Cow<'static, str>>,
    language: Option<Cow<'static, str>>,
}

impl Voice {
    /// Twilio's default voice for a language, given as a BCP 47 tag.
    pub fn language(language: impl Into<Cow<'static, str>>) -> Self {
        Self { name: None, language: Some(language.into()) }
    }

    /// This voice by name, in its language.
    #[must_use]
    pub fn named(self, name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Twilio's name of it, and its language as a BCP 47 tag, as far as they are set.
    pub fn name_and_language(&self) -> (Option<&str>, Option<&str>) {
        (self.name.as_deref(), self.language.as_deref())
    }
}
