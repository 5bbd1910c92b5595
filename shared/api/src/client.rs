//! A typed client of the admin API.
//!
//! It speaks through a [`Transport`] that is handed to it, such as a `reqwest::Client`, and so leaves TLS, timeouts and
//! proxies to whoever makes that one. It never repeats a request by itself.

mod asking;
mod conversations;
mod file;
mod incidents;
mod kept;
mod numbers;
mod transport;

use std::sync::Arc;

use http::Method;
use secrecy::SecretString;
use serde_json::Value;

use crate::{
    AllCallsQuery, Applied, ApplyQuery, AtQuery, AuditEntry, AuditQuery, Call, CallQuery, Configuration, Confirmation,
    CreatedFeed, CreatedRoutingKey, CreatedToken, ExplainQuery, Explanation, Feed, Me, ModeChange, NewFeed,
    NewRoutingKey, NewSpoken, NewToken, NewVerification, OnCall, OnCallNow, Override, Overrides, Page, PageQuery,
    Person, PhoneState, Problem, Question, Readiness, Rehearsal, Rehearsed, Resource, RoutingKey, SchedulePreview,
    Service, Spoken, Status, Stored, Timeline, Token, Verification, WindowQuery,
};

pub use file::{ConfigurationFile, FileForm};
pub use kept::Kept;
pub use transport::{Carried, NotCarried, Transport};

/// A client. Clones share their connections. `Debug` does not show the token.
#[derive(Clone, Debug)]
pub struct Client {
    transport: Arc<dyn Transport>,
    base_url: String,
    token: SecretString,
}

/// Why there is no answer, or not the one that was asked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The API did not answer. Whether it has done what was asked is not known.
    #[error("the admin API did not answer")]
    Unreachable(#[source] NotCarried),
    /// The API says why not, and which fields are wrong.
    #[error("{0}")]
    Problem(Box<Problem>),
    /// Something answered that is not the API, or not this version of it.
    #[error("an answer of status {status} is not understood")]
    NotUnderstood {
        /// The answer's status.
        status: u16,
    },
}

/// On which version a change is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuiltOn {
    /// This one: if there is another by now, the answer is a problem of status 412.
    Version(u64),
    /// Whatever there is.
    Any,
}

type Result<T> = std::result::Result<T, ClientError>;

/// Objects.
impl Client {
    /// A client of the API of an installation, as `https://calls.example.com`, with a bearer token.
    pub fn new(transport: impl Transport + 'static, base_url: impl Into<String>, token: SecretString) -> Self {
        Self::over(Arc::new(transport), base_url, token)
    }

    /// The same, over a transport that others speak through, too.
    pub fn over(transport: Arc<dyn Transport>, base_url: impl Into<String>, token: SecretString) -> Self {
        let base_url = base_url.into().trim_end_matches('/').to_owned();
        Self { transport, base_url, token }
    }

