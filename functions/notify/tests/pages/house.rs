//! The function with everything that it needs, and a clock in hand.

use std::{collections::BTreeMap, net::Ipv4Addr, time::Duration};

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
    ScalarAttributeType,
};
use aws_smithy_types::retry::RetryConfig;
use axum::Router;
use dynoxide::Database;
use entry::{Clock, Environment, Queue};
use jiff::Timestamp;
use notify::{App, Pace, Settings};
use oncall::{
    IncidentId, PersonId, ServiceId,
    incident::{Act, Actor, Cause, Effect, Incident, PageState, Via, Wish},
};
use serde_json::{Value, json};
use store::{BY_DUE, DUE_AT, DUE_IN, IncidentsOf, PK, Retention, SK, Store};
use tokio::net::TcpListener;
use twilio_sim::{Number, Options, Purpose, Sim};
use winterbaume_core::MockAws;
use winterbaume_secretsmanager::SecretsManagerService;
use winterbaume_sqs::SqsService;
use wire::Wire;

use crate::organisation::{self, LINE};

const TABLE: &str = "dutyline";
const REGION: &str = "eu-north-1";
const KEYS: &str = "dutyline/keys";

pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) sim: Sim,
    pub(crate) table: Wire,
    /// To the same table, without the wire.
    pub(crate) store: Store,
    sqs: aws_sdk_sqs::Client,
    queue_url: String,
    said: std::sync::atomic::AtomicU32,
}

impl House {
    pub(crate) async fn open() -> Self {
        let sim = Sim::start(Options::at("2026-11-20T10:00:00Z")).await;
        let public = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let public_url = format!("http://{}", public.local_addr().unwrap());
        // whoever answers these is another function
        let webhooks = Router::new().fallback(async || ([("content-type", "text/xml")], "<Response/>"));
        tokio::spawn(async move { axum::serve(public, webhooks).await });
        sim.own(Number::new(LINE));

        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let table_at = listener.local_addr().unwrap();
        tokio::spawn(dynoxide::server::serve_on(listener, Database::memory().unwrap()));
        let table = Wire::to(table_at).await.unwrap();
        let direct = dynamodb(&format!("http://{table_at}"));
        create_table(&direct).await;

        let mock =
            MockAws::builder().with_service(SqsService::new()).with_service(SecretsManagerService::new()).build();
        let sqs = aws_sdk_sqs::Config::builder()
            .behavior_version(aws_sdk_sqs::config::BehaviorVersion::latest())
            .region(aws_sdk_sqs::config::Region::new(REGION))
            .credentials_provider(credentials())
            .http_client(mock.http_client());
        let sqs = aws_sdk_sqs::Client::from_conf(sqs.build());
        let queue_url = sqs.create_queue().queue_name("events").send().await.unwrap().queue_url.unwrap();
        let secrets = aws_sdk_secretsmanager::Config::builder()
            .behavior_version(aws_sdk_secretsmanager::config::BehaviorVersion::latest())
            .region(aws_sdk_secretsmanager::config::Region::new(REGION))
            .credentials_provider(credentials())
            .http_client(mock.http_client());
        let secrets = aws_sdk_secretsmanager::Client::from_conf(secrets.build());
        let (account, (sid, secret)) = (sim.account_sid(), sim.api_key());
        let keys = json!({ "accounts": { account.as_str(): { "key_sid": sid, "key_secret": secret } } });
        secrets.create_secret().name(KEYS).secret_string(keys.to_string()).send().await.unwrap();

        let retention = Retention { call_log_days: 400 };
        let store = Store::new(direct, TABLE, retention);
        let clock = clock_of(&sim);
        organisation::save(&store, clock.now(), &account, &sid).await;

        let variables = BTreeMap::from([
            ("TABLE_NAME", TABLE.to_owned()),
            ("INCIDENT_QUEUE_URL", queue_url.clone()),
            ("TWILIO_REST_SECRET_ID", KEYS.to_owned()),
            ("TWILIO_BASE_URL", sim.base_url().to_owned()),
            ("PUBLIC_BASE_URL", public_url),
        ]);
        let settings = Settings::read(&Environment::of(move |name| variables.get(name).cloned())).unwrap();
        let through = Store::new(dynamodb(&table.url()), TABLE, retention);
        let queue = Queue::new(sqs.clone(), queue_url.as_str());
        // a client whose patience is shorter than a test's
        let usual = Pace::default();
        let repeats = twilio::rest::Repeats { most: 0, ..usual.repeats };
        let app = App::over(through, queue, secrets, &settings, clock, Pace { repeats, ..usual });
        app.warm().await;
        table.forget();
        Self { app, sim, table, store, sqs, queue_url, said: 0.into() }
    }

