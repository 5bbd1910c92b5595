//! A telephone number that we own, and what happens to whoever dials it.

use std::{collections::BTreeMap, fmt, ops::RangeInclusive};

use phone::{NumberPattern, PhoneNumber};

use crate::{Hours, LineId, ServiceId};

/// A phone number we own and its configuration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Opaque id, safe in a URL.
    pub id: LineId,
    /// The number people dial.
    pub number: PhoneNumber,
    /// What the line is called, in the admin's lists and in the responder's ear.
    pub name: String,
    /// A disabled line says so and rings nobody.
    pub enabled: bool,
    /// BCP 47 tag of the language spoken to callers, for example `en-GB`.
    pub language: String,
    /// Twilio's name of the voice, for example `Polly.Amy`; Twilio's default for the language if absent.
    pub voice: Option<String>,
    /// Sentences that replace our own, by prompt name (docs/prompts.md).
    pub prompts: BTreeMap<String, String>,
    /// Keys and the services that they lead to.
    pub destinations: Vec<Destination>,
    /// Where callers go who press nothing, or nothing that helps; the first destination if absent.
    pub default_destination: Option<Key>,
    /// What the responder's phone shows.
    pub caller_id: CallerIdPolicy,
    /// How long each phone rings unless the policy's step says otherwise, seconds.
    pub ring_seconds: u16,
    /// What happens when nobody answers.
    pub voicemail: Voicemail,
    /// Whether what caller and responder say to each other is recorded. Both are told before.
    pub recording: bool,
    /// When the line is open; always, if absent.
    pub support_hours: Option<Hours>,
    /// Callers who are turned away.
    pub blocked: Vec<NumberPattern>,
    /// Callers who are let through even if a blocked pattern matches them.
    pub allowed: Vec<NumberPattern>,
    /// What happens to callers who hide their number.
    pub withheld: WithheldPolicy,
    /// Whether calls become incidents.
    pub opens_incidents: bool,
    /// Whether pages may be texted from this number.
    pub sms_notifications: bool,
    /// Whether pages may be spoken from this number.
    pub voice_notifications: bool,
}

impl Line {
    /// Ring time where nothing else is configured, seconds.
    pub const RING_SECONDS: u16 = 20;

    /// The languages in which we have words, by the first part of a tag.
    pub const LANGUAGES: [&str; 8] = ["en", "nb", "nn", "no", "sv", "de", "fr", "es"];
    /// The sentences by which caller and responder are told of the recording: no line may silence them.
    pub const RECORDING_PROMPTS: [&str; 2] = ["recording_notice", "recording_whisper"];

    /// How long Twilio lets a phone ring, seconds (`timeout` of `<Dial>`).
    pub const RING_RANGE: RangeInclusive<u16> = 5..=600;

    /// The destination that `key` leads to.
    pub fn destination(&self, key: Key) -> Option<&Destination> {
        self.destinations.iter().find(|destination| destination.key == key)
    }

    /// Where a caller goes who chose nothing: the configured default, else the first destination.
    pub fn fallback_destination(&self) -> Option<&Destination> {
        self.default_destination.and_then(|key| self.destination(key)).or_else(|| self.destinations.first())
    }

    /// Whether `caller` is turned away by the block list.
    pub fn blocks(&self, caller: &PhoneNumber) -> bool {
        let matches = |patterns: &[NumberPattern]| patterns.iter().any(|p| p.matches(caller));
        matches(&self.blocked) && !matches(&self.allowed)
    }
}

/// A digit on a line and the service it leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Destination {
    /// The key to press.
    pub key: Key,
    /// Where it leads.
    pub service: ServiceId,
    /// What the menu calls it, spoken.
    pub label: String,
}

/// A digit key of a telephone, 0 to 9. (`*` repeats a menu and leads nowhere.)
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Key(u8);

impl Key {
    /// The key of a digit character; `None` for anything but `0`–`9`.
    pub fn from_char(digit: char) -> Option<Self> {
        digit.to_digit(10).and_then(|digit| u8::try_from(digit).ok()).map(Self)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// What the responder's phone shows as the caller.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum CallerIdPolicy {
    /// The line's own number: always allowed by Twilio, and the one that responders let through at night.
    #[default]
    Line,
    /// The caller's number where they show one, else the line's.
    Caller,
}

/// What happens to callers who hide their number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum WithheldPolicy {
    /// They are treated like anybody else.
    #[default]
    Accept,
    /// They are told to call again with their number shown.
    Refuse,
}

/// What happens when nobody answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Voicemail {
    /// Whether a caller may leave a message.
    pub enabled: bool,
    /// Longest message, seconds. Twilio transcribes at most 120.
    pub max_seconds: u16,
    /// Whether to ask Twilio for a transcription (US English only).
    pub transcribe: bool,
}

impl Default for Voicemail {
    fn default() -> Self {
        Self { enabled: true, max_seconds: 120, transcribe: true }
    }
}
