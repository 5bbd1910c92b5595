use jiff::Timestamp;
use phone::PhoneNumber;
use serde::Deserialize;

use crate::twiml::LegEvent;
use crate::webhook::{Caller, voice::CallStatus};
use crate::{CallSid, Private};

use super::client::Client;
use super::codes::Currency;
use super::decimal::Decimal;
use super::error::Error;
use super::hosts::Product;
use super::money::Money;
use super::number_settings::Webhook;
use super::pages::Pages;
use super::parameters::Parameters;
use super::read;

/// A call to place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCall {
    /// Whom to ring.
    pub to: PhoneNumber,
    /// Which number they see: one of ours, or a verified one.
    pub from: PhoneNumber,
    /// What happens when somebody answers.
    pub script: Script,
    /// A URL that is told how it fares.
    pub status_callback: Option<Webhook>,
    /// What it is told of; of the end alone if this is empty.
    pub events: Vec<LegEvent>,
    /// How many seconds to ring: at most 600, 60 unless told otherwise, and Twilio may add five.
    pub timeout: Option<u16>,
    /// Whether to find out if a person has answered.
    pub machine_detection: Option<MachineDetection>,
}

/// What happens on a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Script {
    /// What this URL answers.
    Url(Webhook),
    /// This TwiML: at most 4000 characters, every URL in it absolute.
    Twiml(Private),
}

/// How to find out whether a person has answered. It costs extra.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MachineDetection {
    /// As soon as it is clear.
    Enable,
    /// A mailbox has finished its greeting first.
    DetectMessageEnd,
}

impl MachineDetection {
    fn as_str(self) -> &'static str {
        match self {
            Self::Enable => "Enable",
            Self::DetectMessageEnd => "DetectMessageEnd",
        }
    }
}

/// What to do with a call that has been placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallChange {
    /// Ends it if nobody has answered yet.
    Cancel,
    /// Ends it in any case.
    Complete,
    /// Goes on with another script. The call must have been answered.
    Redirect(Script),
}

/// A call as Twilio's REST API tells of it: one leg.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "WireCall")]
pub struct PlacedCall {
    /// Which one.
    pub sid: CallSid,
    /// Where it stands.
    pub status: CallStatus,
    /// Whom it rings.
    pub to: Caller,
    /// Whom they see.
    pub from: Caller,
    /// Which way it goes: `outbound-api`, `outbound-dial`, `inbound` …
    pub direction: Option<String>,
    /// What machine detection found: `human`, `machine_start`, `unknown` …
    pub answered_by: Option<String>,
    /// How many seconds it lasted, once it is over.
    pub duration: Option<u32>,
    /// What it has cost, once that is known: below zero.
    pub price: Option<Money>,
    /// When Twilio got it.
    pub created: Option<Timestamp>,
    /// When it was dialled.
    pub started: Option<Timestamp>,
    /// When it was over.
    pub ended: Option<Timestamp>,
}

#[derive(Deserialize)]
struct WireCall {
    #[serde(deserialize_with = "read::required")]
    sid: CallSid,
    #[serde(deserialize_with = "read::required")]
    status: CallStatus,
    #[serde(default, deserialize_with = "read::or_default")]
    to: String,
    #[serde(default, deserialize_with = "read::or_default")]
    from: String,
    #[serde(default, deserialize_with = "read::optional")]
    direction: Option<String>,
    #[serde(default, deserialize_with = "read::optional")]
    answered_by: Option<String>,
    #[serde(default, deserialize_with = "read::optional")]
    duration: Option<u32>,
    #[serde(default, deserialize_with = "read::optional")]
    price: Option<Decimal>,
    #[serde(default, deserialize_with = "read::optional")]
    price_unit: Option<Currency>,
    #[serde(default, deserialize_with = "read::instant")]
    date_created: Option<Timestamp>,
    #[serde(default, deserialize_with = "read::instant")]
    start_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "read::instant")]
    end_time: Option<Timestamp>,
}

