//! What whoever changes an incident and may not send leaves to whoever may.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Caller;

/// Something to be done for an incident that has been saved, or a look that is due.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Errand {
    /// The version of the format.
    pub version: u8,
    /// Names the effect: done once, it is not done again.
    pub id: String,
    /// When it was left.
    pub at: Timestamp,
    /// What is to be done.
    #[serde(flatten)]
    pub what: Task,
}

/// What is to be done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Task {
    /// Look at an incident: something of it is due, or may be.
    #[serde(rename = "incident.due")]
    Look {
        /// Its id.
        incident: String,
    },
    /// Look at what is gathered for a phone.
    #[serde(rename = "phone.due")]
    LookAtPhone {
        /// Its number in E.164.
        phone: Caller,
    },
    /// End a call that nobody needs any more.
    #[serde(rename = "incident.recall")]
    Recall {
        /// The incident's id.
        incident: String,
        /// The page's number.
        page: u32,
        /// Twilio's CallSid.
        call: String,
    },
    /// Tell whoever reported an incident something.
    #[serde(rename = "incident.tell")]
    Tell {
        /// The incident's id.
        incident: String,
        /// In which conversation.
        thread: String,
        /// What.
        words: String,
        /// The id of the person who says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<String>,
        /// Or the token of the admin API that does, by its name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<String>,
    },
    /// End a conversation: the incident is over.
    #[serde(rename = "incident.over")]
    EndThread {
        /// The incident's id.
        incident: String,
        /// Which conversation.
        thread: String,
    },
    /// Ring a responder, and connect them with whoever reported an incident.
    #[serde(rename = "incident.call_back")]
    CallBack {
        /// The incident's id.
        incident: String,
        /// The id of the person.
        person: String,
        /// The phone to ring, in E.164.
        phone: Caller,
    },
}
