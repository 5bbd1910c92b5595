//! The API with a table, a secret and a clock, and requests to it.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, header},
};
use entry::{Clock, Environment, Queue};
use jiff::Timestamp;
use provision::{App, Settings, router};
use serde_json::Value;
use store::Store;
use tower::ServiceExt as _;
use winterbaume_core::MockAws;
use winterbaume_secretsmanager::SecretsManagerService;
use winterbaume_sqs::SqsService;
use wire::Wire;

use crate::{
    issuer::{AUDIENCE, Issuer},
    tables::{REGION, Table, credentials, store_at},
};

pub(crate) const BOOTSTRAP: &str = "BootstrapBootstrapBootstrap123456";
const SECRET_ID: &str = "dutyline/admin";
pub(crate) const TOKENS_ID: &str = "dutyline/twilio";
pub(crate) const KEYS_ID: &str = "dutyline/twilio-rest";
const QUEUE: &str = "incident-events";

pub(crate) struct House {
    router: Router,
    pub(crate) store: Store,
    secrets: aws_sdk_secretsmanager::Client,
    queued: Queued,
    now: Arc<Mutex<Timestamp>>,
    pub(crate) table: Table,
}

/// A request in the making.
pub(crate) struct Asking<'h> {
    house: &'h House,
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

/// A Secrets Manager with all that the template puts into it.
pub(crate) async fn secrets_manager() -> aws_sdk_secretsmanager::Client {
    let mock = MockAws::builder().with_service(SecretsManagerService::new()).build();
    let config = aws_sdk_secretsmanager::Config::builder()
        .behavior_version(aws_sdk_secretsmanager::config::BehaviorVersion::latest())
        .region(aws_sdk_secretsmanager::config::Region::new(REGION))
        .credentials_provider(credentials())
        .http_client(mock.http_client());
    let secrets = aws_sdk_secretsmanager::Client::from_conf(config.build());
    let nobody = r#"{"accounts": {}}"#;
    for (name, text) in [(SECRET_ID, BOOTSTRAP), (TOKENS_ID, nobody), (KEYS_ID, nobody)] {
        secrets.create_secret().name(name).secret_string(text).send().await.unwrap();
    }
    secrets
}

/// A queue, and what is on it.
pub(crate) struct Queued {
    sqs: aws_sdk_sqs::Client,
    url: String,
}

impl Queued {
    pub(crate) async fn new() -> Self {
        let mock = MockAws::builder().with_service(SqsService::new()).build();
        let config = aws_sdk_sqs::Config::builder()
            .behavior_version(aws_sdk_sqs::config::BehaviorVersion::latest())
            .region(aws_sdk_sqs::config::Region::new(REGION))
            .credentials_provider(credentials())
            .http_client(mock.http_client());
        let sqs = aws_sdk_sqs::Client::from_conf(config.build());
        let url = sqs.create_queue().queue_name(QUEUE).send().await.unwrap().queue_url.unwrap();
        Self { sqs, url }
    }

    pub(crate) fn queue(&self) -> Queue {
        Queue::new(self.sqs.clone(), self.url.as_str())
    }

    /// The bodies of the messages, which are taken.
    pub(crate) async fn taken(&self) -> Vec<Value> {
        let received = self.sqs.receive_message().queue_url(&self.url).max_number_of_messages(10).send().await.unwrap();
        let mut bodies = Vec::new();
        for message in received.messages() {
            bodies.push(serde_json::from_str(message.body().unwrap()).unwrap());
            let delete = self.sqs.delete_message().queue_url(&self.url);
            delete.receipt_handle(message.receipt_handle().unwrap()).send().await.unwrap();
        }
        bodies
    }
}

/// The settings of an installation whose Twilio is there.
pub(crate) fn settings(twilio: &str) -> Settings {
    settings_trusting(twilio, None)
}

/// The same, which takes the JWTs of this issuer.
fn settings_trusting(twilio: &str, issuer: Option<String>) -> Settings {
    let twilio = twilio.to_owned();
    let environment = Environment::of(move |name| {
        let value = match name {
            "TABLE_NAME" => "dutyline",
            "INCIDENT_QUEUE_URL" => "https://sqs.invalid/incident-events",
            "ADMIN_TOKEN_SECRET_ID" => SECRET_ID,
            "TWILIO_SECRET_ID" => TOKENS_ID,
            "TWILIO_REST_SECRET_ID" => KEYS_ID,
            "TWILIO_BASE_URL" => &twilio,
            "PUBLIC_BASE_URL" => "https://hotline.example.org",
            "FALLBACK_BASE_URL" => "https://documents.example.org",
            "MAX_ACTIVE_NUMBERS" => "3",
            "CALL_LOG_DAYS" => "30",
            "JWT_ISSUER" => issuer.as_deref()?,
            "JWT_AUDIENCE" => issuer.as_deref().map(|_| AUDIENCE)?,
            _ => return None,
        };
        Some(value.to_owned())
    });
    Settings::read(&environment).unwrap()
}

/// An API on loopback, and a client of the first administrator.
pub(crate) async fn client_of(router: Router) -> api::client::Client {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    api::client::Client::new(reqwest::Client::new(), url, BOOTSTRAP.into())
}

