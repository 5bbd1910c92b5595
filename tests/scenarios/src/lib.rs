//! The stage on which the stories are played: the real voice function with its real clients, the documents that stand
//! in for it, a table, a queue and secrets on loopback, and a pretend Twilio with people around it.
//!
//! A story reads like the call:
//!
//! ```no_run
//! # use scenarios::{ADA, LINE, Stage};
//! # async fn story() {
//! let stage = Stage::open().await;
//! stage.sim.phone(ADA).answers_after(4).presses("1").talks_for(60);
//! let mut caller = stage.dials(LINE).await;
//! caller.hears("press 1").await.presses("1").await;
//! caller.is_connected_to(ADA).await;
//! caller.ends().await;
//! stage.closes(&["call.accepted", "call.ended"]).await;
//! # }
//! ```
//!
//! Silence is asserted by [`Stage::closes`]: no call is left, Twilio had nothing to complain about, and the incident
//! pipeline was told these things and nothing else.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a stage that cannot be set up fails the story"
)]

mod configuration;
mod duty;
mod organisation;
mod paging;
mod rehearsing;

use std::{future::Future, path::Path, time::Duration};

use carrier::Carrier;
use entry::{Clock, Gate, PublicUrl, Queue, TwilioSecrets};
use fallback::Shelf;
use jiff::Timestamp;
use local::{
    aws::{Services, dynamodb_at},
    documents,
    dynamodb::DynamoDb,
    template::{LocalValues, Template},
};
use oncall::{CallId, Plan};
use serde_json::{Value, json};
use store::{LoggedCall, PlanKey, Retention, Store};
use tokio::net::TcpListener;
use twilio_sim::{Call, Fault, Number, Options, Purpose, Sim, Variants};
use wire::Wire;

pub use configuration::save;
pub use duty::Duty;
pub use organisation::{
    ADA, ADA_SECOND, BO, CALLER, CY, LINE, notify, on_schedule, one_destination, organisation, paging, policy_of,
    weekly,
};
pub use paging::Paged;
pub use rehearsing::Course;

/// When stories begin, unless they say otherwise: a Friday, three at night.
pub const NIGHT: &str = "2026-11-20T03:00:00Z";

const SECRET: &str = "twilio";

/// Everything that a story needs.
pub struct Stage {
    /// Twilio, and the people with their phones.
    pub sim: Sim,
    /// The wire to the table.
    pub table: Wire,
    /// The table itself, not over the wire that stories cut.
    pub store: Store,
    fallback: fallback::App,
    documents_url: String,
    services: Services,
    queue_url: String,
    public_url: String,
    _dynamodb: DynamoDb,
}

/// How a stage is set.
pub struct Setting {
    /// Virtual time at the start, RFC 3339.
    pub at: &'static str,
    /// What Twilio does where its documentation is silent.
    pub variants: Variants,
    /// The plan of the line; none for a number that no line has.
    pub plan: Option<Plan>,
    /// After how long, in real time, a caller is told to wait.
    pub deadline: Duration,
    /// Whether webhooks of one instant arrive together.
    pub concurrent: bool,
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            at: NIGHT,
            variants: Variants::default(),
            plan: Some(organisation()),
            deadline: Duration::from_secs(10),
            concurrent: false,
        }
    }
}

impl Setting {
    /// The usual setting, with a change to the plan.
    pub fn with_plan(change: impl FnOnce(&mut Plan)) -> Self {
        let mut plan = organisation();
        change(&mut plan);
        Self { plan: Some(plan), ..Self::default() }
    }

    /// The same, beginning at another instant.
    pub fn at(self, at: &'static str) -> Self {
        Self { at, ..self }
    }

    /// The same, under one of Twilio's variants.
    pub fn under(self, variants: Variants) -> Self {
        Self { variants, ..self }
    }
}

/// Plays a story once for each way in which Twilio may behave where its documentation is silent.
pub async fn under_all_variants<F: Future<Output = ()>>(story: impl Fn(Variants) -> F) {
    for variants in Variants::all() {
        story(variants).await;
    }
}

impl Stage {
    /// The usual stage.
    pub async fn open() -> Self {
        Self::set(Setting::default()).await
    }

    /// A stage set as a story wants it.
    pub async fn set(setting: Setting) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let public_url = format!("http://{}", listener.local_addr().unwrap());
        let mut options = Options::at(setting.at);
        options.variants = setting.variants;
        options.concurrent_webhooks = setting.concurrent;
        let sim = Sim::start(options).await;

