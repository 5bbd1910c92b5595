//! From which of our numbers something is sent, and with whose credentials.

use std::{collections::BTreeMap, fmt, sync::Arc};

use entry::{ApiKeys, Clock, KeptSecret, SecretUnavailable};
use jiff::{SignedDuration, Timestamp};
use oncall::{Channel, Line, LineId, incident::Failure, sending::Exits};
use phone::PhoneNumber;
use store::Store;
use tokio::sync::Mutex;
use twilio::rest::{Client, Credentials, Hosts};

use crate::app::Pace;

/// For how long lines and settings are as they were read: a switch counts after so long, and a storm does not read all
/// lines for each of its pages.
const KEPT: SignedDuration = SignedDuration::from_secs(10);
/// For how long an API key that was replaced may be tried.
const KEYS_KEPT: SignedDuration = SignedDuration::from_secs(60);

/// Our lines and the accounts that they belong to. Clones share what they know.
#[derive(Clone)]
pub(crate) struct Outlets {
    store: Store,
    keys: KeptSecret<ApiKeys>,
    hosts: Hosts,
    clock: Clock,
    pace: Pace,
    /// Held while reading, so that all who wait share one read.
    known: Arc<Mutex<Option<Known>>>,
}

struct Known {
    read_at: Timestamp,
    lines: Arc<Lines>,
    /// The account of each line that was asked for; none if it has none.
    accounts: BTreeMap<LineId, Option<String>>,
    /// A client for each account, and the keys that it was made of.
    clients: BTreeMap<String, (Arc<ApiKeys>, Client)>,
}

/// Our lines, and what may be spent.
#[derive(Debug)]
pub(crate) struct Lines {
    pub(crate) exits: Exits,
    pub(crate) daily_cap: Option<u64>,
}

/// A way out: a line, and a client for the account that has its number.
#[derive(Debug)]
pub(crate) struct Outlet {
    pub(crate) line: Line,
    pub(crate) client: Client,
    pub(crate) daily_cap: Option<u64>,
    keys: Arc<ApiKeys>,
}

/// There is no way out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Closed {
    /// Nor will there be.
    #[error("nothing may be sent: {0}")]
    For(Failure),
    /// It is not known: the table.
    #[error("the table failed")]
    Store(#[from] store::Error),
    /// It is not known: the secret.
    #[error(transparent)]
    Secret(#[from] SecretUnavailable),
}

impl Outlets {
    pub(crate) fn new(store: Store, keys: KeptSecret<ApiKeys>, hosts: Hosts, clock: Clock, pace: Pace) -> Self {
        Self { store, keys, hosts, clock, pace, known: Arc::default() }
    }

    pub(crate) async fn warm(&self) {
        self.keys.warm().await;
    }

    /// Our lines, as they were at most ten seconds ago.
    pub(crate) async fn lines(&self) -> Result<Arc<Lines>, store::Error> {
        let mut known = self.known.lock().await;
        Ok(Arc::clone(&self.fresh(&mut known).await?.lines))
    }

    /// The line from which a number is reached, and a client to do it with.
    pub(crate) async fn to(&self, number: &PhoneNumber, channel: Channel) -> Result<Outlet, Closed> {
        let lines = self.lines().await?;
        let line = lines.exits.choose(number, channel).map_err(|why| Closed::For(why.into()))?;
        self.of(line).await
    }

    /// A client for the account of a line.
    pub(crate) async fn of(&self, line: &Line) -> Result<Outlet, Closed> {
        let mut keys = self.keys.value_of_age(KEYS_KEPT).await?;
        let mut known = self.known.lock().await;
        let Known { lines, accounts, clients, .. } = self.fresh(&mut known).await?;
        let account = match accounts.get(&line.id) {
            Some(account) => account.clone(),
            None => {
                let account = self.account_of(line).await?;
                accounts.insert(line.id.clone(), account.clone());
                account
            }
        };
        let gone = || {
            tracing::error!(line = line.id.as_str(), "the line has no account that could send");
            Closed::For(Failure::NoLine)
        };
        let account = account.ok_or_else(gone)?;
        // one that has just been connected
        if keys.of(&account).is_none()
            && let Some(newer) = self.keys.newer_than(&keys).await
        {
            keys = newer;
        }
        let client = match clients.get(&account) {
            Some((made_of, client)) if Arc::ptr_eq(made_of, &keys) => client.clone(),
            _ => {
                let key = keys.of(&account).ok_or_else(gone)?;
                let sids = account.parse().ok().zip(key.sid.parse().ok());
                let (sid, key_sid) = sids.ok_or_else(gone)?;
                let client = Client::new(Credentials::api_key(sid, key_sid, key.secret.clone()), self.hosts.clone())
                    .with_timeouts(self.pace.timeouts)
                    .with_repeats(self.pace.repeats);
                clients.insert(account, (Arc::clone(&keys), client.clone()));
                client
            }
        };
        Ok(Outlet { line: line.clone(), client, daily_cap: lines.daily_cap, keys })
    }

    /// Whether there are newer keys than those by which an outlet was refused.
    pub(crate) async fn has_newer_keys(&self, refused: &Outlet) -> bool {
        let newer = self.keys.newer_than(&refused.keys).await;
        newer.is_some_and(|newer| !newer.agrees_with(&refused.keys, refused.client.account().as_str()))
    }

    async fn fresh<'k>(&self, known: &'k mut Option<Known>) -> Result<&'k mut Known, store::Error> {
        let now = self.clock.now();
        // a clock that was set back must not keep it for ever
        let is_fresh = |known: &Known| now >= known.read_at && now.duration_since(known.read_at) < KEPT;
        let clients = match known.take() {
            Some(fresh) if is_fresh(&fresh) => return Ok(known.insert(fresh)),
            // what it has prepared of TLS stays
            old => old.map(|old| old.clients).unwrap_or_default(),
        };
        let (exits, daily_cap) = self.store.exits().await?;
        let lines = Arc::new(Lines { exits, daily_cap });
        Ok(known.insert(Known { read_at: now, lines, accounts: BTreeMap::new(), clients }))
    }

    /// The account that has a line's number: as was recorded when it was bought or adopted, or the only one there is.
    async fn account_of(&self, line: &Line) -> Result<Option<String>, store::Error> {
        if let Some(record) = self.store.number_record(line.id.as_str()).await? {
            return Ok(Some(record.account).filter(|_| record.releasing.is_none()));
        }
        let mut connected = self.store.integrations(None, 2).await?.items;
        Ok(if connected.len() == 1 { connected.pop().map(|one| one.account) } else { None })
    }
}

impl fmt::Debug for Outlets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outlets").field("hosts", &self.hosts).finish_non_exhaustive()
    }
}
