//! What has happened, as one of a closed list.

use oncall::{LegEnd, Transcript};

/// What has happened on a call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// The call came in.
    Incoming,
    /// A responder calls, and was asked before anything else whether they do so as one.
    Offered {
        /// What they pressed; none if they kept silent.
        key: Option<char>,
    },
    /// The caller heard the menu.
    Chose {
        /// How often it has been spoken, from 1.
        asking: u8,
        /// What they pressed; none if they kept silent.
        key: Option<char>,
    },
    /// The caller pressed a key between two attempts.
    Interrupted {
        /// The attempt that was about to ring.
        attempt: u16,
        /// What they pressed.
        key: Option<char>,
    },
    /// A dialled leg is over.
    LegOver {
        /// Which attempt it was.
        attempt: u16,
        /// How it ended.
        end: LegEnd,
        /// Whether the caller has hung up meanwhile.
        caller_gone: bool,
    },
    /// The caller was asked for a message, and has left one or not.
    Recorded {
        /// How often they have been asked, from 1.
        asking: u8,
        /// What they left.
        recording: Option<Recording>,
        /// Whether they have hung up meanwhile.
        caller_gone: bool,
    },
    /// A recording has been stored.
    Stored {
        /// Which.
        recording: Recording,
    },
    /// A recording has been transcribed, or could not be.
    Transcribed {
        /// What was said.
        transcript: Transcript,
    },
    /// The call has ended.
    Ended,
    /// Somebody or a mailbox picked up a responder's phone.
    PickedUp {
        /// Which attempt it is.
        attempt: u16,
    },
    /// A responder was asked whether they take the call.
    Answered {
        /// Which attempt it is.
        attempt: u16,
        /// How often they have been asked, from 1.
        asking: u8,
        /// What they pressed; none if they kept silent.
        key: Option<char>,
    },
}

/// A recording that Twilio holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recording {
    /// Twilio's RecordingSid.
    pub sid: String,
    /// How long it is, if that is known yet.
    pub seconds: Option<u32>,
}
