//! The Twilio accounts' secrets, held in memory.

use std::sync::Arc;

use aws_sdk_secretsmanager::Client;

use crate::accounts::Accounts;
use crate::clock::Clock;
use crate::kept_secret::{KeptSecret, SecretUnavailable};

/// The [`Accounts`] of one Secrets Manager secret, read once and then kept. Clones share what they know.
#[derive(Clone, Debug)]
pub struct TwilioSecrets(KeptSecret<Accounts>);

impl TwilioSecrets {
    /// Secrets to be read from the secret with this name or ARN when first needed.
    #[must_use]
    pub fn new(client: Client, secret_id: impl Into<String>, clock: Clock) -> Self {
        Self(KeptSecret::new(client, secret_id, "the Twilio accounts", clock))
    }

    /// Reads the secret ahead of the first request, in the init phase. A failure is only logged: the first request
    /// tries again.
    pub async fn warm(&self) {
        self.0.warm().await;
    }

    /// The accounts: those in memory, or those just read. Requests that come together share one read.
    ///
    /// # Errors
    /// [`SecretUnavailable`] when nothing is known and reading fails. The next call tries again.
    pub async fn accounts(&self) -> Result<Arc<Accounts>, SecretUnavailable> {
        self.0.value().await
    }

    /// Newer accounts than `stale`, with which a signature did not verify, if there are any and the secret was not
    /// read again a moment ago ([`REFRESH_AT_MOST_EVERY`](crate::REFRESH_AT_MOST_EVERY)).
    pub async fn newer_than(&self, stale: &Arc<Accounts>) -> Option<Arc<Accounts>> {
        self.0.newer_than(stale).await
    }
}
