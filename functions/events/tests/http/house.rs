//! The intake with a table, a queue and a clock, and requests to it.

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
    time::Duration,
};

use aws_credential_types::Credentials;
use aws_smithy_types::retry::RetryConfig;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use dynoxide::Database;
use entry::{Clock, Queue};
use events::{App, router};
use jiff::Timestamp;
use pipeline::{Message, ToolEvent};
use serde_json::Value;
use store::{Retention, Store};
use tokio::net::TcpListener;
use tower::ServiceExt as _;
use winterbaume_core::{MockRequest, MockService};
use winterbaume_sqs::SqsService;
use wire::Wire;

pub(crate) const KEY: &str = "abcdefghijklmnopqrstuvwxyz234567";
pub(crate) const NOW: &str = "2026-11-20T10:00:04.5Z";
const TABLE: &str = "dutyline";
const REGION: &str = "eu-north-1";

pub(crate) struct House {
    router: Router,
    pub(crate) table: Wire,
    pub(crate) sqs: Wire,
    pub(crate) dynamodb: aws_sdk_dynamodb::Client,
    /// To the same queue, without the wire.
    reader: aws_sdk_sqs::Client,
    queue_url: String,
    now: Arc<Mutex<Timestamp>>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl House {
    /// With one service, `payments`, and its key.
    pub(crate) async fn open() -> Self {
        Self::with_room_for(1000).await
    }

    pub(crate) async fn with_room_for(events_per_minute: u32) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let table_at = listener.local_addr().unwrap();
        tokio::spawn(dynoxide::server::serve_on(listener, Database::memory().unwrap()));
        let sqs_at = serve_sqs().await;
        let (table, sqs) = (Wire::to(table_at).await.unwrap(), Wire::to(sqs_at).await.unwrap());

        let dynamodb = dynamodb(&format!("http://{table_at}"));
        create_table(&dynamodb).await;
        put_key(&dynamodb, KEY, "payments").await;
        let reader = sqs_client(&format!("http://{sqs_at}"));
        let queue_url = reader.create_queue().queue_name("events").send().await.unwrap().queue_url.unwrap();

        let now = Arc::new(Mutex::new(NOW.parse().unwrap()));
        let told = now.clone();
        let app = App {
            store: Store::new(self::dynamodb(&table.url()), TABLE, Retention { call_log_days: 0 }),
            queue: Queue::new(sqs_client(&sqs.url()), queue_url.as_str()),
            clock: Clock::of(move || *told.lock().unwrap()),
            events_per_minute,
        };
        app.warm().await;
        table.forget();
        Self { router: router(app), table, sqs, dynamodb, reader, queue_url, now }
    }

    pub(crate) fn at(&self, instant: &str) {
        *self.now.lock().unwrap() = instant.parse().unwrap();
    }