    /// Objects of a kind by id, a page at a time.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn list<T: Resource>(&self, page: &PageQuery) -> Result<Page<Stored<T>>> {
        self.ask(Method::GET, &[T::PATH]).query(page)?.json().await
    }

    /// An object.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn read<T: Resource>(&self, id: &str) -> Result<Stored<T>> {
        self.ask(Method::GET, &[T::PATH, id]).json().await
    }

    /// An object, unless it still is of the version that is known.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn read_if_changed<T: Resource>(&self, id: &str, known: u64) -> Result<Option<Stored<T>>> {
        self.ask(Method::GET, &[T::PATH, id]).unless_known(known).json_if_changed().await
    }

    /// A new object, under its own id or one that the server makes.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn create<T: Resource>(&self, object: &T) -> Result<Stored<T>> {
        self.ask(Method::POST, &[T::PATH]).body(object)?.json().await
    }

    /// A new object under an id; a problem of status 412 if there is one already.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn create_as<T: Resource>(&self, id: &str, object: &T) -> Result<Stored<T>> {
        self.ask(Method::PUT, &[T::PATH, id]).if_absent().body(object)?.json().await
    }

    /// An object in the place of another.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn replace<T: Resource>(&self, id: &str, object: &T, built_on: BuiltOn) -> Result<Stored<T>> {
        self.ask(Method::PUT, &[T::PATH, id]).built_on(built_on).body(object)?.json().await
    }

    /// Deletes an object.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn delete<T: Resource>(&self, id: &str, built_on: BuiltOn) -> Result<()> {
        self.ask(Method::DELETE, &[T::PATH, id]).built_on(built_on).nothing().await
    }

    /// Sets a service's mode.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn set_mode(&self, service: &str, change: &ModeChange) -> Result<Stored<Service>> {
        self.ask(Method::PUT, &["services", service, "mode"]).body(change)?.json().await
    }

    /// Whether the phones of a person can be reached.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn phones(&self, person: &str) -> Result<Page<PhoneState>> {
        self.ask(Method::GET, &["people", person, "phones"]).json().await
    }

    /// Sends a code to a phone of a person. Asked for again, it is sent again.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn verify_phone(&self, person: &str, phone: &str, wanted: &NewVerification) -> Result<Verification> {
        self.ask(Method::POST, &["people", person, "phones", phone, "verification"]).body(wanted)?.json().await
    }

    /// Verifies a phone by the code that was sent to it.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn confirm_phone(&self, person: &str, phone: &str, code: &Confirmation) -> Result<Stored<Person>> {
        let path = ["people", person, "phones", phone, "verification", "confirm"];
        self.ask(Method::POST, &path).body(code)?.json().await
    }

    /// Adds an override to a schedule, whose version the answer tells.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn add_override(&self, schedule: &str, wanted: &Override) -> Result<Stored<Overrides>> {
        self.ask(Method::POST, &["schedules", schedule, "overrides"]).body(wanted)?.json().await
    }

    /// Removes an override from a schedule, whose version the answer tells.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn remove_override(&self, schedule: &str, id: &str) -> Result<Stored<Overrides>> {
        self.ask(Method::DELETE, &["schedules", schedule, "overrides", id]).json().await
    }
}

/// The organisation as one document.
impl Client {
    /// The document.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn configuration(&self) -> Result<Configuration> {
        self.ask(Method::GET, &["configuration"]).json().await
    }

    /// Applies a document, or tells what that would change.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn apply(&self, document: &Configuration, query: &ApplyQuery) -> Result<Applied> {
        self.ask(Method::PUT, &["configuration"]).query(query)?.body(document)?.json().await
    }
}

