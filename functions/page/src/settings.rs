//! What this function is told by its environment.

use std::time::Duration;

use entry::{Environment, Misconfigured, PublicUrl};

/// The configuration of the voice page; each field names its variable.
#[derive(Debug)]
pub struct Settings {
    /// `TABLE_NAME`: the table.
    pub table: String,
    /// `INCIDENT_QUEUE_URL`: where what follows from a key is left to whoever sends.
    pub queue_url: String,
    /// `TWILIO_SECRET_ID`: name or ARN of the secret with the Twilio accounts' tokens.
    pub secret_id: String,
    /// `PUBLIC_BASE_URL`: what stands before every route in the URLs given to Twilio.
    pub public_url: PublicUrl,
    /// `CALL_LOG_DAYS`: how long an incident is kept after its end; 400 days if not set.
    pub call_log_days: u32,
    /// `DEADLINE_MS`: after how long a responder is told to wait instead; 3,500 ms if not set. Twilio gives up after
    /// 15 s.
    pub deadline: Duration,
}

impl Settings {
    /// Reads the environment.
    ///
    /// # Errors
    /// Names the variable that is missing or unusable.
    pub fn read(environment: &Environment) -> Result<Self, Misconfigured> {
        Ok(Self {
            table: environment.text("TABLE_NAME")?,
            queue_url: environment.text("INCIDENT_QUEUE_URL")?,
            secret_id: environment.text("TWILIO_SECRET_ID")?,
            public_url: environment.parsed("PUBLIC_BASE_URL")?,
            call_log_days: environment.parsed_or("CALL_LOG_DAYS", 400)?,
            deadline: Duration::from_millis(environment.parsed_or("DEADLINE_MS", 3500)?),
        })
    }
}
