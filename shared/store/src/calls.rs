//! One call: read, and saved if nobody else saved it in between.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    error::SdkError, operation::update_item::UpdateItemError, types::ReturnValuesOnConditionCheckFailure::AllOld,
};
use oncall::{Call, CallId};

use crate::{
    Error, Item, LoggedCall, Store,
    document::{read_call, write_call},
    incidents::due_attributes,
    item::{
        Attributes, CURRENT_FORMAT, DOC, FORMAT, MOST_BYTES, SAVE, VERSION, document_of, number, text, text_of,
        version_of,
    },
    keys::{DUE_AT, DUE_IN, EXPIRES_AT, Key, LINE, PK, SK, STARTED_AT, started_at},
};

/// What became of a save.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Saved {
    /// It counts.
    Yes {
        /// The call's version from now on.
        version: u64,
    },
    /// Somebody else was first: nothing was written, and this is the call as they saved it.
    Lost(Box<Call>),
}

impl Store {
    /// A call with what Twilio measured of its legs: one GetItem, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn call(&self, id: &CallId) -> Result<Option<LoggedCall>, Error> {
        let Some(item) = self.get_one(Key::call(id)).await? else {
            return Ok(None);
        };
        LoggedCall::of(&item).map(Some)
    }

    /// Saves a call if the table holds the version on which it was built (none, for version 0): one UpdateItem.
    ///
    /// If somebody else was first, their call comes back with the same answer. A repetition of a write that had
    /// succeeded while its answer was lost is recognised by what it wrote, and has not lost against itself; unless
    /// somebody else saved on top of it meanwhile, whose call then holds it.
    ///
    /// # Errors
    /// [`Error::Unavailable`]: it may or may not have been saved. [`Error::Refused`], [`Error::TooLarge`], and
    /// [`Error::Unreadable`] if it lost against a call that is damaged, or that has expired.
    pub async fn save_call(&self, call: &Call) -> Result<Saved, Error> {
        let document = write_call(call)?;
        if document.len() > MOST_BYTES {
            return Err(Error::TooLarge { item: Item::Call, bytes: document.len() });
        }
        let version = call.version + 1;
        let save = format!("{:016x}", fastrand::u64(..));
        let Key { pk, sk } = Key::call(&call.id);
        let update = self.client.update_item().table_name(&self.table).key(PK, text(pk)).key(SK, text(sk));
        let update = match call.version {
            0 => update.condition_expression("attribute_not_exists(pk)"),
            before => {
                update.condition_expression("#version = :before").expression_attribute_values(":before", number(before))
            }
        };
        let due = due_attributes(&Key::call(&call.id), call.due());
        let set = "SET #doc = :doc, #format = :format, #version = :version, #save = :save, #line = :line, \
                   #started_at = :started_at, #expires_at = :expires_at";
        let update = match due.is_empty() {
            true => update.update_expression(format!("{set} REMOVE #due_in, #due_at")),
            false => update.update_expression(format!("{set}, #due_in = :due_in, #due_at = :due_at")),
        };
        let update = due
            .into_iter()
            .fold(update, |update, (name, value)| update.expression_attribute_values(format!(":{name}"), value));
        let known = [DOC, FORMAT, VERSION, SAVE, LINE, STARTED_AT, EXPIRES_AT, DUE_IN, DUE_AT];
        let outcome = update
            .set_expression_attribute_names(Some(names(known)))
            .expression_attribute_values(":doc", text(document.as_str()))
            .expression_attribute_values(":format", number(CURRENT_FORMAT))
            .expression_attribute_values(":version", number(version))
            .expression_attribute_values(":save", text(save.as_str()))
            .expression_attribute_values(":line", text(call.line.as_str()))
            .expression_attribute_values(":started_at", text(started_at(call.started_at, &call.id)))
            .expression_attribute_values(":expires_at", number(self.expiry(call.started_at)))
            .return_values_on_condition_check_failure(AllOld)
            .send()
            .await;
        let Some(winner) = winner(outcome)? else {
            return Ok(Saved::Yes { version });
        };
        if winner.is_empty() {
            return Err(Error::Unreadable { item: Item::Call, why: "it is gone" });
        }
        let ours = text_of(&winner, SAVE) == Some(&save);
        if ours { Ok(Saved::Yes { version }) } else { Ok(Saved::Lost(Box::new(call_of(&winner)?))) }
    }

    /// One item, strongly consistent.
    pub(crate) async fn get_one(&self, key: Key) -> Result<Option<Attributes>, Error> {
        if !key.is_possible() {
            return Ok(None);
        }
        let get = self.client.get_item().table_name(&self.table).consistent_read(true);
        let answer = get.set_key(Some(key.attributes())).send().await.map_err(Error::of)?;
        Ok(answer.item)
    }
}

/// `#name` for each name: some are words that DynamoDB keeps for itself.
pub(crate) fn names<const N: usize>(names: [&str; N]) -> HashMap<String, String> {
    names.into_iter().map(|name| (format!("#{name}"), name.to_owned())).collect()
}

/// The item because of which an update was not carried out; none if it was.
pub(crate) fn winner<T>(outcome: Result<T, SdkError<UpdateItemError>>) -> Result<Option<Attributes>, Error> {
    match outcome {
        Ok(_) => Ok(None),
        Err(SdkError::ServiceError(refusal)) if refusal.err().is_conditional_check_failed_exception() => {
            match refusal.into_err() {
                UpdateItemError::ConditionalCheckFailedException(lost) => Ok(Some(lost.item.unwrap_or_default())),
                _ => Ok(Some(Attributes::new())),
            }
        }
        Err(error) => Err(Error::of(error)),
    }
}

/// The call of an item.
pub(crate) fn call_of(item: &Attributes) -> Result<Call, Error> {
    read_call(document_of(item, Item::Call)?, version_of(item, Item::Call)?)
}
