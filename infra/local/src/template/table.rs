//! The table, as the template defines it.

use serde_json::Value;

use super::error::{Place, TemplateError};
use super::intrinsics::Resolver;

/// A table's shape: all that decides how it behaves. How it is paid for and protected is not of
/// interest here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableDefinition {
    /// Its logical name in the template.
    pub resource: String,
    /// Its name.
    pub name: String,
    /// The primary key: partition key, then perhaps sort key.
    pub keys: Vec<Key>,
    /// Every attribute that is part of a key, with its type: `S`, `N` or `B`.
    pub attributes: Vec<(String, String)>,
    /// Global secondary indexes.
    pub indexes: Vec<Index>,
    /// The attribute that holds an item's last second, if items expire.
    pub ttl_attribute: Option<String>,
}

/// A part of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The attribute.
    pub attribute: String,
    /// `HASH` or `RANGE`.
    pub kind: String,
}

/// A global secondary index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// Its key.
    pub keys: Vec<Key>,
    /// What it holds besides keys.
    pub projection: Projection,
}

/// What an index holds besides keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Projection {
    /// `ALL`, `KEYS_ONLY` or `INCLUDE`.
    pub kind: String,
    /// The attributes of `INCLUDE`.
    pub attributes: Vec<String>,
}

pub(super) fn read(resolver: &Resolver<'_>, resource: &str) -> Result<TableDefinition, TemplateError> {
    let whole = Place::of(resource);
    if resolver.property(resource, "LocalSecondaryIndexes").is_some() {
        let place = whole.at("LocalSecondaryIndexes");
        return Err(resolver.unusable(&place, "the local stack makes global indexes only"));
    }
    let name = match resolver.property(resource, "TableName") {
        Some(value) => resolver.text(&whole.at("TableName"), value)?,
        None => resource.to_owned(),
    };
    let reader = Reader { resolver };
    let property = |name: &str| -> Result<Value, TemplateError> {
        let value = resolver.property(resource, name);
        value.map_or(Ok(Value::Null), |value| resolver.value(&whole.at(name), value))
    };
    let ttl = property("TimeToLiveSpecification")?;
    let ttl_attribute = match ttl.get("Enabled").and_then(Value::as_bool) {
        Some(true) => Some(reader.word(&whole.at("TimeToLiveSpecification"), &ttl, "AttributeName")?),
        _ => None,
    };
    let attributes =
        reader.each(&whole.at("AttributeDefinitions"), &property("AttributeDefinitions")?, |place, item| {
            Ok((reader.word(place, item, "AttributeName")?, reader.word(place, item, "AttributeType")?))
        })?;
    let indexes = match property("GlobalSecondaryIndexes")? {
        Value::Null => Vec::new(),
        list => {
            let place = whole.at("GlobalSecondaryIndexes");
            reader.each(&place, &list, |place, item| reader.index(place, item))?
        }
    };
    let keys = reader.keys(&whole.at("KeySchema"), &property("KeySchema")?)?;
    let resource = resource.to_owned();
    Ok(TableDefinition { resource, name, keys, attributes, indexes, ttl_attribute })
}

struct Reader<'a, 'b> {
    resolver: &'a Resolver<'b>,
}

impl Reader<'_, '_> {
    fn each<T>(
        &self,
        place: &Place,
        list: &Value,
        read: impl Fn(&Place, &Value) -> Result<T, TemplateError>,
    ) -> Result<Vec<T>, TemplateError> {
        match list {
            Value::Array(items) if !items.is_empty() => {
                items.iter().enumerate().map(|(i, item)| read(&place.at(i), item)).collect()
            }
            Value::Null => Err(self.resolver.missing(place.clone())),
            _ => Err(self.resolver.unusable(place, "is not a list of one or more")),
        }
    }

    fn word(&self, place: &Place, item: &Value, name: &str) -> Result<String, TemplateError> {
        match item.get(name) {
            Some(Value::String(word)) => Ok(word.clone()),
            Some(_) => Err(self.resolver.unusable(&place.at(name), "is not a word")),
            None => Err(self.resolver.missing(place.at(name))),
        }
    }

    fn keys(&self, place: &Place, list: &Value) -> Result<Vec<Key>, TemplateError> {
        self.each(place, list, |place, item| {
            let attribute = self.word(place, item, "AttributeName")?;
            let kind = self.word(place, item, "KeyType")?;
            Ok(Key { attribute, kind })
        })
    }

    fn index(&self, place: &Place, item: &Value) -> Result<Index, TemplateError> {
        let name = self.word(place, item, "IndexName")?;
        let keys = item.get("KeySchema").unwrap_or(&Value::Null);
        let keys = self.keys(&place.at("KeySchema"), keys)?;
        let given = item.get("Projection").unwrap_or(&Value::Null);
        let kind = self.word(&place.at("Projection"), given, "ProjectionType")?;
        let attributes = match given.get("NonKeyAttributes") {
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        Ok(Index { name, keys, projection: Projection { kind, attributes } })
    }
}
