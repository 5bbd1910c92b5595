//! A table of its own for each test, in memory, behind HTTP on loopback.

use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::{
    Client,
    config::{BehaviorVersion, Region},
    types::{
        AttributeDefinition, AttributeValue, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
        ProjectionType, PutRequest, ScalarAttributeType, WriteRequest,
    },
};
use aws_smithy_types::retry::RetryConfig;
use store::{BY_DUE, BY_LINE, DUE_AT, DUE_IN, LINE, PK, Retention, SK, STARTED_AT, Store};
use tokio::{net::TcpListener, task::JoinHandle};

const NAME: &str = "dutyline";
pub(crate) const REGION: &str = "eu-north-1";

pub(crate) struct Table {
    pub(crate) store: Store,
    pub(crate) address: SocketAddr,
    client: Client,
    engine: JoinHandle<()>,
}

impl Table {
    pub(crate) async fn new() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let engine = tokio::spawn(dynoxide::server::serve_on(listener, dynoxide::Database::memory().unwrap()));
        let client = client(&format!("http://{address}"));
        create(&client).await;
        Self { store: store(client.clone()), address, client, engine }
    }

    /// The document of an object, as it is kept.
    pub(crate) async fn document(&self, partition: &str, id: &str) -> String {
        let get = self.client.get_item().table_name(NAME).key(PK, text(partition)).key(SK, text(id));
        get.send().await.unwrap().item.unwrap()["doc"].as_s().unwrap().clone()
    }

    /// As many objects beside those that are there, each a copy of a document under an id of its own.
    pub(crate) async fn fill(&self, partition: &str, id: &str, document: &str, many: usize) {
        let writes: Vec<_> = (0..many)
            .map(|place| {
                let own = format!("{id}_beside_{place:05}");
                let put = PutRequest::builder()
                    .item(PK, text(partition))
                    .item(SK, text(&own))
                    .item("doc", text(&document.replacen(id, &own, 1)))
                    .item("format", AttributeValue::N("1".to_owned()))
                    .item("version", AttributeValue::N("1".to_owned()));
                WriteRequest::builder().put_request(put.build().unwrap()).build()
            })
            .collect();
        for some in writes.chunks(25) {
            self.client.batch_write_item().request_items(NAME, some.to_vec()).send().await.unwrap();
        }
    }
}

/// The table, by whatever leads to it.
pub(crate) fn store_at(url: &str) -> Store {
    store(client(url))
}

fn store(client: Client) -> Store {
    Store::new(client, NAME, Retention { call_log_days: 30 })
}

fn client(url: &str) -> Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(REGION))
        .credentials_provider(credentials())
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .retry_config(RetryConfig::standard().with_max_attempts(2).with_initial_backoff(Duration::from_millis(1)))
        .endpoint_url(url);
    Client::from_conf(config.build())
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

impl Drop for Table {
    fn drop(&mut self) {
        self.engine.abort();
    }
}

pub(crate) fn credentials() -> Credentials {
    Credentials::new("AKIDTEST", "secret", None, None, "test")
}

/// The table as template.yaml defines it.
async fn create(client: &Client) {
    let attributes = [PK, SK, LINE, STARTED_AT, DUE_IN, DUE_AT].map(|name| {
        let attribute = AttributeDefinition::builder().attribute_name(name);
        attribute.attribute_type(ScalarAttributeType::S).build().unwrap()
    });
    let keys = |partition: &str, sort: &str| {
        let key = |name, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().unwrap();
        Some(vec![key(partition, KeyType::Hash), key(sort, KeyType::Range)])
    };
    let index = |name, partition, sort| {
        let index = GlobalSecondaryIndex::builder().index_name(name).set_key_schema(keys(partition, sort));
        index.projection(Projection::builder().projection_type(ProjectionType::KeysOnly).build()).build().unwrap()
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
