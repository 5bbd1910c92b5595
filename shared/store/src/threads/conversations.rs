//! The conversation of a line's number with whoever texts it, and what a text to the line needs to know.

use std::fmt;

use oncall::{ThreadId, texting::Conversation};
use phone::PhoneNumber;

use super::thread::OVER;
use crate::{
    Error, Item, PlanKey, Problem, Store,
    document::{ConversationDocument, Read},
    item::{Attributes, document_of, text_of, version_of},
    keys::{Key, PK},
    plans::plan_of,
};

/// Which conversation two numbers have.
pub(super) const THREAD: &str = "thread";

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
}

pub(super) fn nothing(line_number: &PhoneNumber, reporter: &PhoneNumber) -> StoredConversation {
    let (line_number, reporter) = (line_number.clone(), reporter.clone());
    StoredConversation { line_number, reporter, version: 0, conversation: None, is_over: false }
}

pub(super) fn conversation_of(
    line: &PhoneNumber,
    reporter: &PhoneNumber,
    item: &Attributes,
) -> Result<StoredConversation, Error> {
    let Read::<ConversationDocument>(conversation) = serde_json::from_str(document_of(item, Item::Conversation)?)
        .map_err(|_| Error::Unreadable { item: Item::Conversation, why: "its document is damaged" })?;
    let version = version_of(item, Item::Conversation)?;
    let is_over = text_of(item, OVER).map(ThreadId::new).as_ref() == Some(&conversation.thread);
    let (line_number, reporter) = (line.clone(), reporter.clone());
    Ok(StoredConversation { line_number, reporter, version, conversation: Some(conversation), is_over })
}
