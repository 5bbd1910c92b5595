//! The Twilio accounts' secrets, held in memory.

use std::sync::{Arc, PoisonError, RwLock};

use aws_sdk_secretsmanager::Client;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;

use crate::accounts::{Accounts, NotAccounts};
use crate::chain::Chain;
use crate::clock::Clock;

/// How often a signature that does not verify may cause the secret to be read again. A rotated secret is picked up at
/// once, and whoever sends forged requests costs us two reads a minute, not one a request.
pub const REFRESH_AT_MOST_EVERY: SignedDuration = SignedDuration::from_secs(30);

/// The [`Accounts`] of one Secrets Manager secret, read once and then kept. Clones share what they know.
#[derive(Clone, Debug)]
pub struct TwilioSecrets(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    client: Client,
    secret_id: String,
    clock: Clock,
    known: RwLock<Option<Arc<Accounts>>>,
    /// Held while reading, so that all who wait share one read. Holds the instant of the last refresh.
    reading: Mutex<Option<Timestamp>>,
}

/// The secret could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SecretsUnavailable {
    /// Secrets Manager did not answer with the secret. Only the text of the cause is kept: the cause itself holds the
    /// whole answer, and in that the secret.
    #[error("Secrets Manager did not give the Twilio accounts: {0}")]
    NotGiven(String),
    /// The secret has no text.
    #[error("the secret of the Twilio accounts is binary")]
    Binary,
    /// The secret's text is not what it should be.
    #[error("the secret of the Twilio accounts is not understood")]
    NotUnderstood(#[from] NotAccounts),
}

impl TwilioSecrets {
    /// Secrets to be read from the secret with this name or ARN when first needed.
    #[must_use]
    pub fn new(client: Client, secret_id: impl Into<String>, clock: Clock) -> Self {
        Self(Arc::new(Shared {
            client,
            secret_id: secret_id.into(),
            clock,
            known: RwLock::new(None),
            reading: Mutex::new(None),
        }))
    }

    /// Reads the secret ahead of the first request, in the init phase. A failure is only logged: the first request
    /// tries again.
    pub async fn warm(&self) {
        if let Err(error) = self.accounts().await {
            tracing::warn!(error = %Chain(&error), "the Twilio accounts could not be read ahead");
        }
    }

    /// The accounts: those in memory, or those just read. Requests that come together share one read.
    ///
    /// # Errors
    /// [`SecretsUnavailable`] when nothing is known and reading fails. The next call tries again.
    pub async fn accounts(&self) -> Result<Arc<Accounts>, SecretsUnavailable> {
        if let Some(accounts) = self.known() {
            return Ok(accounts);
        }
        let _reading = self.0.reading.lock().await;
        match self.known() {
            Some(accounts) => Ok(accounts),
            None => self.read().await,
        }
    }

    /// Newer accounts than `stale`, with which a signature did not verify; `None` when there are none, when the secret
    /// was read again less than [`REFRESH_AT_MOST_EVERY`] ago, or when it cannot be read (which is logged).
    pub async fn newer_than(&self, stale: &Arc<Accounts>) -> Option<Arc<Accounts>> {
        let mut refreshed = self.0.reading.lock().await;
        let known = self.known().filter(|known| !Arc::ptr_eq(known, stale));
        if known.is_some() {
            return known;
        }
        let now = self.0.clock.now();
        if refreshed.is_some_and(|last| now.duration_since(last) < REFRESH_AT_MOST_EVERY) {
            return None;
        }
        *refreshed = Some(now);
        match self.read().await {
            Ok(accounts) => Some(accounts),
            Err(error) => {
                tracing::warn!(error = %Chain(&error), "the Twilio accounts could not be read again");
                None
            }
        }
    }

    fn known(&self) -> Option<Arc<Accounts>> {
        self.0.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn read(&self) -> Result<Arc<Accounts>, SecretsUnavailable> {
        let asked = self.0.client.get_secret_value().secret_id(&self.0.secret_id).send().await;
        let answer = asked.map_err(|error| SecretsUnavailable::NotGiven(Chain(&error).to_string()))?;
        let accounts: Accounts = answer.secret_string().ok_or(SecretsUnavailable::Binary)?.parse()?;
        let accounts = Arc::new(accounts);
        *self.0.known.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&accounts));
        Ok(accounts)
    }
}
