//! What this function is told by its environment.

use entry::{Environment, Misconfigured, PublicUrl};

use crate::Issuer;

/// The configuration of the console; each field names its variable.
#[derive(Debug)]
pub struct Settings {
    /// `PUBLIC_BASE_URL`: where the admin API is, and where browsers find these pages.
    pub public_url: PublicUrl,
    /// `JWT_ISSUER` and `JWT_AUDIENCE`: where people may sign in instead of showing a token, and what the console is called
    /// there; nowhere, if they are not set.
    pub issuer: Option<Issuer>,
}

impl Settings {
    /// Reads the environment.
    ///
    /// # Errors
    /// Names the variable that is missing or unusable.
    pub fn read(environment: &Environment) -> Result<Self, Misconfigured> {
        let issuer = environment.optional("JWT_ISSUER").zip(environment.optional("JWT_AUDIENCE"));
        Ok(Self {
            public_url: environment.parsed("PUBLIC_BASE_URL")?,
            issuer: issuer.map(|(url, client_id)| Issuer { url, client_id }),
        })
    }
}
