//! Incidents, and what may be sent for them.

use http::Method;

use super::{BuiltOn, Client, Result};
use crate::{ActionAnswer, Incident, IncidentAction, IncidentQuery, NewIncident, Page, Sending, Stored};

/// Incidents, and what may be sent for them.
impl Client {
    /// Incidents that are not over, or all of a service, the latest first, a page at a time.
    ///
    /// # Errors
    /// [`ClientError`](super::ClientError).
    pub async fn incidents(&self, query: &IncidentQuery) -> Result<Page<Incident>> {
        self.ask(Method::GET, &["incidents"]).query(query)?.json().await
    }

    /// An incident with its pages and everything that was done.
    ///
    /// # Errors
    /// [`ClientError`](super::ClientError).
    pub async fn incident(&self, id: &str) -> Result<Incident> {
        self.ask(Method::GET, &["incidents", id]).json().await
    }

    /// Pages people directly. The same key pages them once.
    ///
    /// # Errors
    /// [`ClientError`](super::ClientError).
    pub async fn page_people(&self, wanted: &NewIncident, key: &str) -> Result<Incident> {
        self.ask(Method::POST, &["incidents"]).idempotent(key).body(wanted)?.json().await
    }

    /// Does something with an incident. The same key does it once.
    ///
    /// # Errors
    /// [`ClientError`](super::ClientError).
    pub async fn act(&self, incident: &str, action: &IncidentAction, key: &str) -> Result<ActionAnswer> {
        self.ask(Method::POST, &["incidents", incident, "actions"]).idempotent(key).body(action)?.json().await
    }

    /// What may be sent, and what has been spent today.
    ///
    /// # Errors
    /// [`ClientError`](super::ClientError).
    pub async fn sending(&self) -> Result<Stored<Sending>> {
        self.ask(Method::GET, &["sending"]).json().await
    }

    /// Sets what may be sent.
    ///
    /// # Errors
    /// [`ClientError`](super::ClientError).
    pub async fn set_sending(&self, sending: &Sending, built_on: BuiltOn) -> Result<Stored<Sending>> {
        self.ask(Method::PUT, &["sending"]).built_on(built_on).body(sending)?.json().await
    }
}
