//! The list of all lines.

use oncall::LineId;
use phone::PhoneNumber;
use serde::Deserialize;

use crate::{
    Error, Fallback, Item, Store,
    calls::names,
    document::Shown,
    fallbacks::fallback_of,
    item::{Attributes, PLAN_VERSION, document_of, number_of, text, text_of},
    keys::{PK, SK, all_lines},
};

/// A line, as the list of lines shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListedLine {
    /// Its id.
    pub id: LineId,
    /// The number people dial.
    pub number: PhoneNumber,
    /// What it is called.
    pub name: String,
    /// The version of its plan.
    pub version: u64,
    /// Its fallback document, as soon as it has an address.
    pub fallback: Option<Fallback>,
}

/// What the list shows of a line's document.
#[derive(Deserialize)]
struct Document {
    #[serde(with = "Shown::<PhoneNumber>")]
    number: PhoneNumber,
    name: String,
}

impl Store {
    /// All lines by id: one Query for each MB of them, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn lines(&self) -> Result<Vec<ListedLine>, Error> {
        let mut lines = Vec::new();
        let mut from = None;
        loop {
            let answer = self
                .client
                .query()
                .table_name(&self.table)
                .consistent_read(true)
                .key_condition_expression("#pk = :lines")
                .set_expression_attribute_names(Some(names([PK])))
                .expression_attribute_values(":lines", text(all_lines()))
                .set_exclusive_start_key(from)
                .send()
                .await
                .map_err(Error::of)?;
            for item in answer.items.iter().flatten() {
                lines.push(listed(item)?);
            }
            from = answer.last_evaluated_key;
            if from.is_none() {
                return Ok(lines);
            }
        }
    }
}

fn listed(item: &Attributes) -> Result<ListedLine, Error> {
    let unreadable = |why| Error::Unreadable { item: Item::ListedLine, why };
    let id = text_of(item, SK).ok_or_else(|| unreadable("it has no id"))?;
    let Document { number, name } = serde_json::from_str(document_of(item, Item::ListedLine)?)
        .map_err(|_| unreadable("its document is damaged"))?;
    let version = number_of(item, PLAN_VERSION).ok_or_else(|| unreadable("it has no plan"))?;
    Ok(ListedLine { id: LineId::new(id), number, name, version, fallback: fallback_of(item) })
}
