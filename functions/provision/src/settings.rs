//! What this function is told by its environment.

use entry::{Environment, Misconfigured};

/// The configuration of the admin API; each field names its variable.
#[derive(Debug)]
pub struct Settings {
    /// `TABLE_NAME`: the table.
    pub table: String,
    /// `ADMIN_TOKEN_SECRET_ID`: name or ARN of the secret that holds the first administrator's token.
    pub admin_secret_id: String,
    /// `CALL_LOG_DAYS`: how long a call's log is kept; 400 days if not set.
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
            admin_secret_id: environment.text("ADMIN_TOKEN_SECRET_ID")?,
            call_log_days: environment.parsed_or("CALL_LOG_DAYS", 400)?,
        })
    }
}
