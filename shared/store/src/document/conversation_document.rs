//! A conversation with somebody who texts a line.

use jiff::Timestamp;
use oncall::{
    ServiceId, ThreadId,
    incident::Actor,
    texting::{Attachment, Conversation, Handled, Stage, Waiting},
};
use serde::{Deserialize, Serialize};

use super::{
    actor_document::ActorDocument,
    mirror::{Listed, Maybe, Shown, mirrors},
};
use crate::Said;

mirrors! {
    ConversationDocument of Conversation,
    StageDocument of Stage,
    WaitingDocument of Waiting,
    AttachmentDocument of Attachment,
    HandledDocument of Handled,
    SaidDocument of Said,
    ActorDocument of Actor,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Conversation")]
pub(crate) struct ConversationDocument {
    #[serde(with = "Shown::<ThreadId>")]
    thread: ThreadId,
    #[serde(with = "Shown::<StageDocument>")]
    stage: Stage,
    #[serde(with = "Shown::<Listed<WaitingDocument>>", default, skip_serializing_if = "Vec::is_empty")]
    waiting: Vec<Waiting>,
    began_at: Timestamp,
    touched_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answered_at: Option<Timestamp>,
    #[serde(with = "Shown::<Listed<HandledDocument>>", default)]
    handled: Vec<Handled>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Stage", rename_all = "snake_case")]
enum StageDocument {
    Choosing {
        asked: u8,
    },
    Open {
        #[serde(with = "Shown::<ServiceId>")]
        service: ServiceId,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Waiting")]
struct WaitingDocument {
    id: String,
    at: Timestamp,
    words: String,
    #[serde(with = "Shown::<Listed<AttachmentDocument>>", default, skip_serializing_if = "Vec::is_empty")]
    media: Vec<Attachment>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Attachment")]
struct AttachmentDocument {
    href: String,
    content_type: String,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Handled")]
pub(crate) struct HandledDocument {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Said")]
pub(crate) struct SaidDocument {
    id: String,
    at: Timestamp,
    #[serde(with = "Shown::<Maybe<ActorDocument>>", default, skip_serializing_if = "Option::is_none")]
    by: Option<Actor>,
    words: String,
    #[serde(with = "Shown::<Listed<AttachmentDocument>>", default, skip_serializing_if = "Vec::is_empty")]
    media: Vec<Attachment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
}
