//! What was said in a conversation: each text an item of its own, since an incident keeps its last events alone, and the
//! beginning of a long reply.

use std::{collections::BTreeSet, fmt};

use aws_sdk_dynamodb::{operation::put_item::PutItemError, types::AttributeValue};
use jiff::{SignedDuration, Timestamp};
use oncall::{ThreadId, incident::Actor, texting::Attachment};

use super::{save::KEPT, thread::Thread};
use crate::{
    Error, Item, Store,
    calls::winner,
    document::{Read, SaidDocument, Written},
    item::{Attributes, CURRENT_FORMAT, DOC, FORMAT, document_of, number, text, text_of},
    keys::{self, EXPIRES_AT, Key, SK},
};

/// How a reply fares.
const FARES: &str = "fares";
/// In which conversation a reply is, and its place there.
const REPLY_IN: &str = "thread";
const REPLY_AT: &str = "said";
/// How long a receipt may take, as those of pages.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The most of what was said that is read at once.
const MOST_AT_ONCE: u16 = 100;

/// Something that was said in a conversation. `Debug` shows no words: they are somebody's.
#[derive(Clone, PartialEq, Eq)]
pub struct Said {
    /// Twilio's MessageSid, or what names the reply: the same again is the same.
    pub id: String,
    /// When it came, or was left to be sent.
    pub at: Timestamp,
    /// Who replied; none if whoever texts the line said it.
    pub by: Option<Actor>,
    /// What.
    pub words: String,
    /// What came with it.
    pub media: Vec<Attachment>,
    /// What we answered at once; none if nothing.
    pub answer: Option<String>,
}

/// How a reply fares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fares {
    /// It is being sent, or nobody knows whether it has been.
    Sending,
    /// Twilio has it.
    Sent,
    /// It has arrived.
    Delivered,
    /// It has not been sent, or has not arrived.
    Failed,
}

/// Some of what was said.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SaidPage {
    /// Oldest first, with how replies fare.
    pub said: Vec<(Said, Option<Fares>)>,
    /// How much of it is there and cannot be read. Worth an alarm.
    pub unreadable: usize,
    /// Where what was said before ends; none if nothing was.
    pub earlier: Option<String>,
}

/// Which reply a text of ours is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SentReply {
    /// The conversation.
    pub thread: ThreadId,
    /// Its place there.
    pub place: String,
}

impl Said {
    /// Its place in its conversation: later ones sort behind it.
    pub fn place(&self) -> String {
        format!("{:.9}#{}", self.at, self.id)
    }
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Said").field("id", &self.id).field("at", &self.at).field("by", &self.by).finish_non_exhaustive()
    }
}

impl Fares {
    fn as_str(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Sending, Self::Sent, Self::Delivered, Self::Failed].into_iter().find(|fares| fares.as_str() == word)
    }
}

