//! Items as the SDK hands them over.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use crate::{
    Error, Item,
    keys::{Key, PK, SK},
};

/// One item of the table.
pub(crate) type Attributes = HashMap<String, AttributeValue>;

/// The document, a JSON text.
pub(crate) const DOC: &str = "doc";
/// The document's format, a number.
pub(crate) const FORMAT: &str = "format";
/// How often the item has been saved, a number.
pub(crate) const VERSION: &str = "version";
/// Which save wrote the item: the same content saved by two tasks is told apart by it.
pub(crate) const SAVE: &str = "save";
/// Which line a copy of a plan is of.
pub(crate) const PLAN_OF: &str = "plan_of";
/// The version of the plan that a line's item belongs to.
pub(crate) const PLAN_VERSION: &str = "plan_version";
/// Which number has a copy of the plan.
pub(crate) const NUMBER: &str = "number";

/// The only format so far. It changes when older code could no longer read a document rightly: new fields do not
/// change it.
pub(crate) const CURRENT_FORMAT: u64 = 1;

/// The largest document. An item may have 400 KB with the names of its attributes and all keys.
pub(crate) const MOST_BYTES: usize = 400 * 1024 - 4 * 1024;

pub(crate) fn text(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

pub(crate) fn number(number: impl ToString) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

impl Key {
    pub(crate) fn attributes(self) -> Attributes {
        HashMap::from([(PK.to_owned(), text(self.pk)), (SK.to_owned(), text(self.sk))])
    }
}

/// The text of an attribute.
pub(crate) fn text_of<'a>(item: &'a Attributes, name: &str) -> Option<&'a str> {
    item.get(name)?.as_s().ok().map(String::as_str)
}

/// The number in an attribute.
pub(crate) fn number_of(item: &Attributes, name: &str) -> Option<u64> {
    item.get(name)?.as_n().ok()?.parse().ok()
}

/// The document of an item, if its format can be read.
pub(crate) fn document_of(item: &Attributes, kind: Item) -> Result<&str, Error> {
    let unreadable = |why| Error::Unreadable { item: kind, why };
    match number_of(item, FORMAT) {
        Some(1..=CURRENT_FORMAT) => {}
        Some(_) => return Err(unreadable("its format is not known")),
        None => return Err(unreadable("it has no format")),
    }
    text_of(item, DOC).ok_or_else(|| unreadable("it has no document"))
}

/// The version of an item.
pub(crate) fn version_of(item: &Attributes, kind: Item) -> Result<u64, Error> {
    number_of(item, VERSION).ok_or(Error::Unreadable { item: kind, why: "it has no version" })
}
