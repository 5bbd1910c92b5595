use jiff::Timestamp;
use phone::PhoneNumber;
use serde::Deserialize;

use crate::value_set::value_set;
use crate::webhook::Caller;
use crate::{MessageSid, Private};

use super::client::Client;
use super::codes::Currency;
use super::decimal::Decimal;
use super::error::Error;
use super::hosts::Product;
use super::money::Money;
use super::pages::Pages;
use super::parameters::Parameters;
use super::read;

/// A text to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// To whom.
    pub to: PhoneNumber,
    /// From which of our numbers.
    pub from: PhoneNumber,
    /// What; at most 1600 characters, and more than one segment costs more.
    pub body: Private,
    /// A URL that is told how it fares.
    pub status_callback: Option<String>,
    /// How many seconds it may wait before it is not worth sending any more: 1 to 36000.
    pub validity_seconds: Option<u32>,
}

value_set! {
    /// How a text fares. Reports come in any order.
    MessageStatus {
        /// A messaging service has it.
        Accepted = "accepted",
        /// For later.
        Scheduled = "scheduled",
        /// Waiting for its turn.
        Queued = "queued",
        /// On its way to the carrier.
        Sending = "sending",
        /// The carrier has it.
        Sent = "sent",
        /// The telephone has it.
        Delivered = "delivered",
        /// It did not reach the telephone.
        Undelivered = "undelivered",
        /// It was not sent.
        Failed = "failed",
        /// Coming in.
        Receiving = "receiving",
        /// Come in.
        Received = "received",
        /// Taken back before it was sent.
        Canceled = "canceled",
        /// Seen by its recipient.
        Read = "read",
    }
}

/// A text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "WireMessage")]
pub struct Message {
    /// Which one.
    pub sid: MessageSid,
    /// How it fares.
    pub status: MessageStatus,
    /// To whom.
    pub to: Caller,
    /// From whom.
    pub from: Caller,
    /// What.
    pub body: Private,
    /// How many segments it takes.
    pub segments: Option<u32>,
    /// What it has cost, once that is known: below zero.
    pub price: Option<Money>,
    /// Why it did not arrive; [`meaning`](super::meaning) knows some.
    pub error_code: Option<u32>,
    /// When Twilio got it.
    pub created: Option<Timestamp>,
    /// When it was sent.
    pub sent: Option<Timestamp>,
}

#[derive(Deserialize)]
struct WireMessage {
    #[serde(deserialize_with = "read::required")]
    sid: MessageSid,
    #[serde(deserialize_with = "read::required")]
    status: MessageStatus,
    #[serde(default, deserialize_with = "read::or_default")]
    to: String,
    #[serde(default, deserialize_with = "read::or_default")]
    from: String,
    #[serde(default, deserialize_with = "read::private")]
    body: Private,
    #[serde(default, deserialize_with = "read::optional")]
    num_segments: Option<u32>,
    #[serde(default, deserialize_with = "read::optional")]
    price: Option<Decimal>,
    #[serde(default, deserialize_with = "read::optional")]
    price_unit: Option<Currency>,
    #[serde(default, deserialize_with = "read::optional")]
    error_code: Option<u32>,
    #[serde(default, deserialize_with = "read::instant")]
    date_created: Option<Timestamp>,
    #[serde(default, deserialize_with = "read::instant")]
    date_sent: Option<Timestamp>,
}

impl From<WireMessage> for Message {
    fn from(read: WireMessage) -> Self {
        Self {
            sid: read.sid,
            status: read.status,
            to: read.to.as_str().into(),
            from: read.from.as_str().into(),
            body: read.body,
            segments: read.num_segments,
            price: read.price.zip(read.price_unit).map(|(amount, currency)| Money::new(amount, currency)),
            error_code: read.error_code,
            created: read.date_created,
            sent: read.date_sent,
        }
    }
}

/// Which texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageFilter {
    /// To this number.
    pub to: Option<PhoneNumber>,
    /// From this number.
    pub from: Option<PhoneNumber>,
    /// Sent then or later. A text that still waits has not been sent: to look for one, leave this out.
    pub sent_since: Option<Timestamp>,
}

impl Client {
    /// Sends a text. Done twice, it is sent twice.
    ///
    /// # Errors
    /// Any [`Error`]. After one that [may have happened](Error::may_have_happened), [`Client::messages`] tells.
    pub async fn send_message(&self, message: &NewMessage) -> Result<Message, Error> {
        let form = Parameters::new()
            .with("To", message.to.as_e164())
            .with("From", message.from.as_e164())
            .with("Body", message.body.as_str())
            .with_any("StatusCallback", message.status_callback.as_ref())
            .with_any("ValidityPeriod", message.validity_seconds);
        self.post(self.path("/Messages.json"), form).await
    }

    /// One text.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn fetch_message(&self, message: &MessageSid) -> Result<Message, Error> {
        let path = self.path(format_args!("/Messages/{message}.json"));
        self.get(Product::Api, path).await
    }

    /// Texts, the newest first, fifty on a page.
    pub fn messages(&self, filter: &MessageFilter) -> Pages<'_, Message> {
        let query = Parameters::new()
            .with_any("To", filter.to.as_ref().map(PhoneNumber::as_e164))
            .with_any("From", filter.from.as_ref().map(PhoneNumber::as_e164))
            .with_any("DateSent>", filter.sent_since.map(read::in_seconds))
            .with("PageSize", 50);
        Pages::new(self, Product::Api, "messages", query.after(self.path("/Messages.json")))
    }
}
