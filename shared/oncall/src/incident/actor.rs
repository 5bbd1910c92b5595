//! Who does something to an incident.

use crate::{Channel, PersonId};

/// Who does something to an incident.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Actor {
    /// We, by the policy, a rule or the passing of time.
    Dutyline,
    /// Its source: a tool, or the call that it is about.
    Source,
    /// A person.
    Person {
        /// Who.
        id: PersonId,
        /// How they told us.
        via: Via,
    },
    /// Somebody with a token of the admin API, by the token's name.
    Token(String),
}

/// How a person told us.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Via {
    /// By a text.
    Sms,
    /// By a key of their telephone.
    Voice,
    /// In the console, or by the admin API.
    Console,
    /// By taking the call that the incident is about.
    Call,
}

impl Actor {
    /// A person who told us by text or by key.
    pub fn person(id: PersonId, channel: Channel) -> Self {
        let via = match channel {
            Channel::Sms => Via::Sms,
            Channel::Voice => Via::Voice,
        };
        Self::Person { id, via }
    }

    /// The person, if it is one.
    pub fn person_id(&self) -> Option<&PersonId> {
        match self {
            Self::Person { id, .. } => Some(id),
            _ => None,
        }
    }

    /// Whether both are the same person, by whatever way, or the same token.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self.person_id(), other.person_id()) {
            (Some(one), Some(two)) => one == two,
            _ => self == other,
        }
    }
}
