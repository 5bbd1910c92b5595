//! What stands on the queue of incident events: the messages, as they are written and read.
//!
//! `voice` tells what happens to calls ([`CallEvent`]), `events` what tools say ([`ToolEvent`]), `sms` what people text to
//! a line ([`TextEvent`]); whoever changes an incident and may not send leaves an [`Errand`]. `notify` reads all of them
//! with [`Message::read`]. docs/incident-events.md describes every member, and what a reader must
//! do. Members that have no value are left out; members that are not known are ignored, so that a new one changes
//! nothing for an older reader.
//!
//! These are types and no rules: what a message does to an incident is the domain's to say.

mod call;
mod errand;
mod message;
mod text;
mod tool;

pub use call::{CallEvent, CallKind, Caller, LeftMessage, Transcription};
pub use errand::{Errand, Task};
pub use message::Message;
pub use text::{Media, TextEvent, TextKind};
pub use tool::{Link, Severity, ToolEvent, ToolKind, bounds};

/// The version of the messages' format. New members do not change it.
pub const VERSION: u8 = 1;
