use crate::twiml::Method;
use crate::{AddressSid, BundleSid, IdentitySid};

use super::parameters::Parameters;

/// A URL that Twilio asks, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Absolute. It stands in Twilio's logs.
    pub url: String,
    /// How.
    pub method: Method,
}

impl Webhook {
    /// Asked with `POST`: the parameters are a form.
    pub fn post(url: impl Into<String>) -> Self {
        Self { url: url.into(), method: Method::Post }
    }

    /// Asked with `GET`: the parameters are in the query.
    pub fn get(url: impl Into<String>) -> Self {
        Self { url: url.into(), method: Method::Get }
    }
}

/// What to do with one webhook of a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Setting {
    /// Leave it as it is; a new number has none.
    #[default]
    Keep,
    /// Take it away.
    Clear,
    /// Ask this one.
    Ask(Webhook),
}

/// What to set of a number, at its purchase or later. Nothing set changes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NumberSettings {
    /// By what it is found again; at most 64 characters.
    pub friendly_name: Option<String>,
    /// A registered address.
    pub address: Option<AddressSid>,
    /// An approved bundle.
    pub bundle: Option<BundleSid>,
    /// A verified identity.
    pub identity: Option<IdentitySid>,
    /// Asked when a call comes.
    pub voice: Setting,
    /// Asked when `voice` does not answer well.
    pub voice_fallback: Setting,
    /// Told when a call is over.
    pub status_callback: Setting,
    /// Asked when a text comes.
    pub sms: Setting,
    /// Asked when `sms` does not answer well.
    pub sms_fallback: Setting,
}

impl NumberSettings {
    pub(super) fn added_to(&self, form: Parameters) -> Parameters {
        let form = form
            .with_any("FriendlyName", self.friendly_name.as_ref())
            .with_any("AddressSid", self.address.as_ref())
            .with_any("BundleSid", self.bundle.as_ref())
            .with_any("IdentitySid", self.identity.as_ref());
        let webhooks = [
            ("VoiceUrl", "VoiceMethod", &self.voice),
            ("VoiceFallbackUrl", "VoiceFallbackMethod", &self.voice_fallback),
            ("StatusCallback", "StatusCallbackMethod", &self.status_callback),
            ("SmsUrl", "SmsMethod", &self.sms),
            ("SmsFallbackUrl", "SmsFallbackMethod", &self.sms_fallback),
        ];
        webhooks.into_iter().fold(form, |form, (url, method, setting)| match setting {
            Setting::Keep => form,
            Setting::Clear => form.with(url, ""),
            Setting::Ask(webhook) => form.with(url, &webhook.url).with(method, webhook.method.as_str()),
        })
    }
}
