//! Conversations with those who text a line from outside the team.
//!
//! A conversation stands by the two numbers that a webhook tells; what is known of it by its id, for those who answer
//! later, stands beside it from its beginning, and says to whom.

mod claim;
mod conversations;
mod thread;

pub use conversations::{ConversationSaved, StoredConversation, TextFacts};
pub use thread::Thread;
