//! What may be sent, what was spent, and which pages Twilio's texts and calls are.

mod sent_pages;
mod settings;
mod spend;

pub use sent_pages::{Sent, SentPage};
pub use settings::{SendingSettings, StoredSendingSettings};