/// Questions.
impl Client {
    /// Who is on call by a schedule.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn on_call(&self, schedule: &str, query: &AtQuery) -> Result<OnCall> {
        self.ask(Method::GET, &["schedules", schedule, "on-call"]).query(query)?.json().await
    }

    /// Who is on call by each schedule, and who comes next, a page at a time.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn on_call_everywhere(&self, page: &PageQuery) -> Result<Page<OnCallNow>> {
        self.ask(Method::GET, &["on-call"]).query(page)?.json().await
    }

    /// Who is on call by a schedule, shift by shift.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn timeline(&self, schedule: &str, query: &WindowQuery) -> Result<Timeline> {
        self.ask(Method::GET, &["schedules", schedule, "timeline"]).query(query)?.json().await
    }

    /// Who would be on call by a schedule that nobody has saved.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn preview_schedule(&self, wanted: &SchedulePreview) -> Result<Timeline> {
        self.ask(Method::POST, &["schedules", "preview"]).body(wanted)?.json().await
    }

    /// Who would be rung.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn explain(&self, line: &str, query: &ExplainQuery) -> Result<Explanation> {
        self.ask(Method::GET, &["lines", line, "explain"]).query(query)?.json().await
    }

    /// Who would be rung by a certain caller.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn explain_call(&self, line: &str, question: &Question) -> Result<Explanation> {
        self.ask(Method::POST, &["lines", line, "explain"]).body(question)?.json().await
    }

    /// Plays a call to a line. Nobody is called.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn rehearse(&self, line: &str, story: &Rehearsal) -> Result<Rehearsed> {
        self.ask(Method::POST, &["lines", line, "rehearsal"]).body(story)?.json().await
    }

    /// What a line says, as it is or as it would be saved.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn spoken(&self, line: &str, wanted: &NewSpoken) -> Result<Spoken> {
        self.ask(Method::POST, &["lines", line, "prompts"]).body(wanted)?.json().await
    }

    /// The calls of a line, latest first.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn calls(&self, line: &str, query: &CallQuery) -> Result<Page<Call>> {
        self.ask(Method::GET, &["lines", line, "calls"]).query(query)?.json().await
    }

    /// The calls of all lines, latest first.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn all_calls(&self, query: &AllCallsQuery) -> Result<Page<Call>> {
        self.ask(Method::GET, &["calls"]).query(query)?.json().await
    }

    /// A call.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn call(&self, id: &str) -> Result<Call> {
        self.ask(Method::GET, &["calls", id]).json().await
    }

    /// Who changed what, latest first.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn audit(&self, query: &AuditQuery) -> Result<Page<AuditEntry>> {
        self.ask(Method::GET, &["audit"]).query(query)?.json().await
    }

    /// The installation at a glance.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn status(&self) -> Result<Status> {
        self.ask(Method::GET, &["status"]).json().await
    }

    /// What is missing for the calls and pages of the next 14 days.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn readiness(&self) -> Result<Readiness> {
        self.ask(Method::GET, &["readiness"]).json().await
    }

    /// The OpenAPI document.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn openapi(&self) -> Result<Value> {
        self.ask(Method::GET, &["openapi.json"]).json().await
    }
}

/// What is shown once and can be revoked: tokens, routing keys, calendar feeds.
impl Client {
    /// Whoever asks.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn me(&self) -> Result<Me> {
        self.ask(Method::GET, &["me"]).json().await
    }

    /// Revokes the token that asks.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn revoke_me(&self) -> Result<()> {
        self.ask(Method::DELETE, &["me"]).nothing().await
    }

    /// Tokens by id, a page at a time.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn tokens(&self, page: &PageQuery) -> Result<Page<Token>> {
        self.ask(Method::GET, &["tokens"]).query(page)?.json().await
    }

    /// A new token, with its secret.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn create_token(&self, wanted: &NewToken) -> Result<CreatedToken> {
        self.ask(Method::POST, &["tokens"]).body(wanted)?.json().await
    }

    /// Revokes a token.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn revoke_token(&self, id: &str) -> Result<()> {
        self.ask(Method::DELETE, &["tokens", id]).nothing().await
    }

    /// A service's routing keys, a page at a time.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn routing_keys(&self, service: &str, page: &PageQuery) -> Result<Page<RoutingKey>> {
        self.ask(Method::GET, &["services", service, "routing-keys"]).query(page)?.json().await
    }

    /// A new routing key.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn create_routing_key(&self, service: &str, wanted: &NewRoutingKey) -> Result<CreatedRoutingKey> {
        self.ask(Method::POST, &["services", service, "routing-keys"]).body(wanted)?.json().await
    }

    /// Removes a routing key.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn remove_routing_key(&self, service: &str, id: &str) -> Result<()> {
        self.ask(Method::DELETE, &["services", service, "routing-keys", id]).nothing().await
    }

    /// One's own calendar feeds, or everybody's for an administrator, a page at a time.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn feeds(&self, page: &PageQuery) -> Result<Page<Feed>> {
        self.ask(Method::GET, &["feeds"]).query(page)?.json().await
    }

    /// A new calendar feed, with its address.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn create_feed(&self, wanted: &NewFeed) -> Result<CreatedFeed> {
        self.ask(Method::POST, &["feeds"]).body(wanted)?.json().await
    }

    /// Revokes a calendar feed.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn revoke_feed(&self, id: &str) -> Result<()> {
        self.ask(Method::DELETE, &["feeds", id]).nothing().await
    }
}
