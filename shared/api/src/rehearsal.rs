//! A call that is only played: what a caller would hear, whose phone would ring, and why.

mod awaited;
mod scene;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use awaited::{Awaited, KeyLeadsTo, MoveKind, RehearsalWait, WhatAKeyDoes};
pub use scene::{Happening, HungUpBy, Named, Scene};

use crate::{Call, Closed, IncidentKind, IncidentStatus, Mode, Number, Rung};

/// A call to a line, told whole: it is played from its beginning, and nothing of it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "at": "2026-11-20T03:00:00Z",
    "from": {"number": "+4790000009"},
    "people": {"ada": "mailbox", "bo": "accepts"},
    "moves": [{"type": "press", "key": "1"}, {"type": "wait"}],
}))))]
#[serde(deny_unknown_fields)]
pub struct Rehearsal {
    /// When the call comes in, an instant with its offset; now, if absent. A page that goes on with a story sends the
    /// one of the answer before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "date-time"))]
    pub at: Option<Timestamp>,
    /// What tells this call from others: it draws the order of steps at random. The line's id, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Za-z0-9_-]{1,64}$"))]
    pub seed: Option<String>,
    /// Who calls; somebody who hides their number, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<RehearsedCaller>,
    /// What people do when their phone rings, by their id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub people: BTreeMap<String, PhoneBehaviour>,
    /// What everybody else does: nobody picks up, if absent.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub others: PhoneBehaviour,
    /// What has been done so far, in order; each is one that the answer before waited for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_items = 200))]
    pub moves: Vec<Move>,
}

impl Rehearsal {
    /// How many moves a story may have: enough for a hunt that rings as many phones as any call does.
    pub const MOST_MOVES: usize = 200;
}

/// Who calls: one of the two, or neither for somebody who hides their number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RehearsedCaller {
    /// Their number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Number>,
    /// The id of a phone of a person whom the line could ring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(pattern = "^[0-9a-f]{12}$"))]
    pub phone: Option<String>,
}

/// What somebody does when their phone rings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PhoneBehaviour {
    /// They pick up and press 1.
    Accepts,
    /// They pick up and press 2.
    Declines,
    /// They are on another call, or press the red button.
    Busy,
    /// Nobody picks up.
    #[default]
    NoAnswer,
    /// A mailbox picks up, and presses nothing.
    Mailbox,
    /// The network does not find their phone.
    Unreachable,
    /// They pick up; the moves that follow are theirs.
    PicksUp,
}

/// Something that is done in a story; `type` says what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Move {
    /// Whoever is asked presses a key.
    Press {
        /// One of `0` to `9`, `*`, `#`.
        #[cfg_attr(feature = "openapi", schema(pattern = "^[0-9*#]$"))]
        key: String,
    },
    /// Time goes by: whoever is asked keeps silent, or a phone that rings is left to do what its owner does.
    Wait {},
    /// Somebody hangs up.
    HangUp {
        /// Who; the caller, if absent.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(inline))]
        by: Party,
    },
    /// The caller speaks after the tone.
    Message {
        /// For how long; the line ends it where its longest message does.
        #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 3600))]
        seconds: u16,
        /// Whether they hang up then, as most do, or wait for what is said.
        #[serde(default)]
        hangs_up: bool,
    },
    /// The phone that rings is answered otherwise than `people` says, this time.
    Phone {
        /// How.
        does: PhoneBehaviour,
    },
}

/// One of the two who may speak with each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// Whoever called.
    #[default]
    Caller,
    /// Whoever is rung for them.
    Person,
}

/// How a story went, so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "line": "ln_7f3k2m9qab",
    "at": "2026-11-20T03:00:00Z",
    "seed": "ln_7f3k2m9qab",
    "now": "2026-11-20T03:00:05Z",
    "seconds": 5,
    "closed": [],
    "holiday": null,
    "service": {"id": "payments", "name": "Payments"},
    "mode": "normal",
    "scenes": [
        {"at": "2026-11-20T03:00:05Z", "seconds": 5, "what": {
            "type": "hears", "who": "caller", "person": null, "language": "en-GB", "voice": null,
            "says": ["Welcome to Hotline.", "Connecting you to Payments. Please hold."],
        }},
        {"at": "2026-11-20T03:00:05Z", "seconds": 5, "what": {
            "type": "rings", "attempt": 1, "round": 1, "step": 0, "person": {"id": "ada", "name": "Ada Lovelace"},
            "phone": 1, "phone_id": "0d1f6a2b9c3e", "number": "+4791****01", "shows": "+4721****00",
            "ring_seconds": 20, "why": "on call in schedule Primary: layer Weeks, group 1", "recorded": false,
        }},
    ],
    "waits_for": {
        "what": "ringing", "who": "person", "person": {"id": "ada", "name": "Ada Lovelace"}, "attempt": 1,
        "seconds": 25, "moves": ["wait", "phone", "hang_up"], "keys": [],
    },
    "call": null,
    "incident": null,
}))))]
pub struct Rehearsed {
    /// The line's id.
    pub line: String,
    /// When the call came in.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub at: Timestamp,
    /// What tells this call from others.
    pub seed: String,
    /// When it is, after all that has happened.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub now: Timestamp,
    /// How long it has taken so far.
    pub seconds: u32,
    /// Why the line took no such call when it came in; empty if it did.
    pub closed: Vec<Closed>,
    /// The holiday but for which it would have been within the line's support hours; null if there is none of that kind.
    pub holiday: Option<String>,
    /// What the call is about; null until that is known.
    pub service: Option<Named>,
    /// The service's mode by now; null until the service is known.
    pub mode: Option<Mode>,
    /// All that happened, in order.
    pub scenes: Vec<Scene>,
    /// What the next move has to answer; null if the call is over.
    pub waits_for: Option<RehearsalWait>,
    /// The call as the log would show it; null if the log would not have it.
    pub call: Option<Call>,
    /// What would become of the incident; null if there would be none.
    pub incident: Option<RehearsedIncident>,
}

/// The incident that a call would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RehearsedIncident {
    /// Of which kind.
    pub kind: IncidentKind,
    /// How it stands.
    pub status: IncidentStatus,
    /// What it is about; null if the line leads nowhere.
    pub service: Option<Named>,
    /// Who would be paged first, in order; nobody if somebody has it, or if the service pages nobody now.
    pub pages: Vec<RehearsedPage>,
    /// How many minutes the policy waits before that.
    pub after_minutes: u32,
    /// What the policy passes over on the way there.
    pub skipped: Vec<Rung>,
}

/// Somebody who would be paged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RehearsedPage {
    /// Who.
    pub person: Named,
    /// Why them.
    pub why: String,
}
