use super::Call;
use crate::webhook::{Form, FromForm, ParameterError};

/// The `action` of a `<Gather>`: what was pressed or said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatherResult {
    /// The leg on which it was pressed.
    pub call: Call,
    /// The keys, without the one that ended the input. `None`: nothing was pressed, which is only asked
    /// with `actionOnEmptyResult`.
    pub digits: Option<Box<str>>,
    /// What was said, when the gather took speech.
    pub speech: Option<crate::Private>,
}

impl GatherResult {
    /// The single key that was pressed; `None` for none and for several.
    pub fn key(&self) -> Option<char> {
        let mut keys = self.digits.as_deref()?.chars();
        keys.next().filter(|_| keys.next().is_none())
    }
}

impl FromForm for GatherResult {
    fn from_form(form: &Form) -> Result<Self, ParameterError> {
        Ok(Self {
            call: Call::from_form(form)?,
            digits: form.one("Digits")?.map(Box::from),
            speech: form.one("SpeechResult")?.map(Into::into),
        })
    }
}
