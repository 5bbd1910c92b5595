//! What is due.

use jiff::Timestamp;
use oncall::{CallId, IncidentId};
use phone::PhoneNumber;

use crate::{
    Error, Store,
    calls::names,
    item::{Attributes, text, text_of},
    keys::{
        BY_DUE, DUE_AT, DUE_IN, DUE_SHARDS, PK, SK, call_id, conversation_numbers, due_at, incident_id, phone_number,
    },
};

/// Something that is due.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DueItem {
    /// What.
    pub what: Due,
    /// Since when.
    pub at: Timestamp,
}

/// What can be due.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Due {
    /// An incident: a step by [`Cause::Time`](oncall::incident::Cause::Time).
    Incident(IncidentId),
    /// A phone for which incidents are gathered, to be told together.
    Phone(PhoneNumber),
    /// A conversation in which a text waits that nobody has passed on.
    Conversation {
        /// The line's number.
        line: PhoneNumber,
        /// Who texts it.
        reporter: PhoneNumber,
    },
    /// A call that has gone quiet, or of which the team may not have been told.
    Call(CallId),
}

impl Store {
    /// What is due until an instant, what has waited longest first, at most `limit`: a Query of each of the four
    /// shards, two if a shard's answer is longer than 1 MB.
    ///
    /// The index is behind the table, usually by less than a second: what has just been done may be told once more, and
    /// what has just become due may wait for the next sweep. Whoever comes reads what is due and finds out.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn due(&self, until: Timestamp, limit: usize) -> Result<Vec<DueItem>, Error> {
        let mut due = Vec::new();
        for shard in DUE_SHARDS {
            let mut from = None;
            let mut left = limit;
            while left > 0 {
                let answer = self
                    .client
                    .query()
                    .table_name(&self.table)
                    .index_name(BY_DUE)
                    .key_condition_expression("#due_in = :shard AND #due_at <= :until")
                    .set_expression_attribute_names(Some(names([DUE_IN, DUE_AT])))
                    .expression_attribute_values(":shard", text(shard))
                    .expression_attribute_values(":until", text(due_at(until)))
                    .limit(i32::try_from(left).unwrap_or(i32::MAX))
                    .set_exclusive_start_key(from)
                    .send()
                    .await
                    .map_err(Error::of)?;
                let items = answer.items.unwrap_or_default();
                left = left.saturating_sub(items.len());
                due.extend(items.iter().filter_map(due_of));
                from = answer.last_evaluated_key;
                if from.is_none() {
                    break;
                }
            }
        }
        due.sort_by_key(|due| due.at);
        due.truncate(limit);
        Ok(due)
    }
}

fn due_of(item: &Attributes) -> Option<DueItem> {
    let (pk, sk) = (text_of(item, PK)?, text_of(item, SK)?);
    let conversation = || conversation_numbers(pk, sk).map(|(line, reporter)| Due::Conversation { line, reporter });
    let what = incident_id(pk).map(Due::Incident).or_else(|| phone_number(pk).map(Due::Phone));
    let what = what.or_else(|| call_id(pk).map(Due::Call)).or_else(conversation)?;
    Some(DueItem { what, at: text_of(item, DUE_AT)?.parse().ok()? })
}
