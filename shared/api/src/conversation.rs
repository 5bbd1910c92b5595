//! Conversations with those who text a line from outside the team.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{IncidentStatus, Number};

/// A conversation of a line with somebody who texts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "th_4f1c0d9a72e3b846",
    "line": "ln_7f3k2m9qab",
    "line_name": "Hotline",
    "reporter": "+4790000009",
    "began_at": "2026-11-22T08:51:17Z",
    "opening": "The card terminal is dead",
    "service": "payments",
    "service_name": "Payments",
    "is_over": false,
    "incident": {
        "id": "in_7f3k2m9qab", "number": 42, "summary": "The card terminal is dead", "status": "acknowledged",
    },
    "said": {"messages": [{
        "id": "SM0123456789abcdef0123456789abcdef", "at": "2026-11-22T08:51:17Z",
        "by": {"kind": "reporter", "id": null, "name": null}, "words": "The card terminal is dead",
        "media": [{"id": "MjAyNi0xMS0yMlQwODo1MToxNy4wMDAwMDAwMDBaI1NNMDEjMA", "content_type": "image/jpeg"}],
        "delivery": null,
    }, {
        "id": "in_7f3k2m9qab:5:tell:th_4f1c0d9a72e3b846", "at": "2026-11-22T08:53:02Z",
        "by": {"kind": "person", "id": "ada", "name": "Ada Lovelace"}, "words": "We are on it",
        "media": [], "delivery": "delivered",
    }], "earlier": null},
}))))]
pub struct Conversation {
    /// Its opaque id.
    pub id: String,
    /// The id of the line that they texted.
    pub line: String,
    /// What the line is called; null if it is no longer there.
    pub line_name: Option<String>,
    /// Who texts.
    pub reporter: Number,
    /// When it began.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub began_at: Timestamp,
    /// How their first text begins: its first 200 characters, none if it was a picture.
    pub opening: String,
    /// The id of the service that it is about; null until they have said.
    pub service: Option<String>,
    /// What the service is called; null if it is not known or no longer there.
    pub service_name: Option<String>,
    /// Whether what they text next begins another conversation.
    pub is_over: bool,
    /// Its incident; null if it has none yet, or none any more.
    pub incident: Option<ConversationIncident>,
    /// What was said; lists leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub said: Option<Said>,
}

/// The incident of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConversationIncident {
    /// Its opaque id.
    pub id: String,
    /// Counted within the organisation.
    pub number: u64,
    /// What is the matter, in a line.
    pub summary: String,
    /// Where it stands.
    pub status: IncidentStatus,
}

/// What was said in a conversation, or the last of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Said {
    /// Oldest first.
    pub messages: Vec<ConversationMessage>,
    /// The `cursor` for what was said before; null if nothing was.
    pub earlier: Option<String>,
}

/// One text of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConversationMessage {
    /// What tells it from others of its conversation.
    pub id: String,
    /// When it came, or was left to be sent.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub at: Timestamp,
    /// Who wrote it.
    pub by: Writer,
    /// What.
    pub words: String,
    /// Pictures and other media that came with it.
    pub media: Vec<Attachment>,
    /// How a reply fares; null of what came in, and of what Dutyline answered at once, of which Twilio tells nothing.
    pub delivery: Option<Delivery>,
}

/// Who wrote a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Writer {
    /// What they are.
    pub kind: WriterKind,
    /// The person's id, or the token's; null of others.
    pub id: Option<String>,
    /// What the person is called; null of others, and if they are no longer there.
    pub name: Option<String>,
}

/// What somebody is who wrote a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WriterKind {
    /// Whoever texts the line.
    Reporter,
    /// A person who answers.
    Person,
    /// Somebody with a token of the admin API.
    Token,
    /// Dutyline itself.
    Dutyline,
}

/// Something that came with a text. Twilio keeps it, and it is passed on at `/conversations/{id}/media/{media}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attachment {
    /// What tells it from all others of its conversation.
    pub id: String,
    /// Its content type.
    pub content_type: String,
}

/// How a reply fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// It is being sent, or nobody knows whether it has been.
    Sending,
    /// Twilio has it.
    Sent,
    /// It has arrived.
    Delivered,
    /// It was not sent, or has not arrived.
    Failed,
}

/// Which conversations to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct ConversationQuery {
    /// Those of this line alone, by its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// `next` of the page before; the first page without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 50, 50 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 50))]
    pub limit: Option<u16>,
}

/// How much of a conversation to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct SaidQuery {
    /// `earlier` of the answer before; the last of it without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many texts at most, each with what Dutyline answered at once: 1 to 100, 100 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 100))]
    pub limit: Option<u16>,
}
