//! The simulator itself, as tests and the laptop hold it.
use std::{io, sync::Arc, time::Duration};

use tokio::{net::TcpListener, task::AbortHandle};

use crate::{
    act::leg_tasks,
    alert::Alert,
    call::Call,
    clock::{Clock, Pace},
    engine::Engine,
    fail::fail,
    fault::Fault,
    form::Params,
    journal::Exchange,
    ledger::Charge,
    number::Number,
    options::Options,
    phone::Phone,
    rest,
    socket::{Cut, Door},
    transcript::{self, Line},
    wire,
};

/// A pretend Twilio: its REST server on loopback, its phones, its calls, its clock.
pub struct Sim {
    pub(crate) engine: Arc<Engine>,
    base_url: String,
    tasks: Vec<AbortHandle>,
}

/// Why a simulator could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken, or loopback cannot be used.
    #[error("cannot listen on port {port} of 127.0.0.1")]
    Listen {
        /// The port asked for.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The HTTP client could not be made.
    #[error("cannot set up the HTTP client")]
    Client(#[source] reqwest::Error),
}

impl Sim {
    /// Starts a simulator; see [`Sim::try_start`].
    ///
    /// # Panics
    /// When it cannot start.
    pub async fn start(options: Options) -> Self {
        match Self::try_start(options).await {
            Ok(sim) => sim,
            Err(error) => fail(format!("{error}: {:?}", std::error::Error::source(&error))),
        }
    }

    /// Starts a simulator: its server listens on 127.0.0.1 until the value is dropped.
    ///
    /// # Errors
    /// When the port is taken or no HTTP client can be made.
    pub async fn try_start(options: Options) -> Result<Self, StartError> {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(StartError::Client)?;
        let port = options.port;
        let listen = |source| StartError::Listen { port, source };
        let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(listen)?;
        let base_url = format!("http://{}", listener.local_addr().map_err(listen)?);
        let engine = Engine::new(options, http, &base_url);
        let service = rest::router(&engine).into_make_service_with_connect_info::<Cut>();
        let server = tokio::spawn(async move {
            let _ = axum::serve(Door(listener), service).await;
        });
        let mut tasks = vec![server.abort_handle()];
        if engine.clock.pace() != Pace::Driven {
            tasks.push(tokio::spawn(engine.clone().run()).abort_handle());
        }
        Ok(Self { engine, base_url, tasks })
    }

    /// Where the REST and control server listens: `http://127.0.0.1:<port>`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The account's identifier.
    pub fn account_sid(&self) -> String {
        self.engine.read(|w| w.account.sid.clone())
    }

    /// The primary auth token, which signs webhooks.
    pub fn auth_token(&self) -> String {
        self.engine.read(|w| w.account.primary.clone())
    }

    /// An API key and its secret, for REST.
    pub fn api_key(&self) -> (String, String) {
        self.engine.read(|w| w.account.key.clone())
    }

    /// Creates the secondary token. It opens REST but does not sign until it is promoted.
    pub fn create_secondary_token(&self) -> String {
        self.engine.change(|w| {
            let token = w.sids.secret();
            w.account.secondary = Some(token.clone());
            token
        })
    }

    /// Makes the secondary token the primary one, from this instant on; the old one is void.
    pub fn promote_secondary_token(&self) {
        self.engine.change(|w| {
            if let Some(token) = w.account.secondary.take() {
                w.account.primary = token;
            }
        });
    }

    /// The clock, to be shared with the product.
    pub fn clock(&self) -> Clock {
        self.engine.clock.clone()
    }

    /// Changes the pace of a simulator that is not driven by a test.
    pub fn set_pace(&self, pace: Pace) {
        self.engine.clock.set_pace(pace);
        self.engine.ready.notify.notify_one();
    }

    /// Adds a number to the main account, or changes it. Its identifier.
    pub fn own(&self, number: Number) -> String {
        self.engine.change(|w| {
            let account = w.account.sid.clone();
            w.own(&account, number)
        })
    }

    /// Whether it is a number of an account that takes texts.
    pub fn takes_texts(&self, number: &str) -> bool {
        self.engine.read(|w| w.numbers.get(number).is_some_and(|number| number.terms.sms))
    }

    /// A person's phone, to say what it does or to listen to it.
    pub fn phone(&self, number: &str) -> Phone {
        Phone::new(&self.engine, number)
    }

    /// A caller dials a number of the account. Nothing has happened yet: time passes when the call
    /// is waited for.
    pub async fn dial(&self, from: &str, to: &str) -> Call {
        let sid = leg_tasks::inbound(&self.engine, from, to);
        Call::new(&self.engine, &sid)
    }

    /// A handle on any leg, by its identifier.
    pub fn call(&self, sid: &str) -> Call {
        Call::new(&self.engine, sid)
    }

    /// Something shall go wrong.
    pub fn fault(&self, fault: Fault) {
        self.engine.change(|w| w.faults.push(fault));
    }

    /// From now on transcriptions fail (or succeed again).
    pub fn transcriptions_fail(&self, fail: bool) {
        self.engine.change(|w| w.transcriptions_fail = fail);
    }

    /// An alert with this code is expected: [`Sim::assert_clean`] demands it.
    pub fn expect_alert(&self, code: u32) {
        self.engine.change(|w| w.expected_alerts.push(code));
    }

    /// Lets virtual time pass.
    pub async fn wait(&self, seconds: u64) {
        self.engine.pass(Duration::from_secs(seconds)).await;
    }

    /// Sends a form without a signature; the status of the answer.
    pub async fn post_unsigned(&self, url: &str, form: &[(&str, &str)]) -> u16 {
        wire::forged(&self.engine, url, owned(form), None).await
    }

    /// Sends a form signed with a token that is not the account's; the status of the answer.
    pub async fn post_forged(&self, url: &str, form: &[(&str, &str)]) -> u16 {
        wire::forged(&self.engine, url, owned(form), Some("not-the-token")).await
    }

    /// Sends a form signed like a webhook; the status of the answer.
    pub async fn post_signed(&self, url: &str, form: &[(&str, &str)]) -> u16 {
        let token = self.auth_token();
        wire::forged(&self.engine, url, owned(form), Some(&token)).await
    }

    /// Every request so far, with its answer.
    pub fn journal(&self) -> Vec<Exchange> {
        self.engine.read(|w| w.journal.clone())
    }

    /// What would have been billed so far.
    pub fn ledger(&self) -> Vec<Charge> {
        self.engine.read(|w| w.ledger.clone())
    }

    /// What Twilio's debugger would show.
    pub fn alerts(&self) -> Vec<Alert> {
        self.engine.read(|w| w.alerts.clone())
    }

    /// Everything that happened on all legs.
    pub fn lines(&self) -> Vec<Line> {
        self.engine.read(|w| w.transcript.clone())
    }

    /// Everything that happened on all legs, as text.
    pub fn transcript(&self) -> String {
        transcript::render(&self.lines())
    }

    /// Nothing is left over: no alert that no fault provoked and nobody expected, no expected alert
    /// missing, no live call.
    ///
    /// # Panics
    /// With the list of what is left, and the transcript.
    pub fn assert_clean(&self) {
        let left = self.leftovers();
        if !left.is_empty() {
            fail(format!("{}\n{}", left.join("\n"), self.transcript()));
        }
    }

    /// What [`Sim::assert_clean`] would complain of.
    pub fn leftovers(&self) -> Vec<String> {
        self.engine.read(|w| {
            let mut expected = w.expected_alerts.clone();
            let mut left = Vec::new();
            for alert in &w.alerts {
                if let Some(at) = expected.iter().position(|code| *code == alert.code) {
                    expected.remove(at);
                } else if !alert.provoked && self.engine.options.strict {
                    left.push(format!("violation: {alert}"));
                }
            }
            left.extend(expected.iter().map(|code| format!("expected alert {code} never came")));
            let live = w.legs.values().filter(|leg| !leg.status.is_over());
            left.extend(live.map(|leg| format!("live call: {} ({})", leg.sid, leg.status)));
            left
        })
    }
}

impl Drop for Sim {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
        self.engine.shut_down();
    }
}

fn owned(form: &[(&str, &str)]) -> Params {
    form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
