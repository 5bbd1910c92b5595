//! Texts that the product sends.
use std::time::Duration;

use crate::{catalogue, money::Money, world::World};

/// Where a text stands. Written as Twilio writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageStatus {
    /// Waits for its turn: a number sends one a second.
    Queued,
    /// A carrier has it.
    Sent,
    /// The phone has it.
    Delivered,
    /// The carrier could not deliver it.
    Undelivered,
    /// Twilio could not send it.
    Failed,
}

impl MessageStatus {
    /// Twilio's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Undelivered => "undelivered",
            Self::Failed => "failed",
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
}

/// A message resource.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) sid: String,
    pub(crate) account: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) body: String,
    pub(crate) segments: u64,
    pub(crate) media: usize,
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
