//! A line.

use std::collections::BTreeMap;

use oncall::{CallerIdPolicy, Destination, Hours, Key, Line, LineId, ServiceId, Voicemail, WithheldPolicy};
use phone::{NumberPattern, PhoneNumber};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    hours_document::HoursDocument,
    mirror::{Listed, Maybe, Mirror, Shown, is_no, mirrors, read_text},
};

mirrors! {
    LineDocument of Line,
    DestinationDocument of Destination,
    VoicemailDocument of Voicemail,
}

/// All but id and number has a default, chosen so that the call goes on and nobody is forgotten.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Line")]
pub(super) struct LineDocument {
    #[serde(with = "Shown::<LineId>")]
    id: LineId,
    #[serde(with = "Shown::<PhoneNumber>")]
    number: PhoneNumber,
    #[serde(default)]
    name: String,
    #[serde(default = "yes")]
    enabled: bool,
    #[serde(default = "english")]
    language: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    voice: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    prompts: BTreeMap<String, String>,
    #[serde(with = "Shown::<Listed<DestinationDocument>>", default)]
    destinations: Vec<Destination>,
    #[serde(with = "Shown::<Maybe<Digit>>", default, skip_serializing_if = "Option::is_none")]
    default_destination: Option<Key>,
    #[serde(with = "CallerIdPolicyDocument", default)]
    caller_id: CallerIdPolicy,
    #[serde(default = "usual_ring_seconds")]
    ring_seconds: u16,
    #[serde(with = "VoicemailDocument", default)]
    voicemail: Voicemail,
    #[serde(default, skip_serializing_if = "is_no")]
    recording: bool,
    #[serde(with = "Shown::<Maybe<HoursDocument>>", default, skip_serializing_if = "Option::is_none")]
    support_hours: Option<Hours>,
    #[serde(with = "Shown::<Listed<NumberPattern>>", default, skip_serializing_if = "Vec::is_empty")]
    blocked: Vec<NumberPattern>,
    #[serde(with = "Shown::<Listed<NumberPattern>>", default, skip_serializing_if = "Vec::is_empty")]
    allowed: Vec<NumberPattern>,
    #[serde(with = "WithheldPolicyDocument", default)]
    withheld: WithheldPolicy,
    #[serde(default = "yes")]
    opens_incidents: bool,
    #[serde(default, skip_serializing_if = "is_no")]
    sms_notifications: bool,
    #[serde(default, skip_serializing_if = "is_no")]
    voice_notifications: bool,
}

fn yes() -> bool {
    true
}

fn english() -> String {
    "en-US".to_owned()
}

fn usual_ring_seconds() -> u16 {
    Line::RING_SECONDS
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Destination")]
pub(super) struct DestinationDocument {
    #[serde(with = "Shown::<Digit>")]
    key: Key,
    #[serde(with = "Shown::<ServiceId>")]
    service: ServiceId,
    #[serde(default)]
    label: String,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "CallerIdPolicy", rename_all = "snake_case")]
enum CallerIdPolicyDocument {
    Line,
    Caller,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "WithheldPolicy", rename_all = "snake_case")]
enum WithheldPolicyDocument {
    Accept,
    Refuse,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Voicemail")]
struct VoicemailDocument {
    enabled: bool,
    max_seconds: u16,
    transcribe: bool,
}

/// A digit key, as `"2"`.
struct Digit;

impl Mirror for Digit {
    type Of = Key;

    fn write<S: Serializer>(of: &Key, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(of)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Key, D::Error> {
        read_text(deserializer, |text| {
            let mut keys = text.chars();
            keys.next().filter(|_| keys.next().is_none()).and_then(Key::from_char)
        })
    }
}