impl House {
    /// At 9 o'clock UTC on Friday 20 November 2026.
    pub(crate) async fn open() -> Self {
        Self::with(settings("http://127.0.0.1:9")).await
    }

    /// At the same time, and taking the JWTs of this issuer.
    pub(crate) async fn trusting(issuer: &Issuer) -> Self {
        Self::with(settings_trusting("http://127.0.0.1:9", Some(issuer.url()))).await
    }

    /// At the same time, with a wire before its table.
    pub(crate) async fn wired() -> (Self, Wire) {
        let table = Table::new().await;
        let wire = Wire::to(table.address).await.unwrap();
        let through = store_at(&wire.url());
        (Self::over(settings("http://127.0.0.1:9"), table, through).await, wire)
    }

    async fn with(settings: Settings) -> Self {
        let table = Table::new().await;
        let store = table.store.clone();
        Self::over(settings, table, store).await
    }

    /// An API that reaches its table through this.
    async fn over(settings: Settings, table: Table, through: Store) -> Self {
        let secrets = secrets_manager().await;
        let now = Arc::new(Mutex::new("2026-11-20T09:00:00Z".parse().unwrap()));
        let clock = Clock::of({
            let now = now.clone();
            move || *now.lock().unwrap()
        });
        let queued = Queued::new().await;
        let app = App::over(through, secrets.clone(), queued.queue(), &settings, clock);
        Self { router: router(app), store: table.store.clone(), secrets, queued, now, table }
    }

    pub(crate) fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    /// What whoever sends is told, taken from the queue.
    pub(crate) async fn queued(&self) -> Vec<Value> {
        self.queued.taken().await
    }

    pub(crate) fn at(&self, instant: &str) {
        *self.now.lock().unwrap() = instant.parse().unwrap();
    }

    pub(crate) async fn replace_bootstrap(&self, secret: &str) {
        self.secrets.put_secret_value().secret_id(SECRET_ID).secret_string(secret).send().await.unwrap();
    }

    /// The API on loopback, and a client of the first administrator.
    pub(crate) async fn client(&self) -> api::client::Client {
        client_of(self.router.clone()).await
    }

    /// A request of the first administrator, under `/api/v1`.
    pub(crate) fn ask(&self, method: &str, path: &str) -> Asking<'_> {
        self.ask_anything(method, &format!("/api/v1{path}")).token(BOOTSTRAP)
    }

    /// A request of nobody.
    pub(crate) fn ask_anything(&self, method: &str, path: &str) -> Asking<'_> {
        let (method, path) = (method.to_owned(), path.to_owned());
        Asking { house: self, method, path, headers: Vec::new(), body: Vec::new() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path).send().await
    }

    /// Makes something that nothing is wrong with.
    pub(crate) async fn make(&self, path: &str, json: Value) -> Answer {
        let answer = self.ask("POST", path).json(&json).send().await;
        assert_eq!(answer.status, 201, "{path}: {answer:?}");
        answer
    }

    /// A token of a role.
    pub(crate) async fn token(&self, role: &str, expires_at: Option<&str>) -> (String, String) {
        let wanted = serde_json::json!({"name": role, "role": role, "expires_at": expires_at});
        let made = self.make("/tokens", wanted).await.body;
        (made["token"]["id"].as_str().unwrap().to_owned(), made["secret"].as_str().unwrap().to_owned())
    }
}

impl Asking<'_> {
    pub(crate) fn token(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// In the place of a header that is there.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn json(self, json: &Value) -> Self {
        self.header("content-type", "application/json").body(json.to_string())
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) async fn send(self) -> Answer {
        let request = Request::builder().method(self.method.as_str()).uri(&self.path);
        let request = self.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        let response = self.house.router.clone().oneshot(request.body(Body::from(self.body)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let answer = Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            // what is no JSON is text
            body: match bytes.as_ref() {
                [] => Value::Null,
                bytes => serde_json::from_slice(bytes)
                    .unwrap_or_else(|_| Value::String(std::str::from_utf8(bytes).unwrap().to_owned())),
            },
        };
        answer.check();
        answer
    }
}

impl Answer {
    /// What holds of every answer.
    fn check(&self) {
        let media_type = self.header(header::CONTENT_TYPE.as_str()).unwrap_or_default();
        if self.status >= 400 {
            assert_eq!(media_type, "application/problem+json", "{self:?}");
            assert_eq!(self.body["status"], self.status, "{self:?}");
            let kind = self.body["type"].as_str().unwrap();
            assert!(kind.starts_with("urn:dutyline:problem:"), "{self:?}");
        } else if !self.body.is_null() && !self.body.is_string() {
            assert_eq!(media_type, "application/json", "{self:?}");
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub(crate) fn etag(&self) -> String {
        self.header("etag").unwrap().to_owned()
    }

    /// The kind of problem, and the fields that are named.
    pub(crate) fn problem(&self) -> (u16, &str, Vec<&str>) {
        let kind = self.body["type"].as_str().unwrap_or_default();
        let errors = self.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        let fields = errors.iter().map(|error| error["field"].as_str().unwrap()).collect();
        (self.status, kind.rsplit(':').next().unwrap(), fields)
    }

    #[track_caller]
    pub(crate) fn refuses(&self, status: u16, slug: &str, fields: &[&str]) {
        assert_eq!(self.problem(), (status, slug, fields.to_vec()), "{}", self.body);
    }
}
