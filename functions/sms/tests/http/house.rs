//! The function with a table, a queue, a secret and a clock, and texts to it.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use aws_credential_types::Credentials;
use aws_smithy_types::retry::RetryConfig;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    response::{IntoResponse, Response},
};
use carrier::Carrier;
use dynoxide::Database;
use entry::{Clock, Gate, Queue, TwilioSecrets};
use jiff::{SignedDuration, Timestamp};
use oncall::{IncidentId, incident::Incident};
use pipeline::{Errand, Message, TextEvent};
use sms::{App, router};
use store::{Retention, Store};
use tokio::net::TcpListener;
use tower::ServiceExt as _;
use winterbaume_core::{MockRequest, MockService};
use winterbaume_secretsmanager::SecretsManagerService;
use winterbaume_sqs::SqsService;
use wire::Wire;

use crate::{organisation, twilio_signs::signature};

pub(crate) const ACCOUNT: &str = "AC00000000000000000000000000000001";
pub(crate) const TOKEN: &str = "hush";
const BASE: &str = "https://hotline.example.org";
const TABLE: &str = "dutyline";
const REGION: &str = "eu-north-1";

pub(crate) struct House {
    pub(crate) router: Router,
    pub(crate) store: Store,
    pub(crate) table: Wire,
    pub(crate) sqs: Wire,
    dynamodb: aws_sdk_dynamodb::Client,
    reader: aws_sdk_sqs::Client,
    queue_url: String,
    now: Arc<Mutex<Timestamp>>,
    texts: AtomicU32,
}

/// What is on the queue.
#[derive(Debug, Default)]
pub(crate) struct Queued {
    pub(crate) texts: Vec<TextEvent>,
    pub(crate) errands: Vec<Errand>,
}

impl House {
    pub(crate) async fn open() -> Self {
        Self::with_deadline(Duration::from_secs(60)).await
    }

    pub(crate) async fn with_deadline(deadline: Duration) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let table_at = listener.local_addr().unwrap();
        tokio::spawn(dynoxide::server::serve_on(listener, Database::memory().unwrap()));
        let sqs_at = serve(SqsService::new(), "sqs").await;
        let (table, sqs) = (Wire::to(table_at).await.unwrap(), Wire::to(sqs_at).await.unwrap());
        let direct = dynamodb(&format!("http://{table_at}"));
        create_table(&direct).await;
        let reader = sqs_client(&format!("http://{sqs_at}"));
        let queue_url = reader.create_queue().queue_name("incidents").send().await.unwrap().queue_url.unwrap();

