//! Conversations with those who text a line.

use http::Method;

use super::{Client, Result};
use crate::{Conversation, ConversationQuery, Page, SaidQuery};

/// Conversations with those who text a line.
impl Client {
    /// Conversations, newest first, a page at a time.
    ///
    /// # Errors
    /// [`ClientError`](super::ClientError).
    pub async fn conversations(&self, query: &ConversationQuery) -> Result<Page<Conversation>> {
        self.ask(Method::GET, &["conversations"]).query(query)?.json().await
    }

    /// A conversation with what was said in it.
    ///
    /// # Errors
    /// [`ClientError`](super::ClientError).
    pub async fn conversation(&self, id: &str, query: &SaidQuery) -> Result<Conversation> {
        self.ask(Method::GET, &["conversations", id]).query(query)?.json().await
    }
}