        let template = Template::of_repository().unwrap();
        let table = template.table(&LocalValues::default()).unwrap();
        let dynamodb = DynamoDb::with_table(Path::new(":memory:"), &table).await.unwrap();
        let wire = Wire::to(dynamodb.url().trim_start_matches("http://").parse().unwrap()).await.unwrap();
        let store = |url: &str| Store::new(dynamodb_at(url), table.name.as_str(), Retention { call_log_days: 400 });

        let services = Services::start();
        let queues = services.make_queues(&template.queues(&LocalValues::default()).unwrap()).await.unwrap();
        let queue_url = queues["IncidentEvents"].clone();
        let secret = secret_of(&sim.account_sid(), &[sim.auth_token()]);
        services.store_secrets(&[(SECRET.to_owned(), secret)].into()).await.unwrap();

        let clock = clock_of(&sim);
        let secrets = TwilioSecrets::new(services.secrets_manager.clone(), SECRET, clock.clone());
        let url: PublicUrl = public_url.parse().unwrap();
        let texts = sms::App {
            gate: Gate::new(url.clone(), secrets.clone()),
            secrets: secrets.clone(),
            carrier: Carrier {
                store: store(&wire.url()),
                queue: Queue::new(services.sqs.clone(), queue_url.as_str()),
                clock: clock.clone(),
            },
            app_name: "Dutyline".to_owned(),
            deadline: setting.deadline,
        };
        let app = voice::App {
            gate: Gate::new(url.clone(), secrets.clone()),
            secrets,
            store: store(&wire.url()),
            queue: Queue::new(services.sqs.clone(), queue_url.as_str()),
            clock: clock.clone(),
            public_url: url.clone(),
            deadline: setting.deadline,
        };
        let pages = page::App {
            gate: app.gate.clone(),
            secrets: app.secrets.clone(),
            carrier: Carrier { store: app.store.clone(), queue: app.queue.clone(), clock: clock.clone() },
            public_url: url.clone(),
            deadline: setting.deadline,
        };
        let router = voice::router(app).merge(page::router(pages)).merge(sms::router(texts));
        tokio::spawn(async move { axum::serve(listener, router).await });

        let store = store(&dynamodb.url());
        let documents = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let documents_url = format!("http://{}", documents.local_addr().unwrap());
        let buckets = services.make_buckets(&template.buckets(&LocalValues::default()).unwrap()).await.unwrap();
        let bucket = buckets["FallbackDocuments"].as_str();
        let shelf = Shelf::new(services.s3.clone(), bucket);
        let fallback = fallback::App { store: store.clone(), shelf, public_url: url, clock };
        let host = documents::router(services.s3.clone(), bucket);
        tokio::spawn(async move { axum::serve(documents, host).await });

