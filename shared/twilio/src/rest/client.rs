use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use hyper::Method;
use hyper::body::Bytes;
use serde::de::DeserializeOwned;

use crate::AccountSid;

use super::answer;
use super::credentials::Credentials;
use super::error::Error;
use super::hosts::{Host, Hosts, Product};
use super::parameters::Parameters;
use super::repeats::Repeats;
use super::request::Request;
use super::wire::{Answer, Wire};

/// A client of Twilio's REST API for one account. A copy costs nothing and shares everything.
///
/// Making one does nothing yet; TLS is prepared at the first request that needs it.
#[derive(Clone)]
pub struct Client {
    wire: Arc<Wire>,
    credentials: Credentials,
    hosts: Hosts,
    timeouts: Timeouts,
    repeats: Repeats,
}

/// How long one attempt may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Until there is a connection, TLS included; 5 s by default. After it, nothing was sent.
    pub connect: Duration,
    /// Until the whole answer is there, connecting included; 15 s by default.
    pub whole: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), whole: Duration::from_secs(15) }
    }
}

impl Client {
    /// A client with the default [`Timeouts`] and [`Repeats`].
    pub fn new(credentials: Credentials, hosts: Hosts) -> Self {
        Self { wire: Arc::default(), credentials, hosts, timeouts: Timeouts::default(), repeats: Repeats::default() }
    }

    /// With other timeouts.
    #[must_use]
    pub fn with_timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// Repeating otherwise, or not at all.
    #[must_use]
    pub fn with_repeats(mut self, repeats: Repeats) -> Self {
        self.repeats = repeats;
        self
    }

    /// The account that is asked about.
    pub fn account(&self) -> &AccountSid {
        self.credentials.account()
    }

    /// A path below the account.
    pub(super) fn path(&self, rest: impl fmt::Display) -> String {
        format!("/2010-04-01/Accounts/{}{rest}", self.account())
    }

    /// Reads.
    pub(super) async fn get<T: DeserializeOwned>(&self, product: Product, path: String) -> Result<T, Error> {
        answer::parsed(&self.read(product, &path).await?)
    }

    pub(super) async fn read(&self, product: Product, target: &str) -> Result<Bytes, Error> {
        self.ask(&Request::get(self.host(product), target), answer::judged).await
    }

    /// Makes or changes. An answer that says yes and cannot be read leaves open what was made.
    pub(super) async fn post<T: DeserializeOwned>(&self, path: String, form: Parameters) -> Result<T, Error> {
        let form = Bytes::from(form.encoded());
        let request = Request { method: Method::POST, form, ..Request::get(self.host(Product::Api), &path) };
        answer::parsed(&self.ask(&request, answer::judged).await?)
    }

    pub(super) async fn delete(&self, path: String) -> Result<(), Error> {
        let request = Request { method: Method::DELETE, ..Request::get(self.host(Product::Api), &path) };
        self.ask(&request, answer::judged).await.map(drop)
    }

    pub(super) fn host(&self, product: Product) -> &Host {
        self.hosts.of(product)
    }

    /// Asks, again if that is safe, until an answer is judged to be a yes.
    pub(super) async fn ask<T>(
        &self,
        request: &Request<'_>,
        judged: impl Fn(Answer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut already = 0;
        loop {
            let made = request.made(&self.credentials)?;
            let exchanged = self.wire.exchange(request.host, made, request.part, self.timeouts).await;
            let error = match exchanged.and_then(&judged) {
                Ok(said) => return Ok(said),
                Err(error) => error,
            };
            match self.repeats.wait(&error, request.method == Method::GET, already, fastrand::f64()) {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return Err(error),
            }
            already += 1;
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("credentials", &self.credentials)
            .field("hosts", &self.hosts)
            .finish_non_exhaustive()
    }
}
