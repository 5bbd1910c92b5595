//! Messaging webhooks, one type per kind of request. Each reads what it needs and ignores the rest.
//!
//! Source of names and values: Twilio's messaging request and status callback pages, as of June 2026.

mod incoming;
mod status;

pub use incoming::{IncomingText, MediaItem, OptOutType};
pub use status::{MessageStatus, TextStatus};
