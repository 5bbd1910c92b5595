//! A conversation is saved with what was said, so that the one is never without the other.

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure::AllOld};
use jiff::SignedDuration;
use oncall::{
    LineId, ServiceId,
    texting::{Conversation, Stage},
};

use super::{
    Said, StoredConversation, Thread,
    conversations::{THREAD, conversation_of, nothing},
    said,
    thread::{self, SERVICE},
};
use crate::{
    Error, Item, Store,
    calls::{names, winner},
    document::{ConversationDocument, Written},
    incidents::due_attributes,
    item::{CURRENT_FORMAT, DOC, FORMAT, MOST_BYTES, SAVE, VERSION, number, text, text_of},
    keys::{DUE_AT, DUE_IN, EXPIRES_AT, Key},
    transaction::{Outcome, Transaction},
};

/// How long a conversation and all that was said in it are kept from its beginning: longer than it may last.
pub(super) const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24 + Conversation::LASTS.as_hours());
/// How much of the first words stands in lists, characters.
const LONGEST_OPENING: usize = 200;

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
    Listed,
    Said,
}

/// How the item of a conversation changes.
struct Change {
    expression: String,
    names: std::collections::HashMap<String, String>,
    values: std::collections::HashMap<String, AttributeValue>,
}

const IF_UNCHANGED: &str = "#version = :before";

