//! What callers leave.

/// What a caller left.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Message {
    /// Twilio's RecordingSid.
    pub recording: Option<String>,
    /// How long it is, seconds.
    pub seconds: Option<u32>,
    /// What Twilio understood.
    pub transcript: Transcript,
}

impl Message {
    /// Whether there is something to hear or to read: neither silence nor a transcription that failed is a message.
    pub fn was_left(&self) -> bool {
        let recorded = self.recording.is_some() && self.seconds != Some(0);
        recorded || matches!(self.transcript, Transcript::Text(_))
    }
}

/// What Twilio understood of a message.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Transcript {
    /// Not asked for, or not here yet.
    #[default]
    None,
    /// Twilio could not.
    Failed,
    /// The words.
    Text(String),
}
