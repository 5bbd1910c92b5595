//! A table of its own for each test: in memory, behind HTTP on loopback, behind a wire.

use std::{collections::HashMap, net::Ipv4Addr, time::Duration};

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::{
    Client,
    config::{BehaviorVersion, Region},
    types::{
        AttributeDefinition, AttributeValue, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
        ProjectionType, ScalarAttributeType,
    },
};
use aws_smithy_http_client::Builder;
use aws_smithy_types::{retry::RetryConfig, timeout::TimeoutConfig};
use oncall::{Call, CallId};
use store::{BY_DUE, BY_LINE, DUE_AT, DUE_IN, LINE, PK, Retention, SK, STARTED_AT, Saved, Store};
use tokio::{net::TcpListener, task::JoinHandle};
use wire::Wire;

pub(crate) const NAME: &str = "dutyline";

pub(crate) struct Table {
    pub(crate) store: Store,
    pub(crate) wire: Wire,
    /// To the same table, without the wire.
    pub(crate) direct: Client,
    engine: JoinHandle<()>,
}

impl Table {
    pub(crate) async fn new() -> Self {
        Self::with_deadline(Duration::from_millis(400)).await
    }

    /// For those who count requests of which each may take its time.
    pub(crate) async fn patient() -> Self {
        Self::with_deadline(Duration::from_secs(20)).await
    }

    async fn with_deadline(deadline: Duration) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let database = dynoxide::Database::memory().unwrap();
        let engine = tokio::spawn(dynoxide::server::serve_on(listener, database));
        let wire = Wire::to(address).await.unwrap();
        let direct = client(&format!("http://{address}"), deadline);
        create(&direct).await;
        let store = Store::new(client(&wire.url(), deadline), NAME, Retention { call_log_days: 30 });
        Self { store, wire, direct, engine }
    }

    /// The whole item of a key.
    pub(crate) async fn item(&self, pk: &str, sk: &str) -> Option<HashMap<String, AttributeValue>> {
        let get = self.direct.get_item().table_name(NAME).consistent_read(true);
        get.key(PK, text(pk)).key(SK, text(sk)).send().await.unwrap().item
    }

    pub(crate) async fn put(&self, item: HashMap<String, AttributeValue>) {
        self.direct.put_item().table_name(NAME).set_item(Some(item)).send().await.unwrap();
    }

    pub(crate) async fn call(&self, id: &CallId) -> Option<Call> {
        self.store.call(id).await.unwrap().map(|logged| logged.call)
    }

    /// Saves a call that nobody else saves; as it is from then on.
    pub(crate) async fn saved(&self, mut call: Call) -> Call {
        let Saved::Yes { version } = self.store.save_call(&call).await.unwrap() else { panic!("a race") };
        call.version = version;
        call
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        self.engine.abort();
    }
}

pub(crate) fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

pub(crate) fn number(number: u64) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

/// Configured as the functions' client is: two attempts, each with a deadline.
fn client(url: &str, deadline: Duration) -> Client {
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(deadline).build();
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-north-1"))
        .credentials_provider(Credentials::new("AKIDTEST", "secret", None, None, "test"))
        .http_client(Builder::new().build_http())
        .retry_config(RetryConfig::standard().with_max_attempts(2).with_initial_backoff(Duration::from_millis(1)))
        .timeout_config(timeouts)
        .endpoint_url(url)
        .build();
    Client::from_conf(config)
}

/// The table as template.yaml defines it; its indexes as lean as `docs/data.md` allows.
async fn create(client: &Client) {
    let attributes = [PK, SK, LINE, STARTED_AT, DUE_IN, DUE_AT].map(|name| {
        let attribute = AttributeDefinition::builder().attribute_name(name);
        attribute.attribute_type(ScalarAttributeType::S).build().unwrap()
    });
    let keys = |partition: &str, sort: &str| {
        let key = |name, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().unwrap();
        Some(vec![key(partition, KeyType::Hash), key(sort, KeyType::Range)])
    };
    let index = |name: &str, partition: &str, sort: &str| {
        let projection = Projection::builder().projection_type(ProjectionType::KeysOnly).build();
        let index = GlobalSecondaryIndex::builder().index_name(name).projection(projection);
        index.set_key_schema(keys(partition, sort)).build().unwrap()
    };
    let create = client
        .create_table()
        .table_name(NAME)
        .billing_mode(BillingMode::PayPerRequest)
        .set_attribute_definitions(Some(attributes.to_vec()))
        .set_key_schema(keys(PK, SK))
        .global_secondary_indexes(index(BY_LINE, LINE, STARTED_AT))
        .global_secondary_indexes(index(BY_DUE, DUE_IN, DUE_AT));
    create.send().await.unwrap();
}
