//! Texts of everybody who is no responder.

mod converse;
mod decide;

use jiff::Timestamp;
use oncall::texting::Conversation;
use store::StoredConversation;

/// The last conversation of two numbers, as it was found.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    pub conversation: Option<&'a Conversation>,
    pub is_over: bool,
}

impl<'a> Found<'a> {
    pub(crate) fn of(stored: &'a StoredConversation) -> Self {
        Self { conversation: stored.conversation.as_ref(), is_over: stored.is_over }
    }

    /// The conversation, if they are still in it.
    pub(crate) fn live(self, now: Timestamp) -> Option<&'a Conversation> {
        self.conversation.filter(|conversation| !self.is_over && !conversation.is_stale(now))
    }
}
