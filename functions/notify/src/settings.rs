//! What this function is told by its environment.

use entry::{Environment, Misconfigured, PublicUrl};
use twilio::rest::Hosts;

/// The configuration of the function that pages; each field names its variable.
#[derive(Debug)]
pub struct Settings {
    /// `TABLE_NAME`: the table.
    pub table: String,
    /// `INCIDENT_QUEUE_URL`: where errands are left.
    pub queue_url: String,
    /// `TWILIO_REST_SECRET_ID`: name or ARN of the secret with the API keys that can spend.
    pub twilio_rest_secret_id: String,
    /// `TWILIO_BASE_URL`: where Twilio is, if it is on loopback.
    pub twilio: Hosts,
    /// `PUBLIC_BASE_URL`: what stands before every webhook's route.
    pub public_url: PublicUrl,
    /// `APP_NAME`: what a page calls its sender; `Dutyline` if not set.
    pub app_name: String,
    /// `CALL_LOG_DAYS`: how long an incident is kept after its end; 400 days if not set.
    pub call_log_days: u32,
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
            twilio_rest_secret_id: environment.text("TWILIO_REST_SECRET_ID")?,
            twilio: match environment.optional("TWILIO_BASE_URL") {
                Some(url) => Hosts::all_at(&url)
                    .map_err(|source| Misconfigured::Unusable { name: "TWILIO_BASE_URL", source: source.into() })?,
                None => Hosts::default(),
            },
            public_url: environment.parsed("PUBLIC_BASE_URL")?,
            app_name: environment.optional("APP_NAME").unwrap_or_else(|| "Dutyline".to_owned()),
            call_log_days: environment.parsed_or("CALL_LOG_DAYS", 400)?,
        })
    }
}
