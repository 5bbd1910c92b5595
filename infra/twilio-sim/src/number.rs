//! Numbers that an account owns.
use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Deserializer, Serialize};

use crate::{catalogue::Terms, money::Money};

/// Settings by their names in the REST API, and what an empty one means.
pub(crate) const SETTINGS: [(&str, &str); 17] = [
    ("FriendlyName", ""),
    ("VoiceUrl", ""),
    ("VoiceMethod", "POST"),
    ("VoiceFallbackUrl", ""),
    ("VoiceFallbackMethod", "POST"),
    ("StatusCallback", ""),
    ("StatusCallbackMethod", "POST"),
    ("SmsUrl", ""),
    ("SmsMethod", "POST"),
    ("SmsFallbackUrl", ""),
    ("SmsFallbackMethod", "POST"),
    ("VoiceApplicationSid", ""),
    ("SmsApplicationSid", ""),
    ("TrunkSid", ""),
    ("AddressSid", ""),
    ("BundleSid", ""),
    ("IdentitySid", ""),
];

/// A number of an account and where its webhooks go.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Number {
    pub(crate) sid: String,
    /// The owner; empty until the number is owned.
    pub(crate) account: String,
    pub(crate) number: String,
    pub(crate) terms: Terms,
    #[serde(deserialize_with = "known_settings")]
    pub(crate) settings: BTreeMap<&'static str, String>,
    pub(crate) created: Duration,
    pub(crate) updated: Duration,
}

impl Number {
    /// A number in E.164 with no webhooks: callers hear Twilio's apology.
    pub fn new(number: impl Into<String>) -> Self {
        let number = number.into();
        Self { number: number.clone(), ..Self::default() }.friendly_name(number)
    }

    /// Fetched when a call comes in.
    pub fn voice_url(self, url: impl Into<String>) -> Self {
        self.with("VoiceUrl", url)
    }

    /// `GET` or `POST` (default) for the voice URL.
    pub fn voice_method(self, method: impl Into<String>) -> Self {
        self.with("VoiceMethod", method)
    }

    /// Fetched when a document cannot be fetched or read.
    pub fn fallback(self, url: impl Into<String>) -> Self {
        self.with("VoiceFallbackUrl", url)
    }

    /// `GET` or `POST` (default) for the fallback URL.
    pub fn fallback_method(self, method: impl Into<String>) -> Self {
        self.with("VoiceFallbackMethod", method)
    }

    /// Fetched when a text comes in; without one nothing is answered.
    pub fn sms_url(self, url: impl Into<String>) -> Self {
        self.with("SmsUrl", url)
    }

    /// `GET` or `POST` (default) for the SMS URL.
    pub fn sms_method(self, method: impl Into<String>) -> Self {
        self.with("SmsMethod", method)
    }

    /// Fetched when the answer to a text cannot be fetched or read.
    pub fn sms_fallback(self, url: impl Into<String>) -> Self {
        self.with("SmsFallbackUrl", url)
    }

    /// Takes and sends pictures, too.
    pub fn takes_pictures(mut self) -> Self {
        self.terms.mms = true;
        self
    }

    /// Told once, when a call to the number has ended.
    pub fn status_callback(self, url: impl Into<String>) -> Self {
        self.with("StatusCallback", url)
    }

    /// A name for people.
    pub fn friendly_name(self, name: impl Into<String>) -> Self {
        self.with("FriendlyName", name)
    }

    /// The number in E.164.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// Its identifier, `PN…`.
    pub fn sid(&self) -> &str {
        &self.sid
    }

    /// The account that owns it.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// What it costs a month.
    pub fn monthly(&self) -> Money {
        self.terms.monthly
    }

    /// A setting by its name in the REST API, such as `VoiceUrl`; empty when it is not set or not known.
    pub fn get(&self, name: &str) -> &str {
        let meant = SETTINGS.iter().find(|(known, _)| *known == name).map_or("", |(_, empty)| *empty);
        self.settings.get(name).filter(|value| !value.is_empty()).map_or(meant, String::as_str)
    }

    /// Changes a setting; an empty value clears it. False for a name that is not simulated.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> bool {
        let known = SETTINGS.iter().find(|(known, _)| *known == name);
        known.map(|(known, _)| self.settings.insert(known, value.to_owned())).is_some()
    }

    /// Where calls go: a trunk or an application takes them away from the voice URL.
    pub(crate) fn voice_webhook(&self) -> &str {
        let elsewhere = !self.get("TrunkSid").is_empty() || !self.get("VoiceApplicationSid").is_empty();
        if elsewhere { "" } else { self.get("VoiceUrl") }
    }

    /// Where texts go: an application takes them away from the SMS URL.
    pub(crate) fn sms_webhook(&self) -> &str {
        if self.get("SmsApplicationSid").is_empty() { self.get("SmsUrl") } else { "" }
    }

    fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.set(name, &value.into());
        self
    }
}

fn known_settings<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<&'static str, String>, D::Error> {
    let mut kept = BTreeMap::<String, String>::deserialize(deserializer)?;
    Ok(SETTINGS.iter().filter_map(|(name, _)| Some((*name, kept.remove(*name)?))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_set_and_cleared() {
        let mut number = Number::new("+4721000000").voice_url("http://127.0.0.1/in");
        assert_eq!((number.get("VoiceUrl"), number.get("VoiceMethod")), ("http://127.0.0.1/in", "POST"));
        assert!(number.set("VoiceMethod", "GET"));
        assert_eq!(number.get("VoiceMethod"), "GET");
        assert!(number.set("VoiceMethod", ""));
        assert_eq!(number.get("VoiceMethod"), "POST");
        assert!(!number.set("voice_url", "x"));
        assert_eq!(number.get("FriendlyName"), "+4721000000");
    }

    #[test]
    fn a_trunk_takes_the_calls_away() {
        let mut number = Number::new("+4721000000").voice_url("http://127.0.0.1/in");
        assert_eq!(number.voice_webhook(), "http://127.0.0.1/in");
        number.set("TrunkSid", "TK0");
        assert_eq!(number.voice_webhook(), "");
    }
}
