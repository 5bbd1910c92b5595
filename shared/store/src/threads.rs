//! Conversations with those who text a line from outside the team.
//!
//! A conversation stands by the two numbers that a webhook tells; what is known of it by its id, for those who answer
//! later, stands beside it from its beginning, and says to whom. There it is in the list of its line, and holds all that was
//! said in it.

mod claim;
mod conversations;
mod list;
mod said;
mod save;
mod thread;

pub use conversations::{StoredConversation, TextFacts};
pub use list::ThreadPage;
pub use said::{Fares, Said, SaidPage, SentReply};
pub use save::ConversationSaved;
pub use thread::Thread;

pub(crate) use said::reply_of;
