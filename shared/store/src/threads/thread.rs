//! What is known of a conversation by its id.

use jiff::Timestamp;
use oncall::{LineId, ThreadId};
use phone::PhoneNumber;
use serde::{Deserialize, Serialize};

use super::conversations::THREAD;
use crate::{
    Error, Item, Store,
    calls::winner,
    document::Shown,
    item::{Attributes, CURRENT_FORMAT, DOC, FORMAT, document_of, number, text},
    keys::{EXPIRES_AT, Key, due_at},
};

/// When a conversation was ended, by its id.
const ENDED_AT: &str = "ended_at";
/// Which conversation of two numbers is over.
pub(super) const OVER: &str = "over";

/// A conversation, for those who answer in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Thread {
    /// Its id.
    pub id: ThreadId,
    /// The line that they wrote to.
    pub line: LineId,
    /// The line's number as it was then.
    pub line_number: PhoneNumber,
    /// Who wrote.
    pub reporter: PhoneNumber,
    /// Whether it is over.
    pub is_over: bool,
}

#[derive(Serialize, Deserialize)]
struct Document {
    #[serde(with = "Shown::<LineId>")]
    line: LineId,
    #[serde(with = "Shown::<PhoneNumber>")]
    line_number: PhoneNumber,
    #[serde(with = "Shown::<PhoneNumber>")]
    reporter: PhoneNumber,
}

impl Store {
    /// A conversation by its id; none if there is no such one, or it is long over: one GetItem, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn thread(&self, id: &ThreadId) -> Result<Option<Thread>, Error> {
        let item = self.get_one(Key::thread(id)).await?;
        item.as_ref().map(|item| thread_of(id, item)).transpose()
    }

    /// Ends a conversation, so that what its reporter texts next begins another one: one GetItem and two UpdateItem,
    /// which may be repeated. One that is not known is over already.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn end_thread(&self, id: &ThreadId, at: Timestamp) -> Result<(), Error> {
        let Some(thread) = self.thread(id).await? else { return Ok(()) };
        let ended = self.client.update_item().table_name(&self.table);
        let ended = ended
            .set_key(Some(Key::thread(id).attributes()))
            .condition_expression("attribute_exists(pk) AND attribute_not_exists(#ended_at)")
            .update_expression("SET #ended_at = :ended_at")
            .expression_attribute_names("#ended_at", ENDED_AT)
            .expression_attribute_values(":ended_at", text(due_at(at)));
        winner(ended.send().await)?;
        // only while it is the one that they are in
        let over = self.client.update_item().table_name(&self.table);
        let over = over
            .set_key(Some(Key::conversation(&thread.line_number, &thread.reporter).attributes()))
            .condition_expression("#thread = :thread")
            .update_expression("SET #over = :thread")
            .expression_attribute_names("#thread", THREAD)
            .expression_attribute_names("#over", OVER)
            .expression_attribute_values(":thread", text(id.as_str()));
        winner(over.send().await).map(drop)
    }
}

/// The item of a conversation that begins.
pub(super) fn item(thread: &Thread, expires_at: i64) -> Result<Attributes, Error> {
    let Thread { line, line_number, reporter, .. } = thread.clone();
    let document = serde_json::to_string(&Document { line, line_number, reporter })
        .map_err(|_| Error::Unreadable { item: Item::Conversation, why: "it cannot be written as JSON" })?;
    let mut item = Key::thread(&thread.id).attributes();
    item.insert(DOC.to_owned(), text(document));
    item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
    item.insert(EXPIRES_AT.to_owned(), number(expires_at));
    Ok(item)
}

fn thread_of(id: &ThreadId, item: &Attributes) -> Result<Thread, Error> {
    let Document { line, line_number, reporter } = serde_json::from_str(document_of(item, Item::Conversation)?)
        .map_err(|_| Error::Unreadable { item: Item::Conversation, why: "its document is damaged" })?;
    Ok(Thread { id: id.clone(), line, line_number, reporter, is_over: item.contains_key(ENDED_AT) })
}
