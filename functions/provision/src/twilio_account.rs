//! Speaking with Twilio for a connected account.

use secrecy::SecretString;
use store::Integration;
use twilio::{
    AccountSid, ApiKeySid,
    rest::{Client, Credentials, Error, Refusal},
};

use crate::{
    app::App,
    failure::{Cause, Failure},
};

impl App {
    /// An account that is connected.
    pub(crate) async fn integration(&self, account: &str) -> Result<Integration, Failure> {
        let unknown = || Failure::from(Cause::NotFound).detail("no such Twilio account is connected");
        self.store.integration(account).await?.ok_or_else(unknown)
    }

    /// A client for an account that is connected.
    pub(crate) async fn twilio(&self, account: &str) -> Result<Client, Failure> {
        let integration = self.integration(account).await?;
        let lost = || Failure::from(Cause::CredentialsRefused).detail("its API key is gone; rotate it");
        let key = self.numbers.vault.key(&integration.account).await?.ok_or_else(lost)?;
        let sids = integration.account.parse().ok().zip(key.sid.parse().ok());
        let (account, sid) = sids.ok_or_else(lost)?;
        Ok(self.by_key(account, sid, key.secret))
    }

    /// A client that signs in with an API key.
    pub(crate) fn by_key(&self, account: AccountSid, key: ApiKeySid, secret: SecretString) -> Client {
        self.client(Credentials::api_key(account, key, secret))
    }

    /// A client that signs in with an auth token.
    pub(crate) fn by_token(&self, account: AccountSid, token: SecretString) -> Client {
        self.client(Credentials::auth_token(account, token))
    }

    fn client(&self, credentials: Credentials) -> Client {
        let pace = &self.numbers.pace;
        Client::new(credentials, self.numbers.hosts.clone()).with_timeouts(pace.timeouts).with_repeats(pace.repeats)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        tracing::warn!(%error, "Twilio did not do what it was asked");
        match &error {
            Error::Refused(refusal) | Error::NotFound(refusal) => {
                Self::from(Cause::TwilioRefused).detail(refusal.to_string())
            }
            Error::Unauthorised(refusal) => Self::from(Cause::CredentialsRefused).detail(refusal.to_string()),
            Error::TooManyRequests { .. } => Self::from(Cause::Unavailable).detail("Twilio is asked too much at once"),
            _ => Self::from(Cause::TwilioUnreachable),
        }
    }
}

/// What Twilio said, with its own sentence: for an address, that holds what it suggests.
pub(crate) fn with_sentence(refusal: &Refusal) -> String {
    match &refusal.message {
        Some(message) => format!("{refusal} Twilio says: {}", message.as_str()),
        None => refusal.to_string(),
    }
}
