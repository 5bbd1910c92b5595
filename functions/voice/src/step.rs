//! What has happened: one path and one form, as one of a closed list.

use oncall::{LegEnd, Transcript};

/// What Twilio's request says has happened on a call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Step {
    /// The call came in.
    Incoming,
    /// A responder calls, and pressed a key before anything else, or nothing.
    Offered { key: Option<char> },
    /// The caller heard the menu for the `asking`th time and pressed a key, or nothing.
    Chose { asking: u8, key: Option<char> },
    /// The caller pressed a key between two attempts.
    Interrupted { attempt: u16, key: Option<char> },
    /// A dialled leg is over.
    LegOver { attempt: u16, end: LegEnd, caller_gone: bool },
    /// The caller was asked for a message for the `asking`th time, and has left one or not.
    Recorded { asking: u8, recording: Option<Recording>, caller_gone: bool },
    /// A recording has been stored.
    Stored { recording: Recording },
    /// A recording has been transcribed, or could not be.
    Transcribed { transcript: Transcript },
    /// The call has ended.
    Ended,
    /// Somebody or a mailbox picked up a responder's phone.
    PickedUp { attempt: u16 },
    /// A responder was asked for the `asking`th time and pressed a key, or nothing.
    Answered { attempt: u16, asking: u8, key: Option<char> },
}

/// A recording that Twilio holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Recording {
    /// Twilio's RecordingSid.
    pub sid: String,
    /// How long it is, if that is known yet.
    pub seconds: Option<u32>,
}
