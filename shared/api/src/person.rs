//! People.

use serde::{Deserialize, Serialize};

use crate::Number;

/// Somebody who may be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "ada",
    "name": "Ada Lovelace",
    "language": "en-GB",
    "timezone": "Europe/London",
    "phones": [{"id": "0d1f6a2b9c3e", "number": "+447700900123", "verified": true}],
    "rules": {
        "high": [{"channel": "sms", "after_minutes": 0}, {"channel": "voice", "after_minutes": 2}],
        "low": [{"channel": "sms", "after_minutes": 0}],
    },
}))))]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Chosen by whoever creates it, else made by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, pattern = "^[a-z0-9][a-z0-9_-]{0,62}$"))]
    pub id: Option<String>,
    /// What colleagues call them; spoken to other responders, never to a caller.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
    /// BCP 47 tag of the language in which they are spoken to; the line's language if absent.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 35, pattern = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"))]
    pub language: Option<String>,
    /// IANA name of the time zone in which they are shown times, such as `Europe/Oslo`.
    #[serde(default)]
    pub timezone: Option<String>,
    /// Telephones in the order in which they are tried.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 10))]
    pub phones: Vec<Phone>,
    /// How they are told of an incident. If absent: high by text at once and by voice after two minutes, low by text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<NotificationRules>,
}

/// A telephone of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Phone {
    /// Names it in URLs, where its number may not stand. Ignored in a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub id: Option<String>,
    /// Where it rings.
    pub number: Number,
    /// Whether its owner has proven it to be theirs; until then it is never rung. Ignored in a request: a number that
    /// stays keeps it, a new one has yet to be verified.
    #[serde(default)]
    pub verified: bool,
}

/// How a person is told of an incident, by its urgency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NotificationRules {
    /// Somebody has to act now.
    #[serde(default)]
    pub high: Vec<NotificationRule>,
    /// It can wait for the morning.
    #[serde(default)]
    pub low: Vec<NotificationRule>,
}

/// One way in which a person is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NotificationRule {
    /// How.
    pub channel: Channel,
    /// How long after the page began.
    #[serde(default)]
    pub after_minutes: u16,
}

/// How a person is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A text message.
    Sms,
    /// A telephone call.
    Voice,
}

/// Whether a phone of a person can be reached, as far as Twilio or its owner has said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "8d2c41f09a3b", "verified": true, "sms": "opted_out", "voice": "reachable",
}))))]
pub struct PhoneState {
    /// The phone's id, as the person shows it.
    pub id: String,
    /// Whether its owner has proven it to be theirs; until then it is not reached at all.
    pub verified: bool,
    /// By text.
    pub sms: Reachability,
    /// By call.
    pub voice: Reachability,
}

/// Whether a phone can be reached in some way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reachability {
    /// Nothing is known that keeps us from it.
    Reachable,
    /// Its owner has texted STOP; START undoes it.
    OptedOut,
    /// Twilio refuses for good.
    Refused,
}
