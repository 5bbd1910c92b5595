//! Texts, those that the product sends and those that phones send to it.
use std::time::Duration;

use crate::{catalogue, media::Media, money::Money, segments::segments, world::World};

/// A number sends one text a second.
const BETWEEN_TEXTS: Duration = Duration::from_secs(1);

/// Where a text stands. Written as Twilio writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageStatus {
    /// Waits for its turn: a number sends one a second.
    Queued,
    /// Its turn has come.
    Sending,
    /// A carrier has it.
    Sent,
    /// The phone has it.
    Delivered,
    /// The carrier could not deliver it.
    Undelivered,
    /// Twilio could not send it.
    Failed,
    /// Came in from a phone.
    Received,
}

impl MessageStatus {
    /// Twilio's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Undelivered => "undelivered",
            Self::Failed => "failed",
            Self::Received => "received",
        }
    }
}

/// What becomes of texts to a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Texting {
    /// They arrive.
    #[default]
    Received,
    /// Accepted and sent, but the carrier reports this error, such as 30003.
    Undelivered(u32),
    /// Accepted, but never sent, for this error, such as 30007.
    Failed(u32),
    /// Refused at once with this error: 21614 for a landline, 21612 unreachable, 21408 a country not allowed.
    Refused(u32),
}

/// A text as a phone shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// When it arrived.
    pub at: Duration,
    /// The number that sent it.
    pub from: String,
    /// What it says.
    pub body: String,
    /// The message's identifier.
    pub sid: String,
    /// The addresses of what came with it.
    pub media: Vec<String>,
}

/// Who had a text sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sender {
    /// A phone.
    Phone,
    /// The product, by REST.
    Api,
    /// The product, in the document that answers a text; or Twilio itself, to a word such as STOP.
    Reply,
}

impl Sender {
    /// Twilio's word for the direction.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "inbound",
            Self::Api => "outbound-api",
            Self::Reply => "outbound-reply",
        }
    }
}

/// What a text is made of.
pub(crate) struct Draft {
    pub(crate) account: String,
    pub(crate) sender: Sender,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) body: String,
    pub(crate) media: Vec<Media>,
    pub(crate) callback: Option<String>,
}

/// A message resource.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) sid: String,
    pub(crate) account: String,
    pub(crate) sender: Sender,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) body: String,
    pub(crate) segments: u64,
    pub(crate) media: Vec<Media>,
    pub(crate) status: MessageStatus,
    pub(crate) error: Option<u32>,
    pub(crate) callback: Option<String>,
    pub(crate) created: Duration,
    /// When its turn is.
    pub(crate) starts: Duration,
    pub(crate) sent: Option<Duration>,
    pub(crate) updated: Duration,
}

impl Message {
    /// Segments cost what the country asks.
    pub(crate) fn price(&self) -> Money {
        let segment = catalogue::country_of(&self.to).map_or(Money::of(500), |country| country.segment);
        segment * self.segments
    }
}

/// Twilio's sentence for an error of delivery.
pub(crate) fn sentence(code: u32) -> &'static str {
    match code {
        30003 => "Unreachable destination handset",
        30004 => "Message blocked",
        30005 => "Unknown destination handset",
        30006 => "Landline or unreachable carrier",
        30007 => "Message filtered",
        30032 => "Toll-Free Number Has Not Been Verified",
        30034 => "US A2P 10DLC - Message from an Unregistered Number",
        _ => "Unknown error",
    }
}

impl World {
    /// A text that is to be sent, or that has come in. Its identifier.
    pub(crate) fn add_message(&mut self, draft: Draft) -> String {
        let Draft { account, sender, from, to, body, media, callback } = draft;
        let sid = self.sids.make(if media.is_empty() { "SM" } else { "MM" });
        let outgoing = self.messages.values().filter(|text| text.sender != Sender::Phone && text.from == from);
        let turn = outgoing.map(|text| text.starts + BETWEEN_TEXTS).max().unwrap_or_default().max(self.now);
        let inbound = sender == Sender::Phone;
        let message = Message {
            sid: sid.clone(),
            account,
            sender,
            from,
            to,
            segments: segments(&body),
            body,
            media,
            status: if inbound { MessageStatus::Received } else { MessageStatus::Queued },
            error: None,
            callback,
            created: self.now,
            starts: if inbound { self.now } else { turn },
            sent: inbound.then_some(self.now),
            updated: self.now,
        };
        self.messages.insert(sid.clone(), message);
        sid
    }

    /// What becomes of texts to a number.
    pub(crate) fn texting(&self, number: &str) -> Texting {
        self.phones.get(number).map(|phone| phone.texting).unwrap_or_default()
    }

    pub(crate) fn opt_out(&mut self, phone: &str, from: &str, out: bool) {
        let refused = &mut self.phones.entry(phone.to_owned()).or_default().opted_out;
        if out {
            refused.insert(from.to_owned());
        } else {
            refused.remove(from);
        }
    }

    pub(crate) fn has_opted_out(&self, phone: &str, from: &str) -> bool {
        self.phones.get(phone).is_some_and(|phone| phone.opted_out.contains(from))
    }
}
