//! What would have been billed.
use std::time::Duration;

use crate::money::Money;

/// What Twilio charges for, or at least books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// A minute of an inbound call, begun minutes count.
    InboundMinutes,
    /// A minute of a leg that Twilio placed, begun minutes count.
    OutboundMinutes,
    /// A minute of recording.
    RecordingMinutes,
    /// A minute of transcription.
    TranscriptionMinutes,
    /// A number's first month, at its purchase.
    NumberBought,
    /// The end of a number; costs nothing.
    NumberReleased,
    /// A text, by its segments.
    MessageSegments,
    /// A text that came in, by its segments.
    InboundSegments,
}

impl Item {
    /// A minute's price; the others are priced one by one.
    fn minute(self) -> Money {
        Money::of(match self {
            Self::InboundMinutes => 85,
            Self::OutboundMinutes => 140,
            Self::RecordingMinutes => 25,
            Self::TranscriptionMinutes => 500,
            Self::NumberBought | Self::NumberReleased | Self::MessageSegments | Self::InboundSegments => 0,
        })
    }
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// When it was incurred.
    pub at: Duration,
    /// Who pays.
    pub account: String,
    /// The leg, number or message.
    pub sid: String,
    /// What for.
    pub item: Item,
    /// How many minutes, of what is billed by the minute.
    pub minutes: u64,
    /// The number that was bought or released.
    pub number: Option<String>,
    /// What its owner called it at that moment.
    pub name: Option<String>,
    /// In all.
    pub price: Money,
}

impl Charge {
    /// Minutes of something.
    pub(crate) fn minutes(at: Duration, account: &str, sid: &str, item: Item, minutes: u64) -> Self {
        Self { minutes, ..Self::priced(at, account, sid, item, item.minute() * minutes) }
    }

    /// Something with a price of its own.
    pub(crate) fn priced(at: Duration, account: &str, sid: &str, item: Item, price: Money) -> Self {
        let (account, sid) = (account.to_owned(), sid.to_owned());
        Self { at, account, sid, item, minutes: 0, number: None, name: None, price }
    }
}

/// Begun minutes of so many seconds.
pub(crate) fn minutes(seconds: u64) -> u64 {
    seconds.div_ceil(60)
}
