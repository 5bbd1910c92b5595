//! Makes the table that the template defines, or checks that the one that is there is that table.

use std::path::{Path, PathBuf};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{BuildError, DisplayErrorContext};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, Projection as SdkProjection,
    TableDescription, TimeToLiveSpecification,
};

use crate::template::{Index, Key, Projection, TableDefinition};

/// The table cannot be had as the template defines it.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The definition lacks something that DynamoDB wants.
    #[error("template.yaml: the table {table} is not complete")]
    Incomplete {
        /// The table's name.
        table: String,
        /// What is missing.
        source: BuildError,
    },
    /// DynamoDB refused.
    #[error("the table {table} could not be made: {why}")]
    Refused {
        /// The table's name.
        table: String,
        /// What DynamoDB says.
        why: String,
    },
    /// There is a table of that name with other keys, indexes or expiry.
    #[error(
        "the table in {file} is not the one that template.yaml defines ({what} differ); \
         move the file away to start with an empty one"
    )]
    Other {
        /// The data file.
        file: PathBuf,
        /// What is different.
        what: &'static str,
    },
}

/// Makes the table if there is none of its name in `file`.
///
/// # Errors
/// See [`TableError`].
pub async fn create_if_absent(client: &Client, table: &TableDefinition, file: &Path) -> Result<(), TableError> {
    match client.describe_table().table_name(&table.name).send().await {
        Ok(answer) => {
            let ttl = ttl_attribute(client, table).await?;
            let found = answer.table().map(|found| definition_of(table, found, ttl));
            match found.and_then(|found| difference(table, &found)) {
                None => Ok(()),
                Some(what) => Err(TableError::Other { file: file.to_owned(), what }),
            }
        }
        Err(error) if error.as_service_error().is_some_and(|e| e.is_resource_not_found_exception()) => {
            create(client, table).await
        }
        Err(error) => Err(refused(table, &error)),
    }
}

async fn create(client: &Client, table: &TableDefinition) -> Result<(), TableError> {
    let incomplete = |source| TableError::Incomplete { table: table.name.clone(), source };
    let mut request = client.create_table().table_name(&table.name).billing_mode(BillingMode::PayPerRequest);
    for key in sdk_keys(&table.keys).map_err(incomplete)? {
        request = request.key_schema(key);
    }
    for (name, kind) in &table.attributes {
        let definition =
            AttributeDefinition::builder().attribute_name(name).attribute_type(kind.as_str().into()).build();
        request = request.attribute_definitions(definition.map_err(incomplete)?);
    }
    for index in &table.indexes {
        request = request.global_secondary_indexes(sdk_index(index).map_err(incomplete)?);
    }
    request.send().await.map_err(|error| refused(table, &error))?;
    if let Some(attribute) = &table.ttl_attribute {
        let ttl = TimeToLiveSpecification::builder().attribute_name(attribute).enabled(true);
        let request = client.update_time_to_live().table_name(&table.name);
        let request = request.time_to_live_specification(ttl.build().map_err(incomplete)?);
        request.send().await.map_err(|error| refused(table, &error))?;
    }
    Ok(())
}

fn sdk_keys(keys: &[Key]) -> Result<Vec<KeySchemaElement>, BuildError> {
    let element = |key: &Key| {
        let kind = key.kind.as_str().into();
        KeySchemaElement::builder().attribute_name(&key.attribute).key_type(kind).build()
    };
    keys.iter().map(element).collect()
}

fn sdk_index(index: &Index) -> Result<GlobalSecondaryIndex, BuildError> {
    let attributes = Some(index.projection.attributes.clone()).filter(|all| !all.is_empty());
    let projection = SdkProjection::builder()
        .projection_type(index.projection.kind.as_str().into())
        .set_non_key_attributes(attributes);
    GlobalSecondaryIndex::builder()
        .index_name(&index.name)
        .set_key_schema(Some(sdk_keys(&index.keys)?))
        .projection(projection.build())
        .build()
}

fn refused<E, R>(table: &TableDefinition, error: &aws_sdk_dynamodb::error::SdkError<E, R>) -> TableError
where
    E: std::error::Error + 'static,
    R: std::fmt::Debug + 'static,
{
    TableError::Refused { table: table.name.clone(), why: DisplayErrorContext(error).to_string() }
}

async fn ttl_attribute(client: &Client, table: &TableDefinition) -> Result<Option<String>, TableError> {
    let asked = client.describe_time_to_live().table_name(&table.name).send().await;
    let answer = asked.map_err(|error| refused(table, &error))?;
    let description = answer.time_to_live_description();
    Ok(description.and_then(|ttl| ttl.attribute_name()).map(str::to_owned))
}

fn definition_of(wanted: &TableDefinition, found: &TableDescription, ttl_attribute: Option<String>) -> TableDefinition {
    let key = |key: &KeySchemaElement| Key {
        attribute: key.attribute_name().to_owned(),
        kind: key.key_type().as_str().to_owned(),
    };
    let keys = |all: &[KeySchemaElement]| all.iter().map(key).collect();
    let projection = |given: Option<&SdkProjection>| Projection {
        kind: given.and_then(SdkProjection::projection_type).map_or_else(String::new, |kind| kind.as_str().to_owned()),
        attributes: given.map_or_else(Vec::new, |given| given.non_key_attributes().to_vec()),
    };
    let indexes = found.global_secondary_indexes().iter().map(|index| Index {
        name: index.index_name().unwrap_or_default().to_owned(),
        keys: keys(index.key_schema()),
        projection: projection(index.projection()),
    });
    let attributes = found
        .attribute_definitions()
        .iter()
        .map(|each| (each.attribute_name().to_owned(), each.attribute_type().as_str().to_owned()));
    TableDefinition {
        resource: wanted.resource.clone(),
        name: wanted.name.clone(),
        keys: keys(found.key_schema()),
        attributes: attributes.collect(),
        indexes: indexes.collect(),
        ttl_attribute,
    }
}

/// What differs between two definitions; the order of lists that have none does not count.
fn difference(one: &TableDefinition, other: &TableDefinition) -> Option<&'static str> {
    let sorted = |table: &TableDefinition| {
        let mut table = table.clone();
        table.attributes.sort();
        table.indexes.sort_by(|a, b| a.name.cmp(&b.name));
        table.indexes.iter_mut().for_each(|index| index.projection.attributes.sort());
        table
    };
    let (one, other) = (sorted(one), sorted(other));
    [
        ("the keys", one.keys == other.keys),
        ("the key attributes' types", one.attributes == other.attributes),
        ("the indexes", one.indexes == other.indexes),
        ("the expiry attributes", one.ttl_attribute == other.ttl_attribute),
    ]
    .into_iter()
    .find_map(|(what, same)| (!same).then_some(what))
}