impl Store {
    /// Saves a conversation with a line, if nobody else has since it was read: one UpdateItem, or one transaction if it is
    /// another one than before, or now known to be about a service. A repetition after a lost answer is recognised.
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
        self.save_text(before, line, after, None).await
    }

    /// The same with a text that was handled: one transaction.
    ///
    /// # Errors
    /// As [`Store::save_conversation`].
    pub async fn save_text(
        &self,
        before: &StoredConversation,
        line: &LineId,
        after: &Conversation,
        said: Option<&Said>,
    ) -> Result<ConversationSaved, Error> {
        let (called, reporter) = (&before.line_number, &before.reporter);
        let key = Key::conversation(called, reporter);
        let save = format!("{:016x}", fastrand::u64(..));
        let known = before.conversation.as_ref().filter(|known| known.thread == after.thread);
        let news = service(after).filter(|_| known.and_then(service) != service(after));
        let mut transaction = match known {
            None => self.begin(before, line, after, said, &save)?,
            Some(_) => {
                let Change { expression, names, values } = change(before, after, &save)?;
                if said.is_none() && news.is_none() {
                    let update = self.client.update_item().table_name(&self.table).set_key(Some(key.attributes()));
                    let update = update.condition_expression(IF_UNCHANGED).update_expression(expression);
                    let update = update.set_expression_attribute_names(Some(names));
                    let update = update.set_expression_attribute_values(Some(values));
                    let update = update.return_values_on_condition_check_failure(AllOld);
                    return match winner(update.send().await)? {
                        None => Ok(ConversationSaved::Yes),
                        Some(first) if text_of(&first, SAVE) == Some(&save) => Ok(ConversationSaved::Yes),
                        Some(first) if first.is_empty() => Ok(ConversationSaved::Lost(nothing(called, reporter))),
                        Some(first) => conversation_of(called, reporter, &first).map(ConversationSaved::Lost),
                    };
                }
                let mut transaction = Transaction::default();
                let update = self.to_update(Key::conversation(called, reporter).attributes());
                let update = update.condition_expression(IF_UNCHANGED).update_expression(expression);
                let update = update.set_expression_attribute_names(Some(names));
                transaction.update(Part::Conversation, update.set_expression_attribute_values(Some(values)))?;
                if let Some(service) = news {
                    let update = self.to_update(Key::thread(&after.thread).attributes());
                    let update = update.update_expression("SET #service = :service");
                    let update = update.expression_attribute_names("#service", SERVICE);
                    let update = update.expression_attribute_values(":service", text(service.as_str()));
                    transaction.update(Part::Thread, update)?;
                }
                transaction
            }
        };
        if let Some(said) = said {
            transaction.put(Part::Said, self.to_put(said::item(&after.thread, said, after.began_at)?))?;
        }
        match transaction.commit(self, Part::Conversation).await? {
            Outcome::Done => Ok(ConversationSaved::Yes),
            Outcome::Refused(_) => {
                let found = self.get_one(Key::conversation(called, reporter)).await?;
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
        said: Option<&Said>,
        save: &str,
    ) -> Result<Transaction<Part>, Error> {
        let mut transaction = Transaction::default();
        let expires_at = number(expiry(after));
        let key = Key::conversation(&before.line_number, &before.reporter);
        let due = due_attributes(&key, after.due());
        let mut item = key.attributes();
        item.extend(due);
        item.insert(DOC.to_owned(), text(document(after)?));
        item.insert(FORMAT.to_owned(), number(CURRENT_FORMAT));
        item.insert(VERSION.to_owned(), number(before.version + 1));
        item.insert(SAVE.to_owned(), text(save));
        item.insert(THREAD.to_owned(), text(after.thread.as_str()));
        item.insert(EXPIRES_AT.to_owned(), expires_at.clone());
        let put = self.to_put(item);
        let put = match before.version {
            0 => put.condition_expression("attribute_not_exists(pk)"),
            version => put
                .condition_expression(IF_UNCHANGED)
                .set_expression_attribute_names(Some(names([VERSION])))
                .expression_attribute_values(":before", number(version)),
        };
        transaction.put(Part::Conversation, put)?;
        let opening = said.map(|said| said.words.trim().chars().take(LONGEST_OPENING).collect());
        let thread = Thread {
            id: after.thread.clone(),
            line: line.clone(),
            line_number: before.line_number.clone(),
            reporter: before.reporter.clone(),
            began_at: after.began_at,
            opening: opening.unwrap_or_default(),
            service: service(after).cloned(),
            is_over: false,
        };
        let thread = self.to_put(thread::item(&thread, expires_at.clone())?);
        transaction.put(Part::Thread, thread.condition_expression("attribute_not_exists(pk)"))?;
        let mut listed = Key::listed_thread(line, after.began_at, &after.thread).attributes();
        listed.insert(THREAD.to_owned(), text(after.thread.as_str()));
        listed.insert(EXPIRES_AT.to_owned(), expires_at);
        transaction.put(Part::Listed, self.to_put(listed))?;
        Ok(transaction)
    }
}

fn service(conversation: &Conversation) -> Option<&ServiceId> {
    match &conversation.stage {
        Stage::Open { service } => Some(service),
        Stage::Choosing { .. } => None,
    }
}

/// When a conversation may go, in seconds since 1970.
fn expiry(conversation: &Conversation) -> i64 {
    conversation.began_at.as_second() + KEPT.as_secs()
}

fn change(before: &StoredConversation, after: &Conversation, save: &str) -> Result<Change, Error> {
    let due = due_attributes(&Key::conversation(&before.line_number, &before.reporter), after.due());
    let also = if due.is_empty() { " REMOVE #due_in, #due_at" } else { ", #due_in = :due_in, #due_at = :due_at" };
    let due = due.into_iter().map(|(name, value)| (format!(":{name}"), value));
    let values = [
        (":doc", text(document(after)?)),
        (":format", number(CURRENT_FORMAT)),
        (":before", number(before.version)),
        (":version", number(before.version + 1)),
        (":save", text(save)),
    ];
    Ok(Change {
        expression: format!("SET #doc = :doc, #format = :format, #version = :version, #save = :save{also}"),
        names: names([DOC, FORMAT, VERSION, SAVE, DUE_IN, DUE_AT]),
        values: values.into_iter().map(|(name, value)| (name.to_owned(), value)).chain(due).collect(),
    })
}

fn document(conversation: &Conversation) -> Result<String, Error> {
    let document = serde_json::to_string(&Written::<ConversationDocument>(conversation))
        .map_err(|_| Error::Unreadable { item: Item::Conversation, why: "it cannot be written as JSON" })?;
    if document.len() > MOST_BYTES {
        return Err(Error::TooLarge { item: Item::Conversation, bytes: document.len() });
    }
    Ok(document)
}
