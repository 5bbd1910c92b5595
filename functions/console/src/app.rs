//! What every request needs.

use std::sync::Arc;

use api::client::{Client, Transport};
use entry::Clock;
use secrecy::SecretString;

use crate::{Issuer, Settings, transport::Https};

/// The console's parts. Clones share their connections.
#[derive(Clone, Debug)]
pub struct App {
    transport: Arc<dyn Transport>,
    base_url: String,
    issuer: Option<Issuer>,
    clock: Clock,
}

/// There is no TLS to reach the API by.
#[derive(Debug, thiserror::Error)]
#[error("there is no TLS")]
pub struct NoTls(#[source] rustls::Error);

impl App {
    /// A console that reaches the API as a Lambda function does.
    ///
    /// # Errors
    /// [`NoTls`].
    pub fn connect(settings: &Settings, clock: Clock) -> Result<Self, NoTls> {
        Ok(Self::over(Https::new().map_err(NoTls)?, settings, clock))
    }

    /// A console whose requests somebody else carries.
    pub fn over(transport: impl Transport + 'static, settings: &Settings, clock: Clock) -> Self {
        let (base_url, issuer) = (settings.public_url.as_str().to_owned(), settings.issuer.clone());
        Self { transport: Arc::new(transport), base_url, issuer, clock }
    }

    /// The API, asked with a token.
    pub(crate) fn client(&self, token: SecretString) -> Client {
        Client::over(self.transport.clone(), self.base_url.as_str(), token)
    }

    /// Where people may sign in, if not here.
    pub(crate) fn issuer(&self) -> Option<&Issuer> {
        self.issuer.as_ref()
    }

    /// What carries requests, to the API and to the issuer.
    pub(crate) fn transport(&self) -> &Arc<dyn Transport> {
        &self.transport
    }

    /// Where these pages are.
    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Whether browsers reach these pages by TLS, and so whether their cookies may have the prefix that demands it.
    pub(crate) fn is_secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }
}
