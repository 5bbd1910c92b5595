use jiff::Timestamp;
use phone::PhoneNumber;
use serde::Deserialize;

use crate::twiml::Method;
use crate::{AddressSid, BundleSid, IdentitySid, PhoneNumberSid, Private};

use super::client::Client;
use super::error::Error;
use super::hosts::Product;
use super::number_kind::Capabilities;
use super::number_settings::{NumberSettings, Webhook};
use super::pages::Pages;
use super::parameters::Parameters;
use super::read;

/// A number to buy, and what to set at once: so there is no moment in which it is ours and answers nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// Exactly this one.
    pub number: PhoneNumber,
    /// A friendly name that no other purchase has makes an unknown outcome one that can be looked up.
    pub settings: NumberSettings,
}

/// Which of our numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NumberFilter {
    /// This number. Twilio also gives numbers that only contain it: compare.
    pub number: Option<PhoneNumber>,
    /// Exactly this friendly name.
    pub friendly_name: Option<String>,
}

/// A number of ours.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "WireNumber")]
pub struct OwnedNumber {
    /// Which one.
    pub sid: PhoneNumberSid,
    /// The number.
    pub number: PhoneNumber,
    /// What it is called: what was set, or the number in its country's spelling.
    pub friendly_name: Private,
    /// What it can do.
    pub capabilities: Capabilities,
    /// The address that it uses.
    pub address: Option<AddressSid>,
    /// The bundle that it uses.
    pub bundle: Option<BundleSid>,
    /// The identity that it uses.
    pub identity: Option<IdentitySid>,
    /// Asked when a call comes.
    pub voice: Option<Webhook>,
    /// Asked when `voice` does not answer well.
    pub voice_fallback: Option<Webhook>,
    /// Told when a call is over.
    pub status_callback: Option<Webhook>,
    /// Asked when a text comes.
    pub sms: Option<Webhook>,
    /// Asked when `sms` does not answer well.
    pub sms_fallback: Option<Webhook>,
    /// An application of Twilio's, which is asked in place of `voice`.
    pub voice_application: Option<String>,
    /// An application of Twilio's, which is asked in place of `sms`.
    pub sms_application: Option<String>,
    /// A SIP trunk, which gets the calls in place of `voice`.
    pub trunk: Option<String>,
    /// Twilio's word for where it stands; `in-use` at once.
    pub status: Option<String>,
    /// When it was bought.
    pub created: Option<Timestamp>,
}

#[derive(Deserialize)]
struct WireNumber {
    #[serde(deserialize_with = "read::required")]
    sid: PhoneNumberSid,
    #[serde(deserialize_with = "read::required")]
    phone_number: PhoneNumber,
    #[serde(default, deserialize_with = "read::private")]
    friendly_name: Private,
    #[serde(default, deserialize_with = "read::structure")]
    capabilities: Capabilities,
    #[serde(default, deserialize_with = "read::optional")]
    address_sid: Option<AddressSid>,
    #[serde(default, deserialize_with = "read::optional")]
    bundle_sid: Option<BundleSid>,
    #[serde(default, deserialize_with = "read::optional")]
    identity_sid: Option<IdentitySid>,
    #[serde(default, deserialize_with = "read::optional")]
    voice_url: Option<String>,
    #[serde(default = "post", deserialize_with = "read::method")]
    voice_method: Method,
    #[serde(default, deserialize_with = "read::optional")]
    voice_fallback_url: Option<String>,
    #[serde(default = "post", deserialize_with = "read::method")]
    voice_fallback_method: Method,
    #[serde(default, deserialize_with = "read::optional")]
    status_callback: Option<String>,
    #[serde(default = "post", deserialize_with = "read::method")]
    status_callback_method: Method,
    #[serde(default, deserialize_with = "read::optional")]
    sms_url: Option<String>,
    #[serde(default = "post", deserialize_with = "read::method")]
    sms_method: Method,
    #[serde(default, deserialize_with = "read::optional")]
    sms_fallback_url: Option<String>,
    #[serde(default = "post", deserialize_with = "read::method")]
    sms_fallback_method: Method,
    #[serde(default, deserialize_with = "read::optional")]
    voice_application_sid: Option<String>,
    #[serde(default, deserialize_with = "read::optional")]
    sms_application_sid: Option<String>,
    #[serde(default, deserialize_with = "read::optional")]
    trunk_sid: Option<String>,
    #[serde(default, deserialize_with = "read::optional")]
    status: Option<String>,
    #[serde(default, deserialize_with = "read::instant")]
    date_created: Option<Timestamp>,
}

fn post() -> Method {
    Method::Post
}

impl From<WireNumber> for OwnedNumber {
    fn from(read: WireNumber) -> Self {
        let webhook = |url: Option<String>, method| url.map(|url| Webhook { url, method });
        Self {
            sid: read.sid,
            number: read.phone_number,
            friendly_name: read.friendly_name,
            capabilities: read.capabilities,
            address: read.address_sid,
            bundle: read.bundle_sid,
            identity: read.identity_sid,
            voice: webhook(read.voice_url, read.voice_method),
            voice_fallback: webhook(read.voice_fallback_url, read.voice_fallback_method),
            status_callback: webhook(read.status_callback, read.status_callback_method),
            sms: webhook(read.sms_url, read.sms_method),
            sms_fallback: webhook(read.sms_fallback_url, read.sms_fallback_method),
            voice_application: read.voice_application_sid,
            sms_application: read.sms_application_sid,
            trunk: read.trunk_sid,
            status: read.status,
            created: read.date_created,
        }
    }
}

impl Client {
    /// Buys a number. It costs its monthly price at once.
    ///
    /// # Errors
    /// Any [`Error`]. After one that [may have happened](Error::may_have_happened), and after 21422 following one,
    /// [`Client::owned_numbers`] tells by the friendly name whether the number is ours.
    pub async fn purchase_number(&self, purchase: &Purchase) -> Result<OwnedNumber, Error> {
        let form = Parameters::new().with("PhoneNumber", purchase.number.as_e164());
        self.post(self.path("/IncomingPhoneNumbers.json"), purchase.settings.added_to(form)).await
    }

    /// Changes what is set of a number. Doing so twice is the same as once.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn update_number(
        &self,
        number: &PhoneNumberSid,
        settings: &NumberSettings,
    ) -> Result<OwnedNumber, Error> {
        let path = self.path(format_args!("/IncomingPhoneNumbers/{number}.json"));
        self.post(path, settings.added_to(Parameters::new())).await
    }

    /// One number of ours.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn fetch_number(&self, number: &PhoneNumberSid) -> Result<OwnedNumber, Error> {
        let path = self.path(format_args!("/IncomingPhoneNumbers/{number}.json"));
        self.get(Product::Api, path).await
    }

    /// Our numbers.
    pub fn owned_numbers(&self, filter: &NumberFilter) -> Pages<'_, OwnedNumber> {
        let query = Parameters::new()
            .with_any("PhoneNumber", filter.number.as_ref().map(PhoneNumber::as_e164))
            .with_any("FriendlyName", filter.friendly_name.as_ref())
            .with("PageSize", 1000);
        let first = query.after(self.path("/IncomingPhoneNumbers.json"));
        Pages::new(self, Product::Api, "incoming_phone_numbers", first)
    }

    /// Gives a number back, for good.
    ///
    /// # Errors
    /// Any [`Error`]: not found when it is gone already.
    pub async fn release_number(&self, number: &PhoneNumberSid) -> Result<(), Error> {
        let path = self.path(format_args!("/IncomingPhoneNumbers/{number}.json"));
        self.delete(path).await
    }
}
