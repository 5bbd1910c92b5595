//! What this function is told by its environment.

use std::time::Duration;

use entry::{Environment, Misconfigured, PublicUrl};

/// The configuration of the voice function; each field names its variable.
#[derive(Debug)]
pub struct Settings {
    /// `TABLE_NAME`: the table.
    pub table: String,
    /// `INCIDENT_QUEUE_URL`: where the incident pipeline is told of calls.
    pub queue_url: String,
    /// `TWILIO_SECRET_ID`: name or ARN of the secret with the Twilio accounts' tokens.
    pub secret_id: String,
    /// `PUBLIC_BASE_URL`: what stands before every route in the URLs given to Twilio.
    pub public_url: PublicUrl,
    /// `CALL_LOG_DAYS`: how long a call's log is kept; 400 days if not set.
    pub call_log_days: u32,
    /// `DEADLINE_MS`: after how long a caller is told to wait instead; 3,500 ms if not set. Twilio gives up after 15 s.
    /// It begins when the request has passed the gate, and is over when the call is saved: the gate's secrets come
    /// before it, the queue after it (decision 0007 adds them up).
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_set_is_as_documented() {
        let set = [
            ("TABLE_NAME", "dutyline"),
            ("INCIDENT_QUEUE_URL", "https://sqs.example.org/1/incidents"),
            ("TWILIO_SECRET_ID", "twilio"),
            ("PUBLIC_BASE_URL", "https://hotline.example.org"),
        ];
        let value =
            move |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let settings = Settings::read(&Environment::of(value)).unwrap();
        assert_eq!(settings.deadline, Duration::from_millis(3500));
        assert_eq!(settings.call_log_days, 400);
    }
}
