//! Where Twilio keeps what caller and responder said. It is told late, more than once or never, so that it is written
//! beside the call's document, as legs are.

use std::collections::BTreeMap;

use oncall::CallId;
use serde::{Deserialize, Serialize};

use crate::{Error, Item, Store, item::Attributes, legs::of_attempts};

/// The recording of what was said on the leg of one attempt.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TalkRecording {
    /// Twilio's RecordingSid.
    pub sid: String,
    /// The AccountSid of the Twilio account that keeps it.
    pub account: String,
    /// How long it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
}

const PREFIX: &str = "talk_";

impl Store {
    /// Records where Twilio keeps what was said on the leg of an attempt, counted from 1: one UpdateItem. The first
    /// record of an attempt stays. Of a call that the table does not know nothing is recorded.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn record_talk(&self, call: &CallId, attempt: u16, recording: &TalkRecording) -> Result<(), Error> {
        let document = serde_json::to_string(recording)
            .map_err(|_| Error::Unreadable { item: Item::Talk, why: "it cannot be written as JSON" })?;
        self.record(call, format!("{PREFIX}{attempt}"), document).await
    }
}

/// The recordings of a call's item by attempt, counted from 1.
pub(crate) fn talks_of(item: &Attributes) -> BTreeMap<u16, TalkRecording> {
    of_attempts(item, PREFIX)
}
