//! The Twilio that a stack serves: the pretend one in this process, or a real account.

use std::time::Duration;

use entry::Clock;
use jiff::Timestamp;
use serde_json::json;
use store::{Author, Integration, Store};
use twilio_sim::{Number, Options, Pace, Sim};

use crate::secrets::SecretsError;
use crate::seed;

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
    Seed(#[from] SecretsError),
}

impl TwilioSide {
    /// A pretend Twilio whose time begins now and goes as fast as life, with the phones of the
    /// organisation to begin with.
    ///
    /// # Errors
    /// [`PretendError`].
    pub async fn pretend(now: Timestamp) -> Result<Self, PretendError> {
        let seconds = u64::try_from(now.as_second()).unwrap_or_default();
        let seed = crate::secrets::random_characters(8)?;
        let seed = seed.bytes().fold(0, |seed, byte| (seed << 8) | u64::from(byte));
        let options = Options { seed, pace: Pace::Speed(1.0), ..Options::at_unix(seconds) };
        let sim = Sim::try_start(options).await?;
        for (number, behaviour) in seed::behaviours() {
            behaviour.apply(sim.phone(number));
        }
        Ok(Self::Pretend(Box::new(sim)))
    }

    /// What the secret of the Twilio accounts says.
    #[must_use]
    pub fn secret(&self) -> String {
        let (sid, token) = match self {
            Self::Pretend(sim) => (sim.account_sid(), sim.auth_token()),
            Self::Real(account) => (account.sid.clone(), account.auth_token.clone()),
        };
        json!({ "accounts": { sid: { "auth_tokens": [token] } } }).to_string()
    }

    /// What the secret of the API keys says: nothing for a real account, which is connected by the admin API.
    #[must_use]
    pub fn rest_secret(&self) -> String {
        match self {
            Self::Pretend(sim) => {
                let known = sim.credentials();
                let key = json!({ "key_sid": known.key_sid, "key_secret": known.key_secret });
                json!({ "accounts": { known.account_sid: key } }).to_string()
            }
            Self::Real(_) => json!({ "accounts": {} }).to_string(),
        }
    }

    /// Lists the pretend account as connected, in place of the one that an earlier process made up.
    ///
    /// # Errors
    /// Those of the table.
    pub async fn connect(&self, store: &Store, now: Timestamp) -> Result<(), store::Error> {
        let Self::Pretend(sim) = self else { return Ok(()) };
        let by = Author { token: "laptop".to_owned() };
        for before in store.integrations(None, 100).await?.items {
            store.forget_integration(&before.account, &by, now).await?;
        }
        let known = sim.credentials();
        let last4 = |secret: &str| secret.get(secret.len().saturating_sub(4)..).unwrap_or_default().to_owned();
        let integration = Integration {
            name: "Pretend Twilio".to_owned(),
            auth_token_last4: last4(&known.auth_token),
            key_secret_last4: last4(&known.key_secret),
            account: known.account_sid,
            key_sid: known.key_sid,
            created_at: now,
            rotated_at: None,
            rotation: None,
        };
        store.add_integration(&integration, &by).await.map(drop)
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

    /// Points the webhooks of a line's number at this stack, and its fallback at a document. In a
    /// real account that is done in Twilio.
    pub fn own(&self, number: &str, webhooks: &str, fallback: Option<String>) {
        if let Self::Pretend(sim) = self {
            let number = Number::new(number)
                .voice_url(format!("{webhooks}/voice/incoming"))
                .status_callback(format!("{webhooks}/voice/ended"));
            sim.own(match fallback {
                Some(url) => number.fallback(url).fallback_method("GET"),
                None => number,
            });
        }
    }
}

/// The simulator's time, seconds since 1970, as an instant.
pub(crate) fn at(since_1970: Duration) -> Timestamp {
    let nanoseconds = i128::try_from(since_1970.as_nanos()).unwrap_or(i128::MAX);
    Timestamp::from_nanosecond(nanoseconds).unwrap_or(Timestamp::MAX)
}
