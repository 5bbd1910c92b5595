//! Recordings of callers, and of two people.
use std::time::Duration;

/// What a Record or a Dial verb kept.
#[derive(Debug, Clone)]
pub(crate) struct Recording {
    pub(crate) sid: String,
    pub(crate) call: String,
    pub(crate) started: Duration,
    pub(crate) seconds: u64,
    pub(crate) source: Source,
    pub(crate) channels: u8,
    pub(crate) words: String,
    /// Answers 404 until then.
    pub(crate) ready: bool,
}

/// What made a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    RecordVerb,
    DialVerb,
}

impl Source {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::RecordVerb => "RecordVerb",
            Self::DialVerb => "DialVerb",
        }
    }
}
