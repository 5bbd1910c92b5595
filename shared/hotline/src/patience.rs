//! For how long somebody is listened to who says nothing, seconds.

/// How long a menu waits for a key after its last word.
pub const MENU: u16 = 6;
/// How long a responder who calls may think about being one.
pub const OFFER: u16 = 2;
/// How long a caller may still press 1 after the words between two attempts.
pub const BETWEEN: u16 = 1;
/// How long a responder may think after the last word.
pub const SCREEN: u16 = 5;
/// How much silence ends a message.
pub const MESSAGE_SILENCE: u16 = 5;
