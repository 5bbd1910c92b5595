//! What this function is told by its environment.

use entry::{Environment, Misconfigured, PublicUrl};

/// The configuration of the fallback function; each field names its variable.
#[derive(Debug)]
pub struct Settings {
    /// `TABLE_NAME`: the table.
    pub table: String,
    /// `FALLBACK_BUCKET`: where the documents stand, for everybody who knows their address.
    pub bucket: String,
    /// `PUBLIC_BASE_URL`: what stands before every route of the voice function, which is told of messages.
    pub public_url: PublicUrl,
}

impl Settings {
    /// Reads the environment.
    ///
    /// # Errors
    /// Names the variable that is missing or unusable.
    pub fn read(environment: &Environment) -> Result<Self, Misconfigured> {
        Ok(Self {
            table: environment.text("TABLE_NAME")?,
            bucket: environment.text("FALLBACK_BUCKET")?,
            public_url: environment.parsed("PUBLIC_BASE_URL")?,
        })
    }
}