        let now = Arc::new(Mutex::new(organisation::now()));
        let told = now.clone();
        let clock = Clock::of(move || *told.lock().unwrap());
        let secrets = TwilioSecrets::new(secret().await, "twilio", clock.clone());
        let retention = || Retention { call_log_days: 30 };
        let app = App {
            gate: Gate::new(BASE.parse().unwrap(), secrets.clone()),
            secrets,
            carrier: Carrier {
                store: Store::new(dynamodb(&table.url()), TABLE, retention()),
                queue: Queue::new(sqs_client(&sqs.url()), queue_url.as_str()),
                clock,
            },
            app_name: "Dutyline".to_owned(),
            deadline,
        };
        let store = Store::new(direct.clone(), TABLE, retention());
        organisation::create(&store).await;
        app.warm().await;
        table.forget();
        Self {
            router: router(app),
            store,
            table,
            sqs,
            dynamodb: direct,
            reader,
            queue_url,
            now,
            texts: AtomicU32::new(0),
        }
    }

    /// What an item holds cannot be read any more.
    pub(crate) async fn damage(&self, pk: &str, sk: &str) {
        use aws_sdk_dynamodb::types::AttributeValue::{N, S};
        let item = [(store::PK, S(pk.to_owned())), (store::SK, S(sk.to_owned())), ("doc", S("{".to_owned()))];
        let item = item.into_iter().chain([("format", N("1".to_owned())), ("version", N("1".to_owned()))]);
        let item = item.map(|(name, value)| (name.to_owned(), value)).collect();
        self.dynamodb.put_item().table_name(TABLE).set_item(Some(item)).send().await.unwrap();
    }

    pub(crate) fn later(&self, minutes: i64) {
        *self.now.lock().unwrap() += SignedDuration::from_mins(minutes);
    }

    /// A new MessageSid.
    pub(crate) fn sid(&self) -> String {
        format!("SM{:032}", self.texts.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// Somebody texts a number; what they are answered.
    pub(crate) async fn text(&self, from: &str, to: &str, words: &str) -> Option<String> {
        self.text_as(&self.sid(), from, to, words, &[]).await
    }

    /// As [`text`](Self::text), with a MessageSid and more of a form.
    pub(crate) async fn text_as(
        &self,
        sid: &str,
        from: &str,
        to: &str,
        words: &str,
        more: &[(&str, &str)],
    ) -> Option<String> {
        let mut form = vec![
            ("AccountSid", ACCOUNT),
            ("MessageSid", sid),
            ("From", from),
            ("To", to),
            ("Body", words),
            ("NumSegments", "1"),
        ];
        form.extend(more);
        let (status, document) = self.post("/sms/incoming", &form).await;
        assert_eq!(status, 200, "{document}");
        let document = roxmltree::Document::parse(&document).unwrap();
        assert_eq!(document.root_element().tag_name().name(), "Response");
        let texts: Vec<_> = document
            .root_element()
            .children()
            .map(|message| {
                assert_eq!(message.tag_name().name(), "Message");
                message.text().unwrap().to_owned()
            })
            .collect();
        assert!(texts.len() <= 1, "{texts:?}");
        texts.into_iter().next()
    }

    /// Twilio says how a text of ours fares; the status of our answer.
    pub(crate) async fn receipt(&self, sid: &str, status: &str, code: Option<&str>) -> u16 {
        let mut form = vec![("AccountSid", ACCOUNT), ("MessageSid", sid), ("MessageStatus", status)];
        form.extend(code.map(|code| ("ErrorCode", code)));
        self.post("/sms/receipt", &form).await.0
    }

    /// A signed form.
    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> (u16, String) {
        self.post_signed(path, form, Some(&signature(TOKEN, &format!("{BASE}{path}"), form))).await
    }

    pub(crate) async fn post_signed(
        &self,
        path: &str,
        form: &[(&str, &str)],
        signature: Option<&str>,
    ) -> (u16, String) {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        let request = signature.iter().fold(request, |request, value| request.header("x-twilio-signature", *value));
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        assert_eq!(response.headers()["cache-control"], "no-store");
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    /// What is on the queue, taken from it; each with its id as an attribute.
    pub(crate) async fn queued(&self) -> Queued {
        let mut queued = Queued::default();
        loop {
            let receive = self.reader.receive_message().queue_url(&self.queue_url).max_number_of_messages(10);
            let received = receive.message_attribute_names("All").send().await.unwrap();
            if received.messages().is_empty() {
                return queued;
            }
            for message in received.messages() {
                let id = match Message::read(message.body().unwrap()).unwrap() {
                    Some(Message::Text(text)) => {
                        queued.texts.push(text.clone());
                        text.id
                    }
                    Some(Message::Errand(errand)) => {
                        queued.errands.push(errand.clone());
                        errand.id
                    }
                    other => panic!("{other:?}"),
                };
                let attributes = message.message_attributes().unwrap();
                assert_eq!(attributes[entry::ID_ATTRIBUTE].string_value(), Some(id.as_str()));
                let delete = self.reader.delete_message().queue_url(&self.queue_url);
                delete.receipt_handle(message.receipt_handle().unwrap()).send().await.unwrap();
            }
        }
    }

    pub(crate) async fn incident(&self, id: &str) -> Incident {
        self.store.incident(&IncidentId::new(id)).await.unwrap().unwrap().incident
    }
}

/// A service in memory, behind HTTP on loopback.
async fn serve(service: impl MockService + 'static, name: &'static str) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = Arc::new(service);
    let router = Router::new().fallback(async move |request: Request| answer(&*service, name, request).await);
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn answer(service: &impl MockService, name: &str, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let request = MockRequest {
        method: parts.method.to_string(),
        uri: format!("https://{name}.{REGION}.amazonaws.com{}", parts.uri),
        headers: parts.headers,
        body,
    };
    let response = service.handle(request).await;
    let status = axum::http::StatusCode::from_u16(response.status).unwrap();
    (status, response.headers, response.body).into_response()
}

async fn secret() -> aws_sdk_secretsmanager::Client {
    let address = serve(SecretsManagerService::new(), "secretsmanager").await;
    let config = aws_sdk_secretsmanager::Config::builder()
        .behavior_version(aws_sdk_secretsmanager::config::BehaviorVersion::latest())
        .region(aws_sdk_secretsmanager::config::Region::new(REGION))
        .credentials_provider(credentials())
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .endpoint_url(format!("http://{address}"));
    let client = aws_sdk_secretsmanager::Client::from_conf(config.build());
    let document = format!(r#"{{"accounts":{{"{ACCOUNT}":{{"auth_tokens":["{TOKEN}"]}}}}}}"#);
    client.create_secret().name("twilio").secret_string(document).send().await.unwrap();
    client
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
