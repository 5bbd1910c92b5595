use aws_sdk_dynamodb::types::AttributeValue;

use super::*;
use crate::template::{LocalValues, Template};

fn definition() -> TableDefinition {
    let text = include_str!("../../fixtures/odd_tags.yaml");
    let template = Template::parse("odd_tags.yaml", text).unwrap();
    template.table(&LocalValues::default()).unwrap()
}

async fn put(client: &Client, pk: &str, expires: u64) {
    let put = client
        .put_item()
        .table_name("dutyline")
        .item("pk", AttributeValue::S(pk.to_owned()))
        .item("sk", AttributeValue::S("x".to_owned()))
        .item("expires", AttributeValue::N(expires.to_string()));
    put.send().await.unwrap();
}

async fn count(client: &Client) -> i32 {
    client.scan().table_name("dutyline").send().await.unwrap().count()
}

#[tokio::test]
async fn the_table_is_the_template_s_and_outlives_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("dutyline.db");
    let first = DynamoDb::with_table(&file, &definition()).await.unwrap();
    put(&first.client(), "a", 4_000_000_000).await;
    first.stop().await;

    // the second start compares every key, index and the expiry with the definition
    let second = DynamoDb::with_table(&file, &definition()).await.unwrap();
    assert_eq!(count(&second.client()).await, 1);
    let table = second.client().describe_table().table_name("dutyline").send().await.unwrap();
    let index = &table.table().unwrap().global_secondary_indexes()[0];
    assert_eq!(index.index_name(), Some("due"));
    assert_eq!(index.projection().unwrap().non_key_attributes(), ["kind"]);
    second.stop().await;
}

#[tokio::test]
async fn another_table_in_the_file_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("dutyline.db");
    DynamoDb::with_table(&file, &definition()).await.unwrap().stop().await;
    let check = async |change: fn(&mut TableDefinition), what: &str| {
        let mut other = definition();
        change(&mut other);
        let error = DynamoDb::with_table(&file, &other).await.unwrap_err();
        let said = error.to_string();
        assert!(said.contains(what) && said.contains("dutyline.db"), "{said}");
    };
    check(|table| table.keys[1].attribute = "other".into(), "(the keys differ)").await;
    check(|table| table.indexes[0].name = "other".into(), "(the indexes differ)").await;
    check(|table| table.ttl_attribute = None, "(the expiry attributes differ)").await;
}

#[tokio::test]
async fn expired_items_go() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("dutyline.db");
    let first = DynamoDb::with_table(&file, &definition()).await.unwrap();
    put(&first.client(), "old", 1_000_000_000).await;
    put(&first.client(), "new", 4_000_000_000).await;
    first.stop().await;
    // the first sweep is at the start
    let second = DynamoDb::with_table(&file, &definition()).await.unwrap();
    let client = second.client();
    for _ in 0..200 {
        if count(&client).await == 1 {
            return second.stop().await;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the expired item is still there");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named_and_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("dutyline.db");
    let garbage = "not a database ".repeat(1000);
    std::fs::write(&file, &garbage).unwrap();
    let error = DynamoDb::start(&file).await.unwrap_err();
    let start = format!("the data file {} cannot be read (", file.display());
    assert!(error.to_string().starts_with(&start), "{error}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), garbage);
}
