//! How long the texts may be that people write, in characters.
//!
//! Whoever calls or is called hears most of them, and a name of a page would be spoken for minutes. What is stored
//! already and is longer is read as it is, and its beginning is spoken.

/// A name or a label.
pub const NAME: usize = 100;

/// A sentence that is spoken. Twilio refuses a longer text in a `<Say>` with a Polly voice (error 13521).
pub const SPOKEN: usize = 3_000;

/// A language tag: as much as RFC 5646, section 4.4.1 has everybody make room for.
pub const LANGUAGE: usize = 35;

/// Twilio's name of a voice: the longest have some 35.
pub const VOICE: usize = 64;
