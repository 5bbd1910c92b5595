//! Who may be reached.

use phone::PhoneNumber;

use crate::{Channel, PersonId, TeamId};

/// A person who may be reached.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// Its id.
    pub id: PersonId,
    /// What colleagues call them; spoken to other responders, never to a caller.
    pub name: String,
    /// BCP 47 tag of the language in which they are spoken to; the line's language if absent.
    pub language: Option<String>,
    /// IANA name of the zone in which their day is read; nobody's day if absent.
    pub timezone: Option<String>,
    /// Telephones in the order in which they are tried.
    pub phones: Vec<Phone>,
    /// How an incident reaches them.
    pub rules: NotificationRules,
}

/// How an incident reaches a person, by its urgency.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotificationRules {
    /// For what cannot wait.
    pub high: Vec<NotificationRule>,
    /// For what can.
    pub low: Vec<NotificationRule>,
}

/// One way to reach a person, some time after the incident was theirs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotificationRule {
    /// How.
    pub channel: Channel,
    /// After how many minutes, unless they have acknowledged by then.
    pub after_minutes: u16,
}

impl Default for NotificationRules {
    /// A text at once, and a call two minutes later if it cannot wait.
    fn default() -> Self {
        let text = NotificationRule { channel: Channel::Sms, after_minutes: 0 };
        let call = NotificationRule { channel: Channel::Voice, after_minutes: 2 };
        Self { high: vec![text, call], low: vec![text] }
    }
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