impl Store {
    /// What was said in a conversation before a place in it, the last of it, at most `limit` (1 to 100): one Query,
    /// strongly consistent. What was tried again is there once, as it was tried last.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn said(&self, thread: &ThreadId, limit: u16, before: Option<&str>) -> Result<SaidPage, Error> {
        let query = self.partition(keys::all_of_thread(thread)).scan_index_forward(false);
        let query = match before {
            None => query
                .key_condition_expression("pk = :pk AND begins_with(sk, :said)")
                .expression_attribute_values(":said", text(keys::said(""))),
            // nothing of a conversation sorts before what was said in it
            Some(before) => query
                .key_condition_expression("pk = :pk AND sk < :before")
                .expression_attribute_values(":before", text(keys::said(before))),
        };
        let answer = query.limit(limit.clamp(1, MOST_AT_ONCE).into()).send().await.map_err(Error::of)?;
        let mut page = SaidPage::default();
        let earlier = answer.last_evaluated_key.as_ref().and_then(|last| keys::said_place(text_of(last, SK)?));
        page.earlier = earlier.map(str::to_owned);
        let mut known = BTreeSet::new();
        for item in answer.items.iter().flatten() {
            match said_of(item) {
                Ok((said, fares)) if known.insert(said.id.clone()) => page.said.push((said, fares)),
                Ok(_) => {}
                Err(_) => page.unreadable += 1,
            }
        }
        page.said.reverse();
        Ok(page)
    }

    /// What has a place in a conversation; none if nothing has: one GetItem, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn said_at(&self, thread: &ThreadId, place: &str) -> Result<Option<Said>, Error> {
        let item = self.get_one(Key::said(thread, place)).await?;
        item.map(|item| Ok(said_of(&item)?.0)).transpose()
    }

    /// Keeps a reply: one PutItem. One that is there stays as it is.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn say(&self, thread: &Thread, said: &Said, fares: Fares) -> Result<(), Error> {
        let mut item = item(&thread.id, said, thread.began_at)?;
        item.insert(FARES.to_owned(), text(fares.as_str()));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let Err(error) = put.condition_expression("attribute_not_exists(pk)").send().await else { return Ok(()) };
        match error.as_service_error() {
            Some(PutItemError::ConditionalCheckFailedException(_)) => Ok(()),
            _ => Err(Error::of(error)),
        }
    }

    /// Says how a reply fares: one UpdateItem. What is decided stays so.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn reply_fares(&self, reply: &SentReply, fares: Fares) -> Result<(), Error> {
        let update = self.client.update_item().table_name(&self.table);
        let update = update
            .set_key(Some(Key::said(&reply.thread, &reply.place).attributes()))
            .update_expression("SET #fares = :fares")
            .expression_attribute_names("#fares", FARES)
            .expression_attribute_values(":fares", text(fares.as_str()))
            .expression_attribute_values(":sending", text(Fares::Sending.as_str()));
        let update = match fares {
            Fares::Sending | Fares::Sent => update.condition_expression("#fares = :sending"),
            Fares::Delivered | Fares::Failed => update
                .condition_expression("#fares IN (:sending, :sent)")
                .expression_attribute_values(":sent", text(Fares::Sent.as_str())),
        };
        winner(update.send().await).map(drop)
    }

    /// Remembers for a week which reply a text is: one PutItem, which may be repeated.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn record_reply(&self, sid: &str, reply: &SentReply, at: Timestamp) -> Result<(), Error> {
        let mut item = Key::sent_reply(sid).attributes();
        item.insert(REPLY_IN.to_owned(), text(reply.thread.as_str()));
        item.insert(REPLY_AT.to_owned(), text(reply.place.as_str()));
        item.insert(EXPIRES_AT.to_owned(), number(at.as_second() + REMEMBERED.as_secs()));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        put.send().await.map(drop).map_err(Error::of)
    }
}

/// The reply that an item of a text names.
pub(crate) fn reply_of(item: &Attributes) -> Option<SentReply> {
    let thread = ThreadId::new(text_of(item, REPLY_IN)?);
    Some(SentReply { thread, place: text_of(item, REPLY_AT)?.to_owned() })
}

/// The item of what was said in a conversation that began at an instant.
pub(super) fn item(thread: &ThreadId, said: &Said, began_at: Timestamp) -> Result<Attributes, Error> {
    let document = serde_json::to_string(&Written::<SaidDocument>(said))
        .map_err(|_| Error::Unreadable { item: Item::Conversation, why: "it cannot be written as JSON" })?;
    let mut item = Key::said(thread, &said.place()).attributes();
    item.insert(DOC.to_owned(), text(document));
    item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
    item.insert(EXPIRES_AT.to_owned(), number(began_at.as_second() + KEPT.as_secs()));
    Ok(item)
}

fn said_of(item: &Attributes) -> Result<(Said, Option<Fares>), Error> {
    let Read::<SaidDocument>(said) = serde_json::from_str(document_of(item, Item::Conversation)?)
        .map_err(|_| Error::Unreadable { item: Item::Conversation, why: "its document is damaged" })?;
    Ok((said, item.get(FARES).and_then(|fares: &AttributeValue| Fares::of(fares.as_s().ok()?))))
}
