//! One leg of a call: what Twilio calls a Call resource.
use std::{collections::VecDeque, fmt, time::Duration};

use crate::{fetch::Document, twiml::StatusCallback};

/// Where a leg stands. Written as Twilio writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CallStatus {
    /// Waits for its turn (REST calls start one a second).
    Queued,
    /// Left Twilio, nothing rings yet.
    Initiated,
    /// Rings.
    Ringing,
    /// Somebody, or something, answered.
    InProgress,
    /// Over after it was answered.
    Completed,
    /// Over: busy or declined.
    Busy,
    /// Over: could not be reached.
    Failed,
    /// Over: rang out.
    NoAnswer,
    /// Over: given up by the calling side while it rang.
    Canceled,
}

impl CallStatus {
    /// Twilio's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Initiated => "initiated",
            Self::Ringing => "ringing",
            Self::InProgress => "in-progress",
            Self::Completed => "completed",
            Self::Busy => "busy",
            Self::Failed => "failed",
            Self::NoAnswer => "no-answer",
            Self::Canceled => "canceled",
        }
    }

    /// True for the five statuses after which nothing follows.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::Busy | Self::Failed | Self::NoAnswer | Self::Canceled)
    }
}

impl fmt::Display for CallStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Who placed a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Inbound,
    OutboundApi,
    OutboundDial,
}

impl Direction {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::OutboundApi => "outbound-api",
            Self::OutboundDial => "outbound-dial",
        }
    }
}

/// What reaches the interpreter that controls a leg.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Signal {
    Key(char),
    Answered,
    Refused(CallStatus),
    ChildAnswered(String),
    ChildReady(String),
    ChildOver(String),
}

/// Why the interpreter of a leg must stop what it does.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stop {
    /// The person at the far end hung up.
    HungUp,
    /// Twilio ended the leg: REST, the other side of a bridge, a time limit.
    Ended(CallStatus),
    /// REST gave it another document.
    Redirected(Box<Document>),
}

/// A leg and all that is known of it.
pub(crate) struct Leg {
    pub(crate) sid: String,
    pub(crate) account: String,
    pub(crate) parent: Option<String>,
    pub(crate) root: String,
    pub(crate) direction: Direction,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) status: CallStatus,
    pub(crate) created: Duration,
    pub(crate) answered: Option<Duration>,
    pub(crate) ended: Option<Duration>,
    pub(crate) mailbox: VecDeque<Signal>,
    pub(crate) stop: Option<Stop>,
    pub(crate) callback: Option<StatusCallback>,
    pub(crate) sequence: u32,
    pub(crate) fallback: Option<(String, String)>,
    /// How often a Gather has finished its prompt and waited for a key.
    pub(crate) asked: u32,
    pub(crate) bridged_with: Option<String>,
    /// The person at the far end speaks until then.
    pub(crate) talks_until: Duration,
    pub(crate) spoken: Vec<(Duration, String)>,
    /// Refused by Reject before it was answered: nothing is billed.
    pub(crate) rejected: bool,
}

impl Leg {
    /// The number of the person at the far end.
    pub(crate) fn person(&self) -> &str {
        match self.direction {
            Direction::Inbound => &self.from,
            Direction::OutboundApi | Direction::OutboundDial => &self.to,
        }
    }

    /// Whole seconds from answer to end (or to the given instant while it lasts).
    pub(crate) fn seconds(&self, now: Duration) -> u64 {
        let end = self.ended.unwrap_or(now);
        self.answered.map_or(0, |start| {
            let spent = end.saturating_sub(start);
            spent.as_secs() + u64::from(spent.subsec_nanos() > 0)
        })
    }
}
