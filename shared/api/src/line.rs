//! Lines.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Hours, Number, NumberPattern};

/// A phone number that we own, and what happens to whoever dials it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "ln_7f3k2m9qab",
    "number": "+4721000000",
    "name": "Hotline",
    "enabled": true,
    "language": "en-GB",
    "voice": "Polly.Amy",
    "prompts": {"greeting": "You have reached the engineers."},
    "destinations": [{"key": "1", "service": "payments", "label": "payments"}],
    "default_destination": "1",
    "caller_id": "line",
    "ring_seconds": 20,
    "voicemail": {"enabled": true, "max_seconds": 120, "transcribe": true},
    "recording": false,
    "support_hours": null,
    "blocked": ["+4790*"],
    "allowed": [],
    "withheld": "accept",
    "opens_incidents": true,
    "sms_notifications": false,
    "voice_notifications": false,
}))))]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Made by the server when the number is bought or adopted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, pattern = "^[a-z0-9][a-z0-9_-]{0,62}$"))]
    pub id: Option<String>,
    /// The number people dial. It never changes; in a request it is left out or the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub number: Option<Number>,
    /// What the line is called, in lists and in the responder's ear.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
    /// A disabled line says so and rings nobody.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// BCP 47 tag of the language spoken to callers.
    #[serde(default = "english")]
    #[cfg_attr(feature = "openapi", schema(max_length = 35, pattern = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"))]
    pub language: String,
    /// Twilio's name of the voice; Twilio's default for the language if null.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
    pub voice: Option<String>,
    /// Sentences that replace our own, by prompt name; at most 3000 characters each.
    #[serde(default)]
    pub prompts: BTreeMap<String, String>,
    /// Keys and the services that they lead to.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 10))]
    pub destinations: Vec<Destination>,
    /// The key of the destination of callers who press nothing, or nothing that helps; the first one if null.
    #[serde(default)]
    pub default_destination: Option<String>,
    /// What the responder's phone shows.
    #[serde(default)]
    pub caller_id: CallerId,
    /// How long each phone rings unless the policy's step says otherwise, seconds.
    #[serde(default = "usual_ring_seconds")]
    #[cfg_attr(feature = "openapi", schema(minimum = 5, maximum = 600))]
    pub ring_seconds: u16,
    /// What happens when nobody answers.
    #[serde(default)]
    pub voicemail: Voicemail,
    /// Whether what caller and responder say to each other is recorded. Both are told before, by the sentences
    /// `recording_notice` and `recording_whisper`, and nothing is recorded until a phone is picked up.
    #[serde(default)]
    pub recording: bool,
    /// When the line is open; always, if null.
    #[serde(default)]
    pub support_hours: Option<Hours>,
    /// Callers who are turned away.
    #[serde(default)]
    pub blocked: Vec<NumberPattern>,
    /// Callers who are let through even if a blocked pattern matches them.
    #[serde(default)]
    pub allowed: Vec<NumberPattern>,
    /// What happens to callers who hide their number.
    #[serde(default)]
    pub withheld: Withheld,
    /// Whether calls become incidents.
    #[serde(default = "yes")]
    pub opens_incidents: bool,
    /// Whether pages may be sent from this number as texts.
    #[serde(default)]
    pub sms_notifications: bool,
    /// Whether pages may be sent from this number as calls.
    #[serde(default)]
    pub voice_notifications: bool,
}

fn yes() -> bool {
    true
}

fn english() -> String {
    "en-US".to_owned()
}

fn usual_ring_seconds() -> u16 {
    20
}

/// A digit on a line and the service it leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Destination {
    /// The key to press, `0` to `9`.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[0-9]$"))]
    pub key: String,
    /// The id of the service that it leads to.
    pub service: String,
    /// What the menu calls it, spoken.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub label: String,
}

/// What the responder's phone shows as the caller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CallerId {
    /// The line's own number.
    #[default]
    Line,
    /// The caller's number where they show one, else the line's.
    Caller,
}

/// What happens to callers who hide their number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Withheld {
    /// They are treated like anybody else.
    #[default]
    Accept,
    /// They are told to call again with their number shown.
    Refuse,
}

/// What happens when nobody answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Voicemail {
    /// Whether a caller may leave a message.
    pub enabled: bool,
    /// Longest message, seconds: 5 to 3600, or to 120 if it is transcribed.
    #[cfg_attr(feature = "openapi", schema(minimum = 5, maximum = 3600))]
    pub max_seconds: u16,
    /// Whether to ask Twilio for a transcription (US English only).
    pub transcribe: bool,
}

impl Default for Voicemail {
    fn default() -> Self {
        Self { enabled: true, max_seconds: 120, transcribe: true }
    }
}
