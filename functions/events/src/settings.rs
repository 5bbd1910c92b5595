//! What this function is told by its environment.

use entry::{Environment, Misconfigured};

/// The configuration of the intake; each field names its variable.
#[derive(Debug)]
pub struct Settings {
    /// `TABLE_NAME`: the table.
    pub table: String,
    /// `INCIDENT_QUEUE_URL`: where events go.
    pub queue_url: String,
    /// `MAX_EVENTS_PER_MINUTE`: how many events a routing key may bring in a minute; 3,000 if not set.
    pub events_per_minute: u32,
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
            events_per_minute: environment.parsed_or("MAX_EVENTS_PER_MINUTE", 3000)?,
        })
    }
}
