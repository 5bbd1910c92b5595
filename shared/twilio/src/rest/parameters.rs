use form_urlencoded::Serializer;

/// Names and values, for a form or a query. Twilio ignores a name that it does not know, so each name is written once,
/// in one place, and the tests compare them with Twilio's own list.
#[derive(Debug, Default)]
pub(super) struct Parameters(Vec<(&'static str, String)>);

impl Parameters {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.0.push((name, value.to_string()));
        self
    }

    pub(super) fn with_any(self, name: &'static str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The same name once for each value.
    pub(super) fn with_each<T: ToString>(self, name: &'static str, values: impl IntoIterator<Item = T>) -> Self {
        values.into_iter().fold(self, |parameters, value| parameters.with(name, value))
    }

    pub(super) fn encoded(&self) -> String {
        Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }

    /// The path with these as its query.
    pub(super) fn after(&self, path: String) -> String {
        if self.0.is_empty() { path } else { format!("{path}?{}", self.encoded()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_as_a_form() {
        let parameters = Parameters::new()
            .with("To", "+4791234589")
            .with_any("From", None::<&str>)
            .with("Body", "Hei på deg & co")
            .with("VoiceUrl", "")
            .with_each("StatusCallbackEvent", ["ringing", "completed"]);
        assert_eq!(
            parameters.encoded(),
            "To=%2B4791234589&Body=Hei+p%C3%A5+deg+%26+co&VoiceUrl=&StatusCallbackEvent=ringing&StatusCallbackEvent=completed"
        );
        assert_eq!(Parameters::new().after("/a".to_owned()), "/a");
        assert_eq!(Parameters::new().with("StartTime>", 1).after("/a".to_owned()), "/a?StartTime%3E=1");
    }
}
