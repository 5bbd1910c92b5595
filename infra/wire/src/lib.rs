//! A wire to a service on loopback that counts what passes and can be cut: a proxy for tests.
//!
//! A test that speaks with the real service, through the real client, still wants to know how often it is asked,
//! and what happens when the answer comes late, not at all, or after the work was done. So it puts a wire between:
//!
//! ```no_run
//! # async fn test(table: std::net::SocketAddr) -> std::io::Result<()> {
//! use wire::{Fault, Wire};
//!
//! let wire = Wire::to(table).await?;
//! // … a client whose endpoint is wire.url() …
//! wire.next("UpdateItem", Fault::CutAfter); // carried out, but nobody hears of it
//! wire.every(wire::ANY, Fault::Refuse); // the service is gone
//! wire.mend();
//! assert_eq!(wire.count("BatchGetItem"), 1);
//! # Ok(())
//! # }
//! ```
//!
//! It speaks as much HTTP/1.1 as AWS's clients do with endpoints on loopback: plain text, kept connections, bodies
//! with a length. A request is named by its `x-amz-target` without the prefix (`UpdateItem`), or by method and path
//! (`POST /queue`). Nothing of a request or an answer is changed on its way, so that a signature stays good.
//!
//! A wire ends with its last handle, connections included.

mod journal;
mod message;
mod relay;

pub use journal::{ANY, Fault, Passed};

use std::{
    collections::BTreeMap,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use journal::Journal;
use tokio::{net::TcpListener, task::JoinHandle};

/// A proxy on loopback to one service.
#[derive(Debug)]
pub struct Wire {
    address: SocketAddr,
    journal: Arc<Journal>,
    relay: JoinHandle<()>,
}

impl Wire {
    /// Lays a wire to a service, from a free port of 127.0.0.1.
    ///
    /// # Errors
    /// If no port can be listened on.
    pub async fn to(service: SocketAddr) -> io::Result<Self> {
        Self::lay(service, Arc::default()).await
    }

    /// Lays another wire, to another service, whose requests are counted with this one's and which shares its faults:
    /// so that a fault can befall the nth request of a process, whomever it asks.
    ///
    /// # Errors
    /// If no port can be listened on.
    pub async fn beside(&self, service: SocketAddr) -> io::Result<Self> {
        Self::lay(service, Arc::clone(&self.journal)).await
    }

    async fn lay(service: SocketAddr, journal: Arc<Journal>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let relay = tokio::spawn(relay::run(listener, service, Arc::clone(&journal)));
        Ok(Self { address, journal, relay })
    }

    /// The endpoint for a client, as `http://127.0.0.1:40001`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Does this to the next request of this name, or of [`ANY`]. Faults for the same name are used up in order.
    pub fn next(&self, operation: &str, fault: Fault) {
        self.journal.plan(operation, fault, false);
    }

    /// Does this to every request of this name, or of [`ANY`], until [`mend`](Self::mend).
    pub fn every(&self, operation: &str, fault: Fault) {
        self.journal.plan(operation, fault, true);
    }

    /// Forgets all faults.
    pub fn mend(&self) {
        self.journal.mend();
    }

    /// Every request that arrived in full, in order, repetitions and those that a fault befell included.
    pub fn passed(&self) -> Vec<Passed> {
        self.journal.passed()
    }

    /// How many requests of this name have arrived.
    pub fn count(&self, operation: &str) -> usize {
        self.passed().iter().filter(|passed| passed.operation == operation).count()
    }

    /// How many requests have arrived, by name.
    pub fn counts(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for passed in self.passed() {
            *counts.entry(passed.operation).or_default() += 1;
        }
        counts
    }

    /// Forgets what has passed, so that the next counts are those of what comes now.
    pub fn forget(&self) {
        self.journal.forget();
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.relay.abort();
    }
}
