//! One secret of Secrets Manager, held in memory.

use std::error::Error;
use std::str::FromStr;
use std::sync::{Arc, PoisonError, RwLock};

use aws_sdk_secretsmanager::Client;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;

use crate::chain::Chain;
use crate::clock::Clock;

/// How often a proof that fails may cause a secret to be read again. A rotated secret is picked up at once, and whoever
/// sends forged requests costs us two reads a minute, not one a request.
pub const REFRESH_AT_MOST_EVERY: SignedDuration = SignedDuration::from_secs(30);

/// What a secret says, read when first needed and then kept. Clones share what they know.
#[derive(Debug)]
pub struct KeptSecret<T>(Arc<Shared<T>>);

impl<T> Clone for KeptSecret<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

#[derive(Debug)]
struct Shared<T> {
    client: Client,
    secret_id: String,
    what: &'static str,
    clock: Clock,
    /// With the instant of its reading.
    known: RwLock<Option<(Arc<T>, Timestamp)>>,
    /// Held while reading, so that all who wait share one read. Holds the instant of the last refresh.
    reading: Mutex<Option<Timestamp>>,
}

/// The secret could not be read; `what` says which it is.
#[derive(Debug, thiserror::Error)]
pub enum SecretUnavailable {
    /// Secrets Manager did not answer with the secret. Only the text of the cause is kept: the cause itself holds the
    /// whole answer, and in that the secret.
    #[error("Secrets Manager did not give {what}: {cause}")]
    NotGiven {
        /// Which secret.
        what: &'static str,
        /// What was said instead.
        cause: String,
    },
    /// The secret has no text.
    #[error("the secret of {what} is binary")]
    Binary {
        /// Which secret.
        what: &'static str,
    },
    /// The secret's text is not what it should be.
    #[error("the secret of {what} is not understood")]
    NotUnderstood {
        /// Which secret.
        what: &'static str,
        /// What is wrong with it, without what it says.
        source: Box<dyn Error + Send + Sync>,
    },
}

impl<T: FromStr<Err: Error + Send + Sync + 'static>> KeptSecret<T> {
    /// What the secret with this name or ARN says; `what` is how errors and the log call it.
    #[must_use]
    pub fn new(client: Client, secret_id: impl Into<String>, what: &'static str, clock: Clock) -> Self {
        let (known, reading) = (RwLock::new(None), Mutex::new(None));
        Self(Arc::new(Shared { client, secret_id: secret_id.into(), what, clock, known, reading }))
    }

    /// Reads the secret ahead of the first request, in the init phase. A failure is only logged: the first request
    /// tries again.
    pub async fn warm(&self) {
        if let Err(error) = self.value().await {
            tracing::warn!(error = %Chain(&error), "{} could not be read ahead", self.0.what);
        }
    }

    /// What it says: as it is in memory, or as just read. Requests that come together share one read.
    ///
    /// # Errors
    /// [`SecretUnavailable`] when nothing is known and reading fails. The next call tries again.
    pub async fn value(&self) -> Result<Arc<T>, SecretUnavailable> {
        if let Some(value) = self.known() {
            return Ok(value);
        }
        let _reading = self.0.reading.lock().await;
        match self.known() {
            Some(value) => Ok(value),
            None => self.read().await,
        }
    }

    /// As [`value`](Self::value), read again if it was read longer ago than `age`: what was replaced or revoked in
    /// Secrets Manager does not count for longer than that. While it cannot be read again, what is known counts.
    ///
    /// # Errors
    /// [`SecretUnavailable`], as there.
    pub async fn value_of_age(&self, age: SignedDuration) -> Result<Arc<T>, SecretUnavailable> {
        let value = self.value().await?;
        let read_at = self.known_since().map(|(_, read_at)| read_at);
        let is_old = read_at.is_some_and(|read_at| self.0.clock.now().duration_since(read_at) > age);
        let newer = if is_old { self.newer_than(&value).await } else { None };
        Ok(newer.unwrap_or(value))
    }

    /// Something newer than `stale`, by which a proof failed; `None` when there is nothing, when the secret was read
    /// again less than [`REFRESH_AT_MOST_EVERY`] ago, or when it cannot be read (which is logged).
    pub async fn newer_than(&self, stale: &Arc<T>) -> Option<Arc<T>> {
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
            Ok(value) => Some(value),
            Err(error) => {
                tracing::warn!(error = %Chain(&error), "{} could not be read again", self.0.what);
                None
            }
        }
    }

    fn known(&self) -> Option<Arc<T>> {
        self.known_since().map(|(value, _)| value)
    }

    fn known_since(&self) -> Option<(Arc<T>, Timestamp)> {
        self.0.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn read(&self) -> Result<Arc<T>, SecretUnavailable> {
        let what = self.0.what;
        let asked = self.0.client.get_secret_value().secret_id(&self.0.secret_id).send().await;
        let answer = asked.map_err(|error| SecretUnavailable::NotGiven { what, cause: Chain(&error).to_string() })?;
        let text = answer.secret_string().ok_or(SecretUnavailable::Binary { what })?;
        let value =
            text.parse().map_err(|source: T::Err| SecretUnavailable::NotUnderstood { what, source: source.into() });
        let value = Arc::new(value?);
        let known = (Arc::clone(&value), self.0.clock.now());
        *self.0.known.write().unwrap_or_else(PoisonError::into_inner) = Some(known);
        Ok(value)
    }
}
