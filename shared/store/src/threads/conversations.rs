//! The conversation of a line's number with whoever texts it, and what a text to the line needs to know.

use std::fmt;

use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure::AllOld;
use jiff::SignedDuration;
use oncall::{LineId, ThreadId, texting::Conversation};
use phone::PhoneNumber;

use super::thread::{self, OVER, Thread};
use crate::{
    Error, Item, PlanKey, Problem, Store,
    calls::{names, winner},
    document::{ConversationDocument, Read, Written},
    incidents::due_attributes,
    item::{
        Attributes, CURRENT_FORMAT, DOC, FORMAT, MOST_BYTES, SAVE, VERSION, document_of, number, text, text_of,
        version_of,
    },
    keys::{DUE_AT, DUE_IN, EXPIRES_AT, Key, PK},
    plans::plan_of,
    transaction::{Outcome, Transaction},
};

/// Which conversation two numbers have.
pub(super) const THREAD: &str = "thread";
/// How long it is kept from its beginning: longer than it may last.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24 + Conversation::LASTS.as_hours());

/// The conversation of two numbers, as it was found. `Debug` shows of the numbers what [`PhoneNumber`] does.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredConversation {
    /// The line's number.
    pub line_number: PhoneNumber,
    /// Who texts it.
    pub reporter: PhoneNumber,
    /// How often this has been saved; 0 if it never was.
    pub version: u64,
    /// Their last conversation.
    pub conversation: Option<Conversation>,
    /// Whether it is over.
    pub is_over: bool,
}

impl fmt::Debug for StoredConversation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("StoredConversation");
        shown.field("version", &self.version).field("is_over", &self.is_over);
        shown.field("thread", &self.conversation.as_ref().map(|it| &it.thread)).finish_non_exhaustive()
    }
}

/// What a text to a line needs to know.
#[derive(Clone, PartialEq, Debug)]
pub struct TextFacts {
    /// All that the line can reach; none if no line has this number.
    pub plan: Option<oncall::Plan>,
    /// Parts of the plan that cannot be read and are left out. Worth an alarm.
    pub problems: Vec<Problem>,
    /// The conversation with the sender.
    pub conversation: StoredConversation,
}

/// What became of a save.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ConversationSaved {
    /// It counts.
    Yes,
    /// Somebody else was first: nothing was written, and this is what they saved.
    Lost(StoredConversation),
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Conversation,
    Thread,
}

impl Store {
    /// The plan of a line and its conversation with a number: one BatchGetItem, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], or [`Error::Unreadable`] if one of the two is there and damaged.
    pub async fn text_facts(&self, line: &PhoneNumber, reporter: &PhoneNumber) -> Result<TextFacts, Error> {
        let (plan_key, key) = (PlanKey::Number(line).key(), Key::conversation(line, reporter));
        let (plan_pk, pk) = (plan_key.pk.clone(), key.pk.clone());
        let conversation = nothing(line, reporter);
        let mut facts = TextFacts { plan: None, problems: Vec::new(), conversation };
        for item in self.get(vec![plan_key, key]).await? {
            match text_of(&item, PK) {
                Some(found) if found == plan_pk => {
                    let stored = plan_of(&item)?;
                    facts.plan = Some(stored.plan);
                    facts.problems = stored.problems;
                }
                Some(found) if found == pk => facts.conversation = conversation_of(line, reporter, &item)?,
                _ => {}
            }
        }
        Ok(facts)
    }