        let stage = Self {
            store,
            sim,
            fallback,
            documents_url,
            table: wire,
            services,
            queue_url,
            public_url,
            _dynamodb: dynamodb,
        };
        if let Some(plan) = setting.plan {
            save(&stage.store, &plan, clock_of(&stage.sim).now()).await;
        }
        stage.sim.own(stage.number());
        stage
    }

    /// The line's number, as it is set up at Twilio.
    fn number(&self) -> Number {
        let number = Number::new(LINE).voice_url(self.url("/voice/incoming"));
        number.status_callback(self.url("/voice/ended")).sms_url(self.url("/sms/incoming"))
    }

    /// A stage whose line has its fallback, written by the schedule and set up at Twilio. Other stories do without.
    pub async fn with_fallback(setting: Setting) -> Self {
        let stage = Self::set(setting).await;
        stage.fallback.renew().await.unwrap();
        let line = stage.store.lines().await.unwrap().remove(0);
        let document = format!("{}/{}", stage.documents_url, line.fallback.unwrap().address.path());
        stage.sim.own(stage.number().fallback(document).fallback_method("GET"));
        stage
    }

    /// From now on the voice function cannot be reached by the routes that begin so.
    pub fn loses_the_function(&self, routes: &str) {
        self.sim.fault(Fault::unreachable(self.url(routes)).always());
    }

    /// Time passes in which nobody does anything, and the schedule calls the fallback function.
    pub async fn a_minute_passes(&self) {
        self.sim.wait(60).await;
        self.fallback.renew().await.unwrap();
    }

    /// The URL of a route.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// [`CALLER`] dials a number.
    pub async fn dials(&self, number: &str) -> Call {
        self.sim.dial(CALLER, number).await
    }

    /// Changes the plan as an admin would, while calls go on.
    pub async fn changes_plan(&self, change: impl FnOnce(&mut Plan)) {
        let number = LINE.parse().unwrap();
        let mut plan = self.store.plan(PlanKey::Number(&number)).await.unwrap().unwrap().plan;
        change(&mut plan);
        save(&self.store, &plan, clock_of(&self.sim).now()).await;
    }

    /// Stores other tokens for the account in Secrets Manager.
    pub async fn stores_tokens(&self, tokens: &[String]) {
        let secret = secret_of(&self.sim.account_sid(), tokens);
        let put = self.services.secrets_manager.put_secret_value().secret_id(SECRET).secret_string(secret);
        put.send().await.unwrap();
    }

    /// A call as its log has it.
    pub async fn logged(&self, call: &Call) -> LoggedCall {
        self.store.call(&CallId::new(call.sid())).await.unwrap().expect("the call is in the log")
    }

    /// What a call's attempts came to, as `person result`.
    pub async fn attempts(&self, call: &Call) -> Vec<String> {
        let logged = self.logged(call).await;
        logged.call.attempts.iter().map(|attempt| format!("{} {:?}", attempt.person, attempt.result)).collect()
    }

    /// What the incident pipeline has been told since it was last asked, in order.
    pub async fn told(&self) -> Vec<Value> {
        let mut told = Vec::new();
        loop {
            let receive = self.services.sqs.receive_message().queue_url(&self.queue_url).max_number_of_messages(10);
            let received = receive.send().await.unwrap();
            if received.messages().is_empty() {
                break;
            }
            for message in received.messages() {
                told.push(serde_json::from_str(message.body().unwrap()).unwrap());
                let delete = self.services.sqs.delete_message().queue_url(&self.queue_url);
                delete.receipt_handle(message.receipt_handle().unwrap()).send().await.unwrap();
            }
        }
        told
    }

    /// How many requests of a step have come from Twilio.
    pub fn webhooks(&self, path: &str) -> usize {
        let journal = self.sim.journal();
        journal.iter().filter(|exchange| exchange.purpose != Purpose::Rest && exchange.url.contains(path)).count()
    }

    /// What a responder's leg is answered when they press a key, as Twilio would ask it.
    pub async fn answers(&self, caller: &Call, attempt: u16, phone: &str, digits: &str) -> String {
        let url = self.url(&format!("/voice/answered/line-1/{attempt}/1"));
        let account = self.sim.account_sid();
        let child = format!("CA{attempt:032}");
        let form = [
            ("AccountSid", account.as_str()),
            ("CallSid", child.as_str()),
            ("ParentCallSid", caller.sid()),
            ("From", LINE),
            ("To", phone),
            ("CallStatus", "in-progress"),
            ("Direction", "outbound-dial"),
            ("Digits", digits),
        ];
        assert_eq!(self.sim.post_signed(&url, &form).await, 200);
        let journal = self.sim.journal();
        journal.iter().rfind(|exchange| exchange.url == url).unwrap().body.clone()
    }

    /// What the table was asked since this was last called: so many reads and so many writes.
    pub fn costs(&self, steps: &str, reads: usize, writes: usize) {
        let counts = self.table.counts();
        let count = |operation| counts.get(operation).copied().unwrap_or_default();
        assert_eq!((count("BatchGetItem"), count("UpdateItem")), (reads, writes), "{steps}: {counts:?}");
        assert_eq!(counts.values().sum::<usize>(), reads + writes, "{steps}: {counts:?}");
        self.table.forget();
    }

    /// Ends the story: nothing goes on, Twilio had nothing to complain about, and the incident pipeline was told these
    /// kinds of things and nothing else.
    pub async fn closes(self, kinds: &[&str]) {
        self.sim.wait(120).await;
        self.sim.assert_clean();
        let told = self.told().await;
        let told: Vec<&str> = told.iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert_eq!(told, kinds, "what the incident pipeline was told");
    }
}

/// The product's clock: the simulator's.
fn clock_of(sim: &Sim) -> Clock {
    let clock = sim.clock();
    Clock::of(move || Timestamp::from_nanosecond(clock.unix_nanos()).unwrap())
}

fn secret_of(account: &str, tokens: &[String]) -> String {
    json!({ "accounts": { account: { "auth_tokens": tokens } } }).to_string()
}
