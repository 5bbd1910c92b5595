//! What would have been billed.
use std::time::Duration;

/// What Twilio charges for.
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
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// When it was incurred.
    pub at: Duration,
    /// The leg.
    pub call: String,
    /// What for.
    pub item: Item,
    /// How many minutes.
    pub minutes: u64,
}

/// Begun minutes of so many seconds.
pub(crate) fn minutes(seconds: u64) -> u64 {
    seconds.div_ceil(60)
}
