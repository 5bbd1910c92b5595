//! The Twilio that a stack serves: the pretend one in this process, or a real account.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use entry::Clock;
use jiff::Timestamp;
use serde_json::{Value, json};
use twilio_sim::{Options, Pace, Saved, Sim};

use crate::secrets::SecretsError;
use crate::seed::{self, SeedError};

/// Twilio, as a stack sees it.
pub enum TwilioSide {
    /// Pretend.
    Pretend(Box<Sim>),
    /// A real account, which reaches this machine by its public URL.
    Real(Account),
}

/// The credentials of a real account.
#[derive(Clone)]
pub struct Account {
    /// `AC…`.
    pub sid: String,
    /// Signs the webhooks.
    pub auth_token: String,
}

/// The pretend Twilio could not be started.
#[derive(Debug, thiserror::Error)]
pub enum PretendError {
    /// No port.
    #[error("the pretend Twilio could not be started")]
    Start(#[from] twilio_sim::StartError),
    /// No randomness.
    #[error("the pretend Twilio has no account")]
    Random(#[from] SecretsError),
    /// Nobody lives around it.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// What an earlier process has kept cannot be read.
    #[error("what the pretend Twilio has, {path}, cannot be read")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// What an earlier process has kept is not what this program wrote.
    #[error("what the pretend Twilio has, {path}, is damaged; remove the data directory to begin anew")]
    Damaged {
        /// The file.
        path: PathBuf,
    },
}

impl TwilioSide {
    /// A pretend Twilio whose time begins now and goes as fast as life, with the phones of the
    /// organisation to begin with. It goes on with the accounts that an earlier process has left in a file.
    ///
    /// # Errors
    /// [`PretendError`].
    pub async fn pretend(now: Timestamp, kept: &Path) -> Result<Self, PretendError> {
        let seconds = u64::try_from(now.as_second()).unwrap_or_default();
        let seed = crate::secrets::random_characters(8)?;
        let seed = seed.bytes().fold(0, |seed, byte| (seed << 8) | u64::from(byte));
        let saved = saved_in(kept)?;
        let options = Options { seed, saved, pace: Pace::Speed(1.0), ..Options::at_unix(seconds) };
        let sim = Sim::try_start(options).await?;
        for (number, behaviour) in seed::behaviours()? {
            behaviour.apply(sim.phone(&number));
        }
        Ok(Self::Pretend(Box::new(sim)))
    }

    /// Adds the token of a real account to the accounts whose webhooks are recognised. The pretend one is connected by
    /// the admin API.
    pub(crate) fn recognised(&self, secret: &mut String) {
        let Self::Real(Account { sid, auth_token }) = self else { return };
        let mut document: Value = serde_json::from_str(secret).unwrap_or_default();
        if document["accounts"][sid].is_null() {
            document["accounts"][sid] = json!({ "auth_tokens": [auth_token] });
            *secret = document.to_string();
        }
    }

    /// What the pretend accounts have, as it is kept in a file.
    pub(crate) fn saved(&self) -> Option<Vec<u8>> {
        match self {
            Self::Pretend(sim) => serde_json::to_vec_pretty(&sim.saved()).ok(),
            Self::Real(_) => None,
        }
    }

    /// The time by which the product lives.
    #[must_use]
    pub fn clock(&self) -> Clock {
        match self {
            Self::Real(_) => Clock::system(),
            Self::Pretend(sim) => {
                let clock = sim.clock();
                Clock::of(move || at(clock.now()))
            }
        }
    }
}

fn saved_in(file: &Path) -> Result<Option<Saved>, PretendError> {
    let damaged = || PretendError::Damaged { path: file.to_owned() };
    match fs::read(file) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|_| damaged()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(PretendError::Unreadable { path: file.to_owned(), source }),
    }
}

/// The simulator's time, seconds since 1970, as an instant.
pub(crate) fn at(since_1970: Duration) -> Timestamp {
    let nanoseconds = i128::try_from(since_1970.as_nanos()).unwrap_or(i128::MAX);
    Timestamp::from_nanosecond(nanoseconds).unwrap_or(Timestamp::MAX)
}