    /// What time it is.
    pub(crate) fn now(&self) -> Timestamp {
        self.app.carrier.clock.now()
    }

    /// A tool's message about a key of a service.
    pub(crate) fn tool(&self, kind: &str, service: &str, key: &str) -> Value {
        let number = self.said.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        json!({
            "version": 1, "id": format!("t-{number}"), "kind": format!("tool.{kind}"), "service": service,
            "dedup_key": key, "at": self.now().to_string(), "tool": "Test", "summary": format!("{key} is down"),
            "severity": "critical",
        })
    }

    /// A batch of messages; the ids of those that failed.
    pub(crate) async fn batch(&self, messages: &[Value]) -> Vec<String> {
        let record = |(place, message): (usize, &Value)| {
            let body = message.as_str().map_or_else(|| message.to_string(), str::to_owned);
            json!({ "messageId": place.to_string(), "body": body, "eventSource": "aws:sqs" })
        };
        let records: Vec<Value> = messages.iter().enumerate().map(record).collect();
        let answer = self.app.handle(json!({ "Records": records })).await.unwrap();
        let failures = answer["batchItemFailures"].as_array().unwrap();
        failures.iter().map(|failure| failure["itemIdentifier"].as_str().unwrap().to_owned()).collect()
    }

    /// One message, which is handled.
    pub(crate) async fn takes(&self, message: &Value) {
        assert_eq!(self.batch(std::slice::from_ref(message)).await, Vec::<String>::new());
    }

    /// Something happens to a service's key, and is taken.
    pub(crate) async fn hears(&self, kind: &str, service: &str, key: &str) {
        self.takes(&self.tool(kind, service, key)).await;
    }

    /// The minute's sweep.
    pub(crate) async fn sweeps(&self) {
        let schedule = json!({ "source": "aws.events", "detail-type": "Scheduled Event" });
        assert_eq!(self.app.handle(schedule).await.unwrap(), Value::Null);
    }

    /// So much time, with a sweep at the end of each minute, and no message.
    pub(crate) async fn sweeps_for(&self, minutes: u64) {
        for _ in 0..minutes {
            self.sim.wait(60).await;
            self.sweeps().await;
        }
    }

    /// What lies on the queue and is not held back, taken from it.
    pub(crate) async fn queued(&self) -> Vec<Value> {
        let mut queued = Vec::new();
        loop {
            let receive = self.sqs.receive_message().queue_url(&self.queue_url).max_number_of_messages(10);
            let received = receive.send().await.unwrap().messages.unwrap_or_default();
            if received.is_empty() {
                return queued;
            }
            for message in received {
                queued.push(serde_json::from_str(message.body().unwrap()).unwrap());
                let delete = self.sqs.delete_message().queue_url(&self.queue_url);
                delete.receipt_handle(message.receipt_handle().unwrap()).send().await.unwrap();
            }
        }
    }

    /// The open incidents, the first one first.
    pub(crate) async fn open_incidents(&self) -> Vec<Incident> {
        self.listed(IncidentsOf::Open).await
    }

    /// All incidents of a service, the first one first.
    pub(crate) async fn of_service(&self, service: &str) -> Vec<Incident> {
        self.listed(IncidentsOf::Service(&ServiceId::new(service))).await
    }

