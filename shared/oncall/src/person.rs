//! Who may be reached.

use phone::PhoneNumber;

use crate::{PersonId, TeamId};

/// A person who may be reached.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// Its id.
    pub id: PersonId,
    /// What colleagues call them; spoken to other responders, never to a caller.
    pub name: String,
    /// BCP 47 tag of the language in which they are spoken to; the line's language if absent.
    pub language: Option<String>,
    /// Telephones in the order in which they are tried.
    pub phones: Vec<Phone>,
}

/// A telephone of a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phone {
    /// Where it rings.
    pub number: PhoneNumber,
    /// Whether its owner has proven it to be theirs; until then it is never rung.
    pub verified: bool,
}

/// People who are notified together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// What colleagues call it.
    pub name: String,
    /// Its members, in the order in which they are tried.
    pub members: Vec<PersonId>,
}
