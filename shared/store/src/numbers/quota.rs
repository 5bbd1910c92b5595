//! How many numbers the organisation may have.
//!
//! The count holds numbers that are ours and those that are being bought. It changes only in the transactions that
//! change what it counts.

use aws_sdk_dynamodb::types::builders::UpdateBuilder;

use crate::{
    Error, Store,
    calls::names,
    item::{number, number_of},
    keys::Key,
};

/// How many numbers there are, bought and being bought, a number.
const ACTIVE: &str = "active";

impl Store {
    /// How many numbers there are, those included that are being bought: one GetItem, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn active_numbers(&self) -> Result<u64, Error> {
        let item = self.get_one(Key::quota()).await?;
        Ok(item.as_ref().and_then(|item| number_of(item, ACTIVE)).unwrap_or(0))
    }

    /// One number more, if there are fewer than `most`.
    pub(super) fn one_more(&self, most: u64) -> UpdateBuilder {
        let update = self.to_update(Key::quota().attributes()).update_expression("ADD #active :one");
        update
            .condition_expression("(attribute_not_exists(#active) AND :none < :most) OR #active < :most")
            .set_expression_attribute_names(Some(names([ACTIVE])))
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":none", number(0))
            .expression_attribute_values(":most", number(most))
    }

    /// One number less.
    pub(super) fn one_less(&self) -> UpdateBuilder {
        self.to_update(Key::quota().attributes())
            .update_expression("ADD #active :less")
            .condition_expression("#active > :none")
            .set_expression_attribute_names(Some(names([ACTIVE])))
            .expression_attribute_values(":less", number(-1))
            .expression_attribute_values(":none", number(0))
    }
}