    async fn listed(&self, of: IncidentsOf<'_>) -> Vec<Incident> {
        let (mut all, mut before) = (Vec::new(), None);
        loop {
            let page = self.store.listed_incidents(of, 50, before.as_deref()).await.unwrap();
            all.extend(page.incidents.into_iter().map(|stored| stored.incident));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        all.sort_by_key(|incident| incident.number);
        all
    }

    /// The only incident of `payments`.
    pub(crate) async fn incident(&self) -> Incident {
        let mut found = self.of_service("payments").await;
        assert_eq!(found.len(), 1);
        found.remove(0)
    }

    /// How the only incident's pages fare.
    pub(crate) async fn states(&self) -> Vec<String> {
        let state = |page: oncall::incident::Page| match page.state {
            PageState::Sent { .. } => "sent".to_owned(),
            PageState::Failed(why) => why.to_string(),
            PageState::Ordered { .. } => "ordered".to_owned(),
            other => format!("{other:?}"),
        };
        self.incident().await.pages.into_iter().map(state).collect()
    }

    /// Somebody wants something of an incident; what follows from it is done by nobody but messages.
    pub(crate) async fn wishes(&self, id: &IncidentId, person: &str, wish: Wish) {
        let by = Actor::Person { id: PersonId::new(person), via: Via::Sms };
        let number = self.said.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let act = Act { id: format!("SM{number}"), by, wish };
        self.app.carrier.act(id, &Cause::Act(act)).await.unwrap();
    }

    /// A step as another worker takes it, who dies before doing what follows.
    pub(crate) async fn step_of_a_worker_that_dies(&self, id: &IncidentId) -> Vec<Effect> {
        let taken = self.app.carrier.step(id, &Cause::Time).await.unwrap();
        let carrier::Taken::Taken { effects, .. } = taken else { panic!("{taken:?}") };
        effects
    }

    /// What phones have been texted, once Twilio has had time for it.
    pub(crate) async fn texts(&self, phone: &str) -> Vec<String> {
        self.sim.wait(5).await;
        self.sim.phone(phone).texts().into_iter().map(|text| text.body).collect()
    }

    /// How often Twilio was asked to do this: `POST /Messages`, `GET /Calls`; whatever it did.
    pub(crate) fn asked(&self, what: &str) -> usize {
        let (method, part) = what.split_once(' ').unwrap();
        let journal = self.sim.journal();
        let asked = journal.iter().filter(|entry| entry.purpose == Purpose::Rest && entry.method == method);
        asked.filter(|entry| entry.url.contains(part)).count()
    }
}

fn clock_of(sim: &Sim) -> Clock {
    let clock = sim.clock();
    Clock::of(move || {
        let nanoseconds = i128::try_from(clock.now().as_nanos()).unwrap();
        Timestamp::from_nanosecond(nanoseconds).unwrap()
    })
}

fn credentials() -> Credentials {
    Credentials::new("AKIDTEST", "secret", None, None, "test")
}

fn dynamodb(url: &str) -> aws_sdk_dynamodb::Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(aws_sdk_dynamodb::config::BehaviorVersion::latest())
        .region(aws_sdk_dynamodb::config::Region::new(REGION))
        .credentials_provider(credentials())
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .retry_config(RetryConfig::standard().with_max_attempts(2).with_initial_backoff(Duration::from_millis(1)))
        .endpoint_url(url);
    aws_sdk_dynamodb::Client::from_conf(config.build())
}

async fn create_table(client: &aws_sdk_dynamodb::Client) {
    let mut create = client.create_table().table_name(TABLE).billing_mode(BillingMode::PayPerRequest);
    for name in [PK, SK, DUE_IN, DUE_AT] {
        let attribute = AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S);
        create = create.attribute_definitions(attribute.build().unwrap());
    }
    let keys = |partition: &str, sort: &str| {
        let key = |name, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().unwrap();
        Some(vec![key(partition, KeyType::Hash), key(sort, KeyType::Range)])
    };
    let projection = Projection::builder().projection_type(ProjectionType::KeysOnly).build();
    let due = GlobalSecondaryIndex::builder().index_name(BY_DUE).projection(projection);
    let due = due.set_key_schema(keys(DUE_IN, DUE_AT)).build().unwrap();
    create.set_key_schema(keys(PK, SK)).global_secondary_indexes(due).send().await.unwrap();
}
