//! What somebody has texted to a line.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The one kind there is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum TextKind {
    /// Somebody texts about a service.
    #[serde(rename = "text.received")]
    Received,
}

/// A text of somebody who is no responder, for a service.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TextEvent {
    /// The version of the format.
    pub version: u8,
    /// Twilio's MessageSid: tells repeated messages apart from new ones.
    pub id: String,
    /// What it is.
    pub kind: TextKind,
    /// The conversation with whoever wrote it: the deduplication key of the incident.
    pub thread: String,
    /// The line's opaque id.
    pub line: String,
    /// The service that they chose, or the line's only one.
    pub service: String,
    /// When it came, by our clock.
    pub at: Timestamp,
    /// What they wrote.
    pub words: String,
    /// Pictures and other media that came with it. They stay at Twilio.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<Media>,
}

/// Something that came with a text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Media {
    /// Where it is: at Twilio, behind the account's credentials.
    pub href: String,
    /// Its content type.
    pub content_type: String,
}
