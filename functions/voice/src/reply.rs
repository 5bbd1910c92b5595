//! What is said and done next on a leg, before it is written as TwiML.

use phone::PhoneNumber;

use crate::route::Route;

/// What Twilio is told to do next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Reply {
    /// Nothing: a callback, or a leg that is gone.
    Nothing,
    /// Refuse the call unanswered: the only refusal that costs nothing.
    Reject,
    /// Say something and hang up.
    Goodbye { says: Vec<String> },
    /// Ask a responder who calls whether they do so as one.
    Offer { says: Vec<String> },
    /// The desk answers from here on.
    Desk,
    /// Ask the caller what it is about.
    Menu { asking: u8, says: Vec<String> },
    /// Ring a phone for the caller.
    Ring(Ring),
    /// Ask the caller for a message.
    TakeMessage { asking: u8, says: Vec<String>, max_seconds: u16, transcribe: bool },
    /// Ask the responder whether they take the call.
    Screen { attempt: u16, asking: u8, says: Vec<String> },
    /// Something behind us is slow: ask again in a moment.
    OneMoment { says: Vec<String>, again: Route },
    /// Connect the responder with the caller.
    Bridge { says: Vec<String> },
}

/// A phone to ring for a caller.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Ring {
    /// What the caller hears before.
    pub says: Vec<String>,
    /// Whether a key pressed during those words counts: 1 leaves a message instead.
    pub offers_message: bool,
    /// The attempt's number.
    pub attempt: u16,
    /// Whom to ring.
    pub to: PhoneNumber,
    /// What their phone shows.
    pub caller_id: PhoneNumber,
    /// How long it rings.
    pub ring_seconds: u16,
    /// Whether what is said once somebody has picked up is recorded.
    pub recorded: bool,
}
