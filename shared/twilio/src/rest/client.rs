use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{ACCEPT, AUTHORIZATION, CONNECTION, CONTENT_TYPE, HOST, HeaderValue, USER_AGENT};
use hyper::{Method, Request};
use serde::de::DeserializeOwned;

use crate::AccountSid;

use super::answer;
use super::credentials::Credentials;
use super::error::{Cause, Error};
use super::hosts::{Hosts, Product};
use super::parameters::Parameters;
use super::repeats::Repeats;
use super::wire::Wire;

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
        answer::parsed(&self.get_text(product, &path).await?)
    }

    pub(super) async fn get_text(&self, product: Product, target: &str) -> Result<String, Error> {
        self.send(product, Method::GET, target, String::new()).await
    }

    /// Makes or changes. An answer that says yes and cannot be read leaves open what was made.
    pub(super) async fn post<T: DeserializeOwned>(&self, path: String, form: Parameters) -> Result<T, Error> {
        answer::parsed(&self.send(Product::Api, Method::POST, &path, form.encoded()).await?)
    }

    pub(super) async fn delete(&self, path: String) -> Result<(), Error> {
        self.send(Product::Api, Method::DELETE, &path, String::new()).await.map(drop)
    }

    async fn send(&self, product: Product, method: Method, target: &str, form: String) -> Result<String, Error> {
        let form = Bytes::from(form);
        let mut already = 0;
        loop {
            let request = self.request(product, &method, target, form.clone())?;
            let exchanged = self.wire.exchange(self.hosts.of(product), request, self.timeouts).await;
            let error = match exchanged.and_then(answer::judged) {
                Ok(text) => return Ok(text),
                Err(error) => error,
            };
            match self.repeats.wait(&error, method == Method::GET, already, fastrand::f64()) {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return Err(error),
            }
            already += 1;
        }
    }

    fn request(
        &self,
        product: Product,
        method: &Method,
        target: &str,
        form: Bytes,
    ) -> Result<Request<Full<Bytes>>, Error> {
        // neither error says what it cannot use, so that no number in a target is repeated
        let header = |value: Option<HeaderValue>| {
            value.ok_or_else(|| Error::NotSent(Cause::new("the credentials or the host do not fit into a header")))
        };
        let mut request = Request::builder()
            .method(method)
            .uri(target)
            .header(HOST, header(self.hosts.of(product).header())?)
            .header(AUTHORIZATION, header(self.credentials.header())?)
            .header(USER_AGENT, concat!("dutyline/", env!("CARGO_PKG_VERSION")))
            .header(ACCEPT, "application/json")
            .header(CONNECTION, "close");
        if method == Method::POST {
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        request.body(Full::new(form)).map_err(|error| Error::NotSent(Cause::of(&error)))
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
