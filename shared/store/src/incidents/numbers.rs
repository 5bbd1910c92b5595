//! The numbers by which people call incidents.

use aws_sdk_dynamodb::types::ReturnValue;

use crate::{
    Error, Item, Store,
    calls::names,
    item::{number, number_of},
    keys::Key,
};

/// How many numbers have been given, a number.
const GIVEN: &str = "given";

impl Store {
    /// A number that no other incident of the organisation has: one UpdateItem. One that is not used, since somebody
    /// else was first or an answer was lost, stays free.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn next_incident_number(&self) -> Result<u64, Error> {
        let answer = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(Key::incident_count().attributes()))
            .update_expression("ADD #given :one")
            .set_expression_attribute_names(Some(names([GIVEN])))
            .expression_attribute_values(":one", number(1))
            .return_values(ReturnValue::UpdatedNew)
            .send()
            .await
            .map_err(Error::of)?;
        let given = answer.attributes.as_ref().and_then(|attributes| number_of(attributes, GIVEN));
        given.ok_or(Error::Unreadable { item: Item::Organisation, why: "it has no number of incidents" })
    }
}
