//! Numbers that the account owns.
use std::time::Duration;

/// A number of the account and where its webhooks go.
#[derive(Debug, Clone, Default)]
pub struct Number {
    pub(crate) sid: String,
    pub(crate) number: String,
    pub(crate) friendly_name: String,
    pub(crate) voice_url: String,
    pub(crate) voice_method: String,
    pub(crate) fallback_url: String,
    pub(crate) fallback_method: String,
    pub(crate) status_callback: String,
    pub(crate) status_callback_method: String,
    pub(crate) sms_url: String,
    pub(crate) sms_method: String,
    pub(crate) sms_fallback_url: String,
    pub(crate) created: Duration,
    pub(crate) updated: Duration,
}

impl Number {
    /// A number in E.164 with no webhooks: callers hear Twilio's apology.
    pub fn new(number: impl Into<String>) -> Self {
        let number = number.into();
        Self {
            friendly_name: number.clone(),
            number,
            voice_method: "POST".to_owned(),
            sms_method: "POST".to_owned(),
            fallback_method: "POST".to_owned(),
            status_callback_method: "POST".to_owned(),
            ..Self::default()
        }
    }

    /// Fetched when a call comes in.
    pub fn voice_url(mut self, url: impl Into<String>) -> Self {
        self.voice_url = url.into();
        self
    }

    /// `GET` or `POST` (default) for the voice URL.
    pub fn voice_method(mut self, method: impl Into<String>) -> Self {
        self.voice_method = method.into();
        self
    }

    /// Fetched when a document cannot be fetched or read.
    pub fn fallback(mut self, url: impl Into<String>) -> Self {
        self.fallback_url = url.into();
        self
    }

    /// `GET` or `POST` (default) for the fallback URL.
    pub fn fallback_method(mut self, method: impl Into<String>) -> Self {
        self.fallback_method = method.into();
        self
    }

    /// Told once, when a call to the number has ended.
    pub fn status_callback(mut self, url: impl Into<String>) -> Self {
        self.status_callback = url.into();
        self
    }

    /// A name for people.
    pub fn friendly_name(mut self, name: impl Into<String>) -> Self {
        self.friendly_name = name.into();
        self
    }
}