    /// Posts a body with headers.
    pub(crate) async fn post(&self, path: &str, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> Answer {
        let request = Request::builder().method("POST").uri(path);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let response = self.router.clone().oneshot(request.body(Body::from(body.into())).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or_else(|_| panic!("no JSON: {bytes:?}"));
        let answer = Answer { status: parts.status.as_u16(), headers: parts.headers, body };
        assert!(!answer.body.to_string().contains(KEY), "{answer:?}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{answer:?}");
        answer
    }

    /// Posts JSON with the key as a bearer token.
    pub(crate) async fn post_with_key(&self, path: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {KEY}");
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        self.post(path, &headers, body.to_string()).await
    }

    /// Posts an event of PagerDuty's shape; its key is put in.
    pub(crate) async fn enqueue(&self, event: &Value) -> Answer {
        let mut event = event.clone();
        event["routing_key"] = KEY.into();
        self.post("/events/v2/enqueue", &[], event.to_string()).await
    }

    /// What is on the queue, taken from it; each with its id as an attribute.
    pub(crate) async fn queued(&self) -> Vec<ToolEvent> {
        let mut queued = Vec::new();
        loop {
            let receive = self.reader.receive_message().queue_url(&self.queue_url).max_number_of_messages(10);
            let received = receive.message_attribute_names("All").send().await.unwrap();
            if received.messages().is_empty() {
                return queued;
            }
            for message in received.messages() {
                let Some(Message::Tool(event)) = Message::read(message.body().unwrap()).unwrap() else {
                    panic!("{message:?}")
                };
                let attributes = message.message_attributes().unwrap();
                assert_eq!(attributes[entry::ID_ATTRIBUTE].string_value(), Some(event.id.as_str()));
                queued.push(event);
                let delete = self.reader.delete_message().queue_url(&self.queue_url);
                delete.receipt_handle(message.receipt_handle().unwrap()).send().await.unwrap();
            }
        }
    }

    /// The one that is on the queue.
    pub(crate) async fn one(&self) -> ToolEvent {
        let mut queued = self.queued().await;
        assert_eq!(queued.len(), 1, "{queued:?}");
        queued.remove(0)
    }

    /// What AWS has been asked since it was last forgotten.
    pub(crate) fn asked(&self) -> BTreeMap<String, usize> {
        self.table.counts().into_iter().chain(self.sqs.counts()).collect()
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// A problem of this status and kind, which names these fields.
    #[track_caller]
    pub(crate) fn refuses(&self, status: u16, slug: &str, fields: &[&str]) {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
        assert_eq!((self.status, &self.body["status"]), (status, &Value::from(status)), "{self:?}");
        assert_eq!(self.body["type"], format!("urn:dutyline:problem:{slug}"), "{self:?}");
        let errors = self.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        let named: Vec<_> = errors.iter().map(|error| error["field"].as_str().unwrap()).collect();
        assert_eq!(named, fields, "{self:?}");
    }

    /// PagerDuty's refusal of an event, for these reasons.
    #[track_caller]
    pub(crate) fn is_invalid(&self, errors: &[&str]) {
        let body = serde_json::json!({
            "status": "invalid event", "message": "Event object is invalid", "errors": errors,
        });
        assert_eq!((self.status, &self.body), (400, &body));
        assert_eq!(self.header("content-type"), Some("application/json"));
    }
}

/// SQS in memory, behind HTTP on loopback.
async fn serve_sqs() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = Arc::new(SqsService::new());
    let router = Router::new().fallback(async move |request: Request| answer(&service, request).await);
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn answer(service: &SqsService, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    // what AWS's own limit is, and the one in memory does not hold
    assert!(body.len() < 300_000, "{} bytes in one request to SQS", body.len());
    let request = MockRequest {
        method: parts.method.to_string(),
        uri: format!("https://sqs.{REGION}.amazonaws.com{}", parts.uri),
        headers: parts.headers,
        body,
    };
    let response = service.handle(request).await;
    let status = axum::http::StatusCode::from_u16(response.status).unwrap();
    (status, response.headers, response.body).into_response()
}

fn sqs_client(url: &str) -> aws_sdk_sqs::Client {
    let config = aws_sdk_sqs::Config::builder()
        .behavior_version(aws_sdk_sqs::config::BehaviorVersion::latest())
        .region(aws_sdk_sqs::config::Region::new(REGION))
        .credentials_provider(credentials())
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .retry_config(retries())
        .endpoint_url(url);
    aws_sdk_sqs::Client::from_conf(config.build())
}

fn dynamodb(url: &str) -> aws_sdk_dynamodb::Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(aws_sdk_dynamodb::config::BehaviorVersion::latest())
        .region(aws_sdk_dynamodb::config::Region::new(REGION))
        .credentials_provider(credentials())
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .retry_config(retries())
        .endpoint_url(url);
    aws_sdk_dynamodb::Client::from_conf(config.build())
}

/// As the functions' clients have it: two attempts.
fn retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(2).with_initial_backoff(Duration::from_millis(1))
}

fn credentials() -> Credentials {
    Credentials::new("AKIDTEST", "secret", None, None, "test")
}

async fn create_table(client: &aws_sdk_dynamodb::Client) {
    use aws_sdk_dynamodb::types::{AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType};
    let mut create = client.create_table().table_name(TABLE).billing_mode(BillingMode::PayPerRequest);
    for (name, kind) in [(store::PK, KeyType::Hash), (store::SK, KeyType::Range)] {
        let attribute = AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S);
        create = create.attribute_definitions(attribute.build().unwrap());
        create = create.key_schema(KeySchemaElement::builder().attribute_name(name).key_type(kind).build().unwrap());
    }
    create.send().await.unwrap();
}

/// A routing key of a service that is there, as the admin API makes it.
async fn put_key(client: &aws_sdk_dynamodb::Client, key: &str, service: &str) {
    use aws_sdk_dynamodb::types::AttributeValue::{N, S};
    let item = [(store::PK, "services"), (store::SK, service), ("doc", "{}")];
    let item = item.map(|(name, value)| (name.to_owned(), S(value.to_owned())));
    let item = item.into_iter().chain([("format".to_owned(), N("1".to_owned()))]).collect();
    client.put_item().table_name(TABLE).set_item(Some(item)).send().await.unwrap();
    let store = Store::new(client.clone(), TABLE, Retention { call_log_days: 0 });
    let digest = ring::digest::digest(&ring::digest::SHA256, key.as_bytes());
    let stored = store::StoredRoutingKey {
        id: "r3k7m2q9abcd".to_owned(),
        service: service.to_owned(),
        name: "alerts".to_owned(),
        hash: digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect(),
        last4: key[key.len() - 4..].to_owned(),
        created_at: NOW.parse().unwrap(),
        created_by: "k7f3m2q9abcd".to_owned(),
    };
    assert!(store.add_routing_key(&stored, &store::Author::of("k1")).await.unwrap());
}
