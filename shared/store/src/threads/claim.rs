//! What may not be done twice is claimed before it is done.

use aws_sdk_dynamodb::{operation::put_item::PutItemError, types::ReturnValuesOnConditionCheckFailure::AllOld};
use jiff::{SignedDuration, Timestamp};

use crate::{
    Error, Store,
    item::{SAVE, number, text, text_of},
    keys::{EXPIRES_AT, Key},
};

/// A message stays on the queue for 14 days, and once more as long among those that failed.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(29 * 24);

impl Store {
    /// Claims an errand by its id: whether whoever asks is the first, and is to do it. One PutItem; a repetition after a
    /// lost answer is recognised.
    ///
    /// # Errors
    /// [`Error::Unavailable`]: it may be claimed, and nobody knows by whom. [`Error::Refused`].
    pub async fn claim_errand(&self, id: &str, at: Timestamp) -> Result<bool, Error> {
        let save = format!("{:016x}", fastrand::u64(..));
        let mut item = Key::errand(id).attributes();
        item.insert(SAVE.to_owned(), text(save.as_str()));
        item.insert(EXPIRES_AT.to_owned(), number(at.as_second() + REMEMBERED.as_secs()));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let put = put.condition_expression("attribute_not_exists(pk)");
        let Err(error) = put.return_values_on_condition_check_failure(AllOld).send().await else { return Ok(true) };
        match error.as_service_error() {
            Some(PutItemError::ConditionalCheckFailedException(lost)) => {
                Ok(lost.item.as_ref().and_then(|first| text_of(first, SAVE)) == Some(&save))
            }
            _ => Err(Error::of(error)),
        }
    }
}
