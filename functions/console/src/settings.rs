//! What this function is told by its environment.

use entry::{Environment, Misconfigured, PublicUrl};

/// The configuration of the console; each field names its variable.
#[derive(Debug)]
pub struct Settings {
    /// `PUBLIC_BASE_URL`: where the admin API is, and where browsers find these pages.
    pub public_url: PublicUrl,
}

impl Settings {
    /// Reads the environment.
    ///
    /// # Errors
    /// Names the variable that is missing or unusable.
    pub fn read(environment: &Environment) -> Result<Self, Misconfigured> {
        Ok(Self { public_url: environment.parsed("PUBLIC_BASE_URL")? })
    }
}
