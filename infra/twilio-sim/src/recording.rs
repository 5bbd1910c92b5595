//! Recordings of callers.
use std::time::Duration;

/// What a Record verb kept.
#[derive(Debug, Clone)]
pub(crate) struct Recording {
    pub(crate) sid: String,
    pub(crate) call: String,
    pub(crate) started: Duration,
    pub(crate) seconds: u64,
    pub(crate) words: String,
    /// Answers 404 until then.
    pub(crate) ready: bool,
}
