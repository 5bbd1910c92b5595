//! An issuer's keys, held in memory.

use std::sync::Arc;

use entry::{Chain, Clock};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;

use super::{address::IssuerUrl, fetch, jwk::Keys};

/// How long keys count after they were read. One that the issuer has taken back counts for that long at most.
const AGE: SignedDuration = SignedDuration::from_hours(1);

/// How often a token that names an unknown key may cause the keys to be read again.
const REFRESH_AT_MOST_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// How long an issuer that did not answer is left alone, so that not everybody waits for it.
const LEFT_ALONE: SignedDuration = SignedDuration::from_secs(5);

/// The keys of one issuer, read when they are first needed.
pub(super) struct KeptKeys {
    issuer: IssuerUrl,
    clock: Clock,
    /// Held while reading, so that all who wait share one read.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// With the instant of their reading.
    known: Option<(Arc<Keys>, Timestamp)>,
    tried: Option<Tried>,
}

#[derive(Clone, Copy)]
struct Tried {
    at: Timestamp,
    went_well: bool,
}

/// The keys are not known, so nothing can be said of any token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the issuer's keys cannot be read")]
pub(crate) struct Unreachable;

impl KeptKeys {
    pub(super) fn new(issuer: IssuerUrl, clock: Clock) -> Self {
        Self { issuer, clock, state: Mutex::default() }
    }

    /// The keys as they are in memory, or as just read.
    pub(super) async fn current(&self) -> Result<Arc<Keys>, Unreachable> {
        let mut state = self.state.lock().await;
        let now = self.clock.now();
        if let Some((keys, read_at)) = &state.known
            && now.duration_since(*read_at) < AGE
        {
            return Ok(Arc::clone(keys));
        }
        match state.tried {
            Some(tried) if !tried.went_well && now.duration_since(tried.at) < LEFT_ALONE => Err(Unreachable),
            _ => self.read(&mut state, now).await,
        }
    }

    /// Keys that are newer than these, among which one was missing; none if there are none yet.
    pub(super) async fn newer_than(&self, stale: &Arc<Keys>) -> Result<Option<Arc<Keys>>, Unreachable> {
        let mut state = self.state.lock().await;
        if let Some((keys, _)) = &state.known
            && !Arc::ptr_eq(keys, stale)
        {
            return Ok(Some(Arc::clone(keys)));
        }
        let now = self.clock.now();
        match state.tried {
            Some(tried) if now.duration_since(tried.at) < REFRESH_AT_MOST_EVERY => {
                if tried.went_well {
                    Ok(None)
                } else {
                    Err(Unreachable)
                }
            }
            _ => self.read(&mut state, now).await.map(Some),
        }
    }

    async fn read(&self, state: &mut State, now: Timestamp) -> Result<Arc<Keys>, Unreachable> {
        // whoever gives up waiting has tried in vain
        state.tried = Some(Tried { at: now, went_well: false });
        let keys = fetch::keys(&self.issuer).await.map_err(|error| {
            tracing::warn!(error = %Chain(&error), "the issuer's keys could not be read");
            Unreachable
        })?;
        let keys = Arc::new(keys);
        state.tried = Some(Tried { at: now, went_well: true });
        state.known = Some((Arc::clone(&keys), now));
        Ok(keys)
    }
}
