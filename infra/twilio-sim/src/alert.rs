//! Twilio's debugger: what it would have warned of.
use std::{fmt, time::Duration};

/// A fault that Twilio would have logged, or a rule of the simulator that was broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Virtual time.
    pub at: Duration,
    /// Twilio's code; 0 when Twilio has none because only the simulator minds.
    pub code: u32,
    /// What was wrong.
    pub message: String,
    /// The URL of the document or request that was at fault.
    pub url: String,
    /// The leg that it happened on, if any.
    pub call: Option<String>,
    /// True when a fault that the test asked for brought it about.
    pub provoked: bool,
}

impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({})", self.code, self.message, self.url)
    }
}
