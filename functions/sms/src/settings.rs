//! What this function is told by its environment.

use std::time::Duration;

use entry::{Environment, Misconfigured, PublicUrl};

/// The configuration of the messaging function; each field names its variable.
#[derive(Debug)]
pub struct Settings {
    /// `TABLE_NAME`: the table.
    pub table: String,
    /// `INCIDENT_QUEUE_URL`: where the incident pipeline is told of texts, and errands are left.
    pub queue_url: String,
    /// `TWILIO_SECRET_ID`: name or ARN of the secret with the Twilio accounts' tokens.
    pub secret_id: String,
    /// `PUBLIC_BASE_URL`: what stands before every route in the URLs given to Twilio.
    pub public_url: PublicUrl,
    /// `CALL_LOG_DAYS`: how long an incident is kept after its end, as a call's log is; 400 days if not set.
    pub call_log_days: u32,
    /// `APP_NAME`: who says that it writes to responders; Dutyline if not set.
    pub app_name: String,
    /// `DEADLINE_MS`: after how long somebody is told to try again; 10,000 ms if not set. Twilio gives up after 15 s,
    /// and unlike a caller, nobody listens to silence meanwhile.
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
            app_name: environment.optional("APP_NAME").unwrap_or_else(|| "Dutyline".to_owned()),
            deadline: Duration::from_millis(environment.parsed_or("DEADLINE_MS", 10_000)?),
        })
    }
}
