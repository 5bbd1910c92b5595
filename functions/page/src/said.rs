//! What is said to a responder, and what happens then.

use phone::PhoneNumber;
use words::Heard;

use crate::{listener::Listener, route::Route};

/// How often somebody is asked, so that a mailbox does not hear a page for ever.
pub(crate) const MOST_ASKINGS: u8 = 3;

/// What is said, in which language, and what happens then.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Said {
    /// BCP 47 tag of the language.
    pub tag: String,
    /// Sentences.
    pub says: Vec<String>,
    /// What happens then.
    pub then: Then,
}

/// What happens when everything has been said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Then {
    /// The call is over.
    HangUp,
    /// A key is waited for; with or without one this is asked.
    Ask(Route),
    /// After a moment this is asked, whatever is pressed.
    Again(Route),
    /// A number is dialled as a line; when that is over this is asked.
    Dial(Box<Dialling>),
}

/// A number to dial.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Dialling {
    /// Which; whoever dials it does not learn it.
    pub to: PhoneNumber,
    /// What its phone shows: the line, and not the responder.
    pub as_line: PhoneNumber,
    /// What is asked when it is over.
    pub then: Route,
}

impl Said {
    /// The last words.
    pub(crate) fn goodbye(listener: &Listener, mut says: Vec<String>) -> Self {
        says.push(listener.hears(Heard::Goodbye, &[]));
        Self { tag: listener.tag.clone(), says, then: Then::HangUp }
    }

    /// A question.
    pub(crate) fn ask(listener: &Listener, says: Vec<String>, route: Route) -> Self {
        Self { tag: listener.tag.clone(), says, then: Then::Ask(route) }
    }
}
