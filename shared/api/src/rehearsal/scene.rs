//! What happens in a story.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Party;
use crate::{AttemptResult, Rung};

/// Something, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Named {
    /// Its id.
    pub id: String,
    /// What colleagues call it.
    pub name: String,
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Scene {
    /// When it is over.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub at: Timestamp,
    /// How long after the call came in.
    pub seconds: u32,
    /// What.
    pub what: Happening,
}

/// What happens; `type` says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Happening {
    /// Somebody hears words.
    Hears {
        /// Who.
        who: Party,
        /// Which person, unless it is the caller.
        person: Option<Named>,
        /// One sentence after the other.
        says: Vec<String>,
        /// In which language, as a BCP 47 tag.
        language: Option<String>,
        /// Twilio's name of the voice; its usual one for the language if null.
        voice: Option<String>,
    },
    /// Somebody presses a key.
    Presses {
        /// Who.
        who: Party,
        /// Which person, unless it is the caller.
        person: Option<Named>,
        /// Which key.
        key: String,
    },
    /// Somebody is asked and presses nothing.
    KeepsSilent {
        /// Who.
        who: Party,
        /// Which person, unless it is the caller.
        person: Option<Named>,
        /// For how long they were listened to.
        seconds: u16,
    },
    /// Who is to be rung and who is not, as it is now; told again when it has changed.
    Climbs {
        /// Which climb of the policy, from 1.
        round: u8,
        /// Of what.
        service: Named,
        /// Phones that ring, and what is passed over, in order.
        rungs: Vec<Rung>,
    },
    /// A phone begins to ring.
    Rings {
        /// Which attempt of this call, from 1.
        attempt: u16,
        /// Which climb of the policy, from 1.
        round: u8,
        /// Which step of the policy, from 0; null for the fallback person.
        step: Option<usize>,
        /// Whose it is.
        person: Named,
        /// Which of their phones, from 1.
        phone: usize,
        /// The phone's id, as the person shows it.
        phone_id: String,
        /// Its number, masked.
        number: String,
        /// Which number it shows, masked.
        shows: String,
        /// How long it is told to ring; Twilio rings five seconds longer.
        ring_seconds: u16,
        /// Why them.
        why: String,
        /// Whether what is said then is recorded.
        recorded: bool,
    },
    /// Somebody picks up.
    PicksUp {
        /// Which attempt it is.
        attempt: u16,
        /// Whose phone.
        person: Named,
        /// Whether it is but their mailbox.
        mailbox: bool,
    },
    /// An attempt is over.
    AttemptEnds {
        /// Which.
        attempt: u16,
        /// Whose phone it was.
        person: Named,
        /// How it went.
        result: AttemptResult,
        /// How long it rang; null if it never did.
        ring_seconds: Option<i64>,
    },
    /// Caller and responder hear each other.
    Connected {
        /// Which attempt brought them together.
        attempt: u16,
        /// With whom.
        person: Named,
        /// Whether they are recorded.
        recorded: bool,
    },
    /// The caller has left a message.
    LeavesMessage {
        /// How long it is.
        seconds: u16,
        /// Whether it is transcribed.
        transcribed: bool,
    },
    /// The call is refused unanswered; the caller hears the tone of a busy line.
    Rejected {},
    /// The desk answers from here on, which tells responders what is open; it is not rehearsed.
    Desk {},
    /// Somebody hangs up.
    HangsUp {
        /// Who.
        by: HungUpBy,
        /// On which person, or which person does; null if it is between line and caller.
        person: Option<Named>,
    },
}

/// Who hangs up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HungUpBy {
    /// The caller.
    Caller,
    /// Whoever was rung.
    Person,
    /// We do.
    Line,
}
