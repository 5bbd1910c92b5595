//! Texts between us and a responder's phone: what they mean, and the short codes that they speak of.
//!
//! A page says `Alert 12`, and `12a` acknowledges it. The code is the phone's own ([`Codes`]), so that it stays short.
//! [`Reply::of`] reads what comes back. Whoever texts a line from outside the team has a [`Conversation`] with it.

mod codes;
mod conversation;
mod reply;

#[cfg(test)]
mod tests;

pub use codes::{Announcement, Bundle, Codes, Gathering, Issued};
pub use conversation::{Attachment, Conversation, Handled, Stage, Waiting};
pub use reply::{About, Command, Keyword, Reply, Verb};