impl From<WireCall> for PlacedCall {
    fn from(read: WireCall) -> Self {
        Self {
            sid: read.sid,
            status: read.status,
            to: read.to.as_str().into(),
            from: read.from.as_str().into(),
            direction: read.direction,
            answered_by: read.answered_by,
            duration: read.duration,
            price: read.price.zip(read.price_unit).map(|(amount, currency)| Money::new(amount, currency)),
            created: read.date_created,
            started: read.start_time,
            ended: read.end_time,
        }
    }
}

impl PlacedCall {
    /// Whether it was placed by a request like [`Client::place_call`], and not by a `<Dial>` or a caller. One that does
    /// not say counts as placed.
    pub fn is_placed_by_api(&self) -> bool {
        self.direction.as_deref().is_none_or(|direction| direction == "outbound-api")
    }
}

/// Which calls.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallFilter {
    /// To this number.
    pub to: Option<PhoneNumber>,
    /// From this number.
    pub from: Option<PhoneNumber>,
    /// Dialled then or later. A call that still waits has not been dialled: to look for one, leave this out.
    pub started_since: Option<Timestamp>,
}

impl Script {
    fn added_to(&self, form: Parameters) -> Parameters {
        match self {
            Self::Url(webhook) => form.with("Url", &webhook.url).with("Method", webhook.method.as_str()),
            Self::Twiml(xml) => form.with("Twiml", xml.as_str()),
        }
    }
}

impl Client {
    /// Rings somebody. Done twice, it rings twice. More than one a second wait at Twilio.
    ///
    /// # Errors
    /// Any [`Error`]. After one that [may have happened](Error::may_have_happened), [`Client::calls`] tells.
    pub async fn place_call(&self, call: &NewCall) -> Result<PlacedCall, Error> {
        let form = Parameters::new().with("To", call.to.as_e164()).with("From", call.from.as_e164());
        let callback = call.status_callback.as_ref();
        let form = call
            .script
            .added_to(form)
            .with_any("StatusCallback", callback.map(|webhook| &webhook.url))
            .with_any("StatusCallbackMethod", callback.map(|webhook| webhook.method.as_str()))
            .with_each("StatusCallbackEvent", call.events.iter().map(|event| event.as_str()))
            .with_any("Timeout", call.timeout)
            .with_any("MachineDetection", call.machine_detection.map(MachineDetection::as_str));
        self.post(self.path("/Calls.json"), form).await
    }

    /// One call.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn fetch_call(&self, call: &CallSid) -> Result<PlacedCall, Error> {
        let path = self.path(format_args!("/Calls/{call}.json"));
        self.get(Product::Api, path).await
    }

    /// Ends a call, or goes on with it otherwise.
    ///
    /// # Errors
    /// Any [`Error`]: refused with 21220 when the call is not at that point.
    pub async fn change_call(&self, call: &CallSid, change: &CallChange) -> Result<PlacedCall, Error> {
        let form = match change {
            CallChange::Cancel => Parameters::new().with("Status", "canceled"),
            CallChange::Complete => Parameters::new().with("Status", "completed"),
            CallChange::Redirect(script) => script.added_to(Parameters::new()),
        };
        let path = self.path(format_args!("/Calls/{call}.json"));
        self.post(path, form).await
    }

    /// Calls, the newest first, fifty on a page.
    pub fn calls(&self, filter: &CallFilter) -> Pages<'_, PlacedCall> {
        let query = Parameters::new()
            .with_any("To", filter.to.as_ref().map(PhoneNumber::as_e164))
            .with_any("From", filter.from.as_ref().map(PhoneNumber::as_e164))
            .with_any("StartTime>", filter.started_since.map(read::in_seconds))
            .with("PageSize", 50);
        Pages::new(self, Product::Api, "calls", query.after(self.path("/Calls.json")))
    }
}
