//! Saving a plan: every copy of it at once, or none.

use aws_sdk_dynamodb::{
    error::{BuildError, SdkError},
    operation::transact_write_items::TransactWriteItemsError,
    types::{Delete, Put, TransactWriteItem, Update},
};
use oncall::{LineId, Plan};

use crate::{
    Cause, Error, Item, Object, Store,
    calls::names,
    document::{write_object, write_plan},
    item::{
        CURRENT_FORMAT, DOC, FORMAT, MOST_BYTES, NUMBER, PLAN_OF, PLAN_VERSION, VERSION, number, number_of, text,
        text_of,
    },
    keys::Key,
};

/// What each write of the transaction is, in its order: an answer names the ones that failed by their place.
const COPY_OF_LINE: usize = 0;
const COPY_OF_NUMBER: usize = 1;

impl Store {
    /// Saves a plan under its number and under its line's id, with an entry in the list of lines: one GetItem, one
    /// TransactWriteItems. A copy under the number that the line had before goes.
    ///
    /// `plan.version` is greater than the one on which the plan was built.
    ///
    /// # Errors
    /// [`Error::Stale`] if the table holds this version already, or a later one. [`Error::NumberTaken`],
    /// [`Error::TooLarge`], [`Error::Refused`]. [`Error::Unavailable`]: it may or may not have been saved.
    pub async fn save_plan(&self, plan: &Plan) -> Result<(), Error> {
        let document = write_plan(plan)?;
        if document.len() > MOST_BYTES {
            return Err(Error::TooLarge { item: Item::Plan, bytes: document.len() });
        }
        let line = &plan.line;
        let before = self.get_one(Key::plan_of_line(&line.id)).await?;
        let before = before.as_ref();
        let version_before = before.and_then(|item| number_of(item, VERSION));
        if version_before.is_some_and(|version| version >= plan.version) {
            return Err(Error::Stale);
        }
        let number_before = before.and_then(|item| text_of(item, NUMBER)).and_then(|number| number.parse().ok());
        let number_before = number_before.filter(|number| *number != line.number);

        let copy = |key: Key| {
            Put::builder()
                .table_name(&self.table)
                .set_item(Some(key.attributes()))
                .item(DOC, text(document.as_str()))
                .item(FORMAT, number(CURRENT_FORMAT))
                .item(VERSION, number(plan.version))
                .item(PLAN_OF, text(line.id.as_str()))
                .item(NUMBER, text(line.number.as_e164()))
        };
        let copy_of_line = copy(Key::plan_of_line(&line.id));
        let copy_of_line = match version_before {
            None => copy_of_line.condition_expression("attribute_not_exists(pk)"),
            Some(before) => copy_of_line
                .condition_expression("#version = :before")
                .set_expression_attribute_names(Some(names([VERSION])))
                .expression_attribute_values(":before", number(before)),
        };
        let copy_of_number = copy(Key::plan_of_number(&line.number))
            .condition_expression("attribute_not_exists(pk) OR #plan_of = :line")
            .set_expression_attribute_names(Some(names([PLAN_OF])))
            .expression_attribute_values(":line", text(line.id.as_str()));
        let writes = [copy_of_line, copy_of_number].map(put).into_iter().chain([self.listing(plan)?]);
        let removal = number_before.map(|number| self.removal(Key::plan_of_number(&number), &line.id));
        let writes: Vec<_> = writes.chain(removal).collect::<Result<_, _>>().map_err(unbuilt)?;
        let outcome = self.client.transact_write_items().set_transact_items(Some(writes)).send().await;
        outcome.map(drop).map_err(refusal)
    }

    /// The line's entry in the list. An update, since what is known of its fallback document stands there, too.
    fn listing(&self, plan: &Plan) -> Result<Result<TransactWriteItem, BuildError>, Error> {
        let update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(Key::listed_line(&plan.line.id).attributes()))
            .update_expression("SET #doc = :doc, #format = :format, #version = :version, #plan_version = :version")
            .set_expression_attribute_names(Some(names([DOC, FORMAT, VERSION, PLAN_VERSION])))
            .expression_attribute_values(":doc", text(write_object(&Object::Line(plan.line.clone()))?))
            .expression_attribute_values(":format", number(CURRENT_FORMAT))
            .expression_attribute_values(":version", number(plan.version))
            .build();
        Ok(update.map(|update| TransactWriteItem::builder().update(update).build()))
    }

    /// Removes the copy of a plan, unless another line has taken its number.
    fn removal(&self, copy: Key, line: &LineId) -> Result<TransactWriteItem, BuildError> {
        let delete = Delete::builder()
            .table_name(&self.table)
            .set_key(Some(copy.attributes()))
            .condition_expression("attribute_not_exists(pk) OR #plan_of = :line")
            .set_expression_attribute_names(Some(names([PLAN_OF])))
            .expression_attribute_values(":line", text(line.as_str()))
            .build()?;
        Ok(TransactWriteItem::builder().delete(delete).build())
    }
}

fn put(put: aws_sdk_dynamodb::types::builders::PutBuilder) -> Result<TransactWriteItem, BuildError> {
    Ok(TransactWriteItem::builder().put(put.build()?).build())
}

fn unbuilt(error: BuildError) -> Error {
    Error::Refused(Cause::new(&error.to_string()))
}

/// What a refused transaction means.
fn refusal(error: SdkError<TransactWriteItemsError>) -> Error {
    let Some(TransactWriteItemsError::TransactionCanceledException(canceled)) = error.as_service_error() else {
        return Error::of_transaction(error);
    };
    let codes: Vec<&str> =
        canceled.cancellation_reasons().iter().map(|reason| reason.code().unwrap_or("None")).collect();
    let failed = |place: usize| codes.get(place).is_some_and(|code| *code == "ConditionalCheckFailed");
    if failed(COPY_OF_LINE) {
        return Error::Stale;
    }
    if failed(COPY_OF_NUMBER) {
        return Error::NumberTaken;
    }
    if codes.contains(&"ConditionalCheckFailed") {
        return Error::Stale;
    }
    Error::of_transaction(error)
}
