//! What a line says.

use serde::{Deserialize, Serialize};

use crate::Line;

/// What a line would say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({"line": {
    "name": "Hotline", "enabled": true, "language": "en-GB", "voice": "Polly.Amy",
    "prompts": {"greeting": "You have reached the engineers."},
    "destinations": [{"key": "1", "service": "payments", "label": "payments"}],
    "default_destination": "1", "caller_id": "line", "ring_seconds": 20,
    "voicemail": {"enabled": true, "max_seconds": 120, "transcribe": true},
    "recording": false, "support_hours": null, "blocked": [], "allowed": [], "withheld": "accept",
    "opens_incidents": true, "sms_notifications": false, "voice_notifications": false,
}}))))]
#[serde(deny_unknown_fields)]
pub struct NewSpoken {
    /// The line as it would be saved; as it is, if absent or null.
    #[serde(default)]
    pub line: Option<Line>,
}

/// Every sentence of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "language": "en-GB", "voice": "Polly.Amy",
    "sentences": [
        {"prompt": "greeting", "words": "You have reached the engineers.", "replaced": true},
        {"prompt": "menu_item", "words": "For payments, press 1.", "replaced": false},
    ],
}))))]
pub struct Spoken {
    /// BCP 47 tag of the language in which they are spoken.
    pub language: String,
    /// Twilio's name of the voice; Twilio's default for the language if null.
    pub voice: Option<String>,
    /// Each sentence in the order of a call, `menu_item` once for each destination.
    pub sentences: Vec<SpokenSentence>,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpokenSentence {
    /// Its name, by which a line replaces it.
    pub prompt: String,
    /// What is said, with an example in the place of what a call alone knows.
    pub words: String,
    /// Whether the line has words of its own for it.
    pub replaced: bool,
}
