//! What is said and done next on a leg, in no wire's terms.

use phone::PhoneNumber;

/// What is to be done next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reply {
    /// Nothing: a callback, or a leg that is gone.
    Nothing,
    /// Refuse the call unanswered: the only refusal that costs nothing.
    Reject,
    /// Say something and hang up.
    Goodbye {
        /// The words.
        says: Vec<String>,
    },
    /// Ask a responder who calls whether they do so as one.
    Offer {
        /// The words.
        says: Vec<String>,
    },
    /// The desk answers from here on.
    Desk,
    /// Ask the caller what it is about.
    Menu {
        /// How often it is spoken with this, from 1.
        asking: u8,
        /// The words.
        says: Vec<String>,
    },
    /// Ring a phone for the caller.
    Ring(Ring),
    /// Ask the caller for a message.
    TakeMessage {
        /// How often they are asked with this, from 1.
        asking: u8,
        /// The words.
        says: Vec<String>,
        /// How long it may be, seconds.
        max_seconds: u16,
        /// Whether it is transcribed.
        transcribe: bool,
    },
    /// Ask the responder whether they take the call.
    Screen {
        /// Which attempt it is.
        attempt: u16,
        /// How often they are asked with this, from 1.
        asking: u8,
        /// The words.
        says: Vec<String>,
    },
    /// Connect the responder with the caller.
    Bridge {
        /// The words before.
        says: Vec<String>,
    },
}

/// A phone to ring for a caller.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ring {
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
