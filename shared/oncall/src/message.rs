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
