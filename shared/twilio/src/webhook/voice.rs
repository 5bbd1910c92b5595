//! Voice webhooks, one type per kind of request. Each reads what it needs and ignores the rest.
//!
//! Which kind a request is, only its URL tells: the forms overlap. So a route parses into the type that
//! it was configured for: `verified_form.parse::<voice::DialResult>()`.
//!
//! Source of names and values: Twilio's TwiML voice reference (request parameters of each verb's action
//! and callbacks), as of June 2026. Enumerations keep what they do not know in an `Other` variant;
//! optional numbers that cannot be read count as absent.

mod call;
mod dial;
mod gather;
mod incoming;
mod recording;
mod status;

pub use call::{Call, Direction};
pub use dial::{DialCallStatus, DialResult, LegStatus, Screening};
pub use gather::GatherResult;
pub use incoming::{Fallback, Incoming};
pub use recording::{EndedBy, RecordResult, RecordingStatus, RecordingUpdate, Transcription, TranscriptionStatus};
pub use status::{CallEnded, CallStatus};