    /// Saves a conversation with a line, if nobody else has since it was read: one UpdateItem, or one transaction if it is
    /// another one than before. A repetition after a lost answer is recognised.
    ///
    /// # Errors
    /// [`Error::Unavailable`]: it may or may not have been saved. [`Error::Refused`], [`Error::TooLarge`], and
    /// [`Error::Unreadable`] if it lost against what is damaged.
    pub async fn save_conversation(
        &self,
        before: &StoredConversation,
        line: &LineId,
        after: &Conversation,
    ) -> Result<ConversationSaved, Error> {
        let (called, reporter) = (&before.line_number, &before.reporter);
        let save = format!("{:016x}", fastrand::u64(..));
        let document = document(after)?;
        let expires_at = after.began_at.as_second() + KEPT.as_secs();
        let key = Key::conversation(called, reporter);
        if before.conversation.as_ref().map(|it| &it.thread) == Some(&after.thread) {
            let due = due_attributes(&key, after.due());
            let update = self.client.update_item().table_name(&self.table).set_key(Some(key.attributes()));
            let (also, due) = match due {
                due if due.is_empty() => (" REMOVE #due_in, #due_at", due),
                due => (", #due_in = :due_in, #due_at = :due_at", due),
            };
            let due = due.into_iter().map(|(name, value)| (format!(":{name}"), value)).collect();
            let update = update
                .condition_expression("#version = :before")
                .update_expression(format!(
                    "SET #doc = :doc, #format = :format, #version = :version, #save = :save{also}"
                ))
                .set_expression_attribute_names(Some(names([DOC, FORMAT, VERSION, SAVE, DUE_IN, DUE_AT])))
                .set_expression_attribute_values(Some(due))
                .expression_attribute_values(":doc", text(document))
                .expression_attribute_values(":format", number(CURRENT_FORMAT))
                .expression_attribute_values(":before", number(before.version))
                .expression_attribute_values(":version", number(before.version + 1))
                .expression_attribute_values(":save", text(save.as_str()))
                .return_values_on_condition_check_failure(AllOld);
            return match winner(update.send().await)? {
                None => Ok(ConversationSaved::Yes),
                Some(first) if text_of(&first, SAVE) == Some(&save) => Ok(ConversationSaved::Yes),
                Some(first) if first.is_empty() => Ok(ConversationSaved::Lost(nothing(called, reporter))),
                Some(first) => conversation_of(called, reporter, &first).map(ConversationSaved::Lost),
            };
        }
        let begun = self.begin(before, line, after, document, &save, expires_at)?;
        match begun.commit(self, Part::Conversation).await? {
            Outcome::Done => Ok(ConversationSaved::Yes),
            Outcome::Refused(_) => {
                let found = self.get_one(key).await?;
                let found = found.as_ref().map(|item| conversation_of(called, reporter, item)).transpose()?;
                Ok(ConversationSaved::Lost(found.unwrap_or_else(|| nothing(called, reporter))))
            }
        }
    }

    fn begin(
        &self,
        before: &StoredConversation,
        line: &LineId,
        after: &Conversation,
        document: String,
        save: &str,
        expires_at: i64,
    ) -> Result<Transaction<Part>, Error> {
        let mut transaction = Transaction::default();
        let key = Key::conversation(&before.line_number, &before.reporter);
        let due = due_attributes(&key, after.due());
        let mut item = key.attributes();
        item.extend(due);
        item.insert(DOC.to_owned(), text(document));
        item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
        item.insert(VERSION.to_owned(), number(before.version + 1));
        item.insert(SAVE.to_owned(), text(save));
        item.insert(THREAD.to_owned(), text(after.thread.as_str()));
        item.insert(EXPIRES_AT.to_owned(), number(expires_at));
        let put = self.to_put(item);
        let put = match before.version {
            0 => put.condition_expression("attribute_not_exists(pk)"),
            version => put
                .condition_expression("#version = :before")
                .set_expression_attribute_names(Some(names([VERSION])))
                .expression_attribute_values(":before", number(version)),
        };
        transaction.put(Part::Conversation, put)?;
        let thread = Thread {
            id: after.thread.clone(),
            line: line.clone(),
            line_number: before.line_number.clone(),
            reporter: before.reporter.clone(),
            is_over: false,
        };
        let thread = self.to_put(thread::item(&thread, expires_at)?);
        transaction.put(Part::Thread, thread.condition_expression("attribute_not_exists(pk)"))?;
        Ok(transaction)
    }
}

fn nothing(line_number: &PhoneNumber, reporter: &PhoneNumber) -> StoredConversation {
    let (line_number, reporter) = (line_number.clone(), reporter.clone());
    StoredConversation { line_number, reporter, version: 0, conversation: None, is_over: false }
}

fn document(conversation: &Conversation) -> Result<String, Error> {
    let document = serde_json::to_string(&Written::<ConversationDocument>(conversation))
        .map_err(|_| Error::Unreadable { item: Item::Conversation, why: "it cannot be written as JSON" })?;
    if document.len() > MOST_BYTES {
        return Err(Error::TooLarge { item: Item::Conversation, bytes: document.len() });
    }
    Ok(document)
}

fn conversation_of(line: &PhoneNumber, reporter: &PhoneNumber, item: &Attributes) -> Result<StoredConversation, Error> {
    let Read::<ConversationDocument>(conversation) = serde_json::from_str(document_of(item, Item::Conversation)?)
        .map_err(|_| Error::Unreadable { item: Item::Conversation, why: "its document is damaged" })?;
    let version = version_of(item, Item::Conversation)?;
    let is_over = text_of(item, OVER).map(ThreadId::new).as_ref() == Some(&conversation.thread);
    let (line_number, reporter) = (line.clone(), reporter.clone());
    Ok(StoredConversation { line_number, reporter, version, conversation: Some(conversation), is_over })
}
