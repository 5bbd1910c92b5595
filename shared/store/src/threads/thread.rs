//! What is known of a conversation by its id.

use std::fmt;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use oncall::{LineId, ServiceId, ThreadId};
use phone::PhoneNumber;
use serde::{Deserialize, Serialize};

use super::{conversations::THREAD, save::KEPT};
use crate::{
    Error, Item, Store,
    calls::winner,
    document::Shown,
    item::{Attributes, CURRENT_FORMAT, DOC, FORMAT, document_of, number, number_of, text, text_of},
    keys::{EXPIRES_AT, Key, due_at},
};

/// When a conversation was ended, by its id.
const ENDED_AT: &str = "ended_at";
/// What a conversation is about, once that is known.
pub(super) const SERVICE: &str = "service";
/// Which conversation of two numbers is over.
pub(super) const OVER: &str = "over";

/// A conversation, for those who answer in it. `Debug` shows no words: they are somebody's.
#[derive(Clone, PartialEq, Eq)]
pub struct Thread {
    /// Its id.
    pub id: ThreadId,
    /// The line that they wrote to.
    pub line: LineId,
    /// The line's number as it was then.
    pub line_number: PhoneNumber,
    /// Who wrote.
    pub reporter: PhoneNumber,
    /// When it began.
    pub began_at: Timestamp,
    /// How their first text begins.
    pub opening: String,
    /// The service that it is about, once that is known.
    pub service: Option<ServiceId>,
    /// Whether it is over.
    pub is_over: bool,
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Thread");
        shown.field("id", &self.id).field("line", &self.line).field("is_over", &self.is_over).finish_non_exhaustive()
    }
}

#[derive(Serialize, Deserialize)]
struct Document {
    #[serde(with = "Shown::<LineId>")]
    line: LineId,
    #[serde(with = "Shown::<PhoneNumber>")]
    line_number: PhoneNumber,
    #[serde(with = "Shown::<PhoneNumber>")]
    reporter: PhoneNumber,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    began_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    opening: String,
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
pub(super) fn item(thread: &Thread, expires_at: AttributeValue) -> Result<Attributes, Error> {
    let Thread { line, line_number, reporter, began_at, opening, service, .. } = thread.clone();
    let began_at = Some(began_at);
    let document = serde_json::to_string(&Document { line, line_number, reporter, began_at, opening })
        .map_err(|_| Error::Unreadable { item: Item::Conversation, why: "it cannot be written as JSON" })?;
    let mut item = Key::thread(&thread.id).attributes();
    item.insert(DOC.to_owned(), text(document));
    item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
    item.insert(EXPIRES_AT.to_owned(), expires_at);
    item.extend(service.map(|service| (SERVICE.to_owned(), text(service.as_str()))));
    Ok(item)
}

pub(super) fn thread_of(id: &ThreadId, item: &Attributes) -> Result<Thread, Error> {
    let document = serde_json::from_str(document_of(item, Item::Conversation)?);
    let Document { line, line_number, reporter, began_at, opening } =
        document.map_err(|_| Error::Unreadable { item: Item::Conversation, why: "its document is damaged" })?;
    // one that was begun before this was written is kept as long as any other
    let kept_until = number_of(item, EXPIRES_AT).and_then(|until| i64::try_from(until).ok()).unwrap_or_default();
    let began = Timestamp::from_second(kept_until.saturating_sub(KEPT.as_secs())).unwrap_or_default();
    Ok(Thread {
        id: id.clone(),
        line,
        line_number,
        reporter,
        began_at: began_at.unwrap_or(began),
        opening,
        service: text_of(item, SERVICE).map(ServiceId::new),
        is_over: item.contains_key(ENDED_AT),
    })
}
