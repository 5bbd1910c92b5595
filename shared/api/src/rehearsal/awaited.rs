//! What a story waits for.

use serde::{Deserialize, Serialize};

use super::{Named, Party};

/// What the next move has to answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RehearsalWait {
    /// What is going on.
    pub what: Awaited,
    /// Whose move `press` and `wait` are.
    pub who: Party,
    /// Which person it is about, if it is about one.
    pub person: Option<Named>,
    /// Which attempt it is about, if it is about one.
    pub attempt: Option<u16>,
    /// How long a `wait` takes, at most.
    pub seconds: u32,
    /// Which moves count now.
    pub moves: Vec<MoveKind>,
    /// What each key would do, and silence; empty where no key is asked for.
    pub keys: Vec<WhatAKeyDoes>,
}

/// What is going on while a move is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Awaited {
    /// A caller who is a responder is asked whether they call as one.
    Offer,
    /// The caller is asked what it is about.
    Menu,
    /// The caller may choose to leave a message, before the next phone rings.
    BetweenAttempts,
    /// A phone rings. Keys are not heard meanwhile.
    Ringing,
    /// A responder is asked whether they take the call.
    Question,
    /// The caller is asked for a message.
    Message,
    /// Caller and responder speak with each other.
    Conversation,
}

/// A type of move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MoveKind {
    /// `press`.
    Press,
    /// `wait`.
    Wait,
    /// `hang_up`.
    HangUp,
    /// `message`.
    Message,
    /// `phone`.
    Phone,
}

/// What a key would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WhatAKeyDoes {
    /// Which; null for none, that is, for silence.
    pub key: Option<String>,
    /// Where it leads.
    pub leads_to: KeyLeadsTo,
    /// Which service it chooses, if it does.
    pub service: Option<Named>,
    /// Whose phone would ring then.
    pub person: Option<Named>,
    /// What whoever presses it would hear.
    pub says: Vec<String>,
}

/// Where a key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum KeyLeadsTo {
    /// A menu, or the same again.
    Menu,
    /// A phone rings.
    Ring,
    /// The caller is asked for a message.
    Message,
    /// The responder is asked again.
    Question,
    /// Caller and responder are connected.
    Conversation,
    /// The desk for responders.
    Desk,
    /// That leg ends; a caller who waits is still looked after.
    End,
}
