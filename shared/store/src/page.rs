//! Lists in pages.

use aws_sdk_dynamodb::{operation::query::builders::QueryFluentBuilder, types::AttributeValue};

use crate::{
    Error, Store,
    item::{Attributes, text, text_of},
    keys::SK,
};

/// Some of many, and where to go on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page<T> {
    /// Some of them.
    pub items: Vec<T>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<String>,
}

impl Store {
    /// Items of a partition by sort key, at most `limit` of those after `after`: one Query, strongly consistent.
    pub(crate) async fn page<T>(
        &self,
        partition: String,
        after: Option<&str>,
        limit: u16,
        read: impl Fn(&Attributes) -> Result<T, Error>,
    ) -> Result<Page<T>, Error> {
        let query = match after {
            None => self.partition(partition),
            Some(after) => self
                .partition(partition)
                .key_condition_expression("pk = :pk AND sk > :after")
                .expression_attribute_values(":after", text(after)),
        };
        let answer = query.limit(limit.into()).send().await.map_err(Error::of)?;
        let items = answer.items.iter().flatten().map(read).collect::<Result<_, _>>()?;
        let next = answer.last_evaluated_key.as_ref().and_then(|last| text_of(last, SK)).map(str::to_owned);
        Ok(Page { items, next })
    }

    /// All items of a partition, strongly consistent and in order.
    pub(crate) fn partition(&self, pk: String) -> QueryFluentBuilder {
        self.client
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(pk))
    }
}
