//! What a source says about an incident.

use jiff::Timestamp;

use super::Severity;
use crate::{PersonId, ThreadId};

/// One thing that a source says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// Tells one that is delivered again from another one.
    pub id: String,
    /// When it happened, by a clock of ours: the voice function's, or the one of the door that took it. Never what
    /// a foreign clock claims, since the order of events decides whether anybody is paged.
    pub at: Timestamp,
    /// Who says it.
    pub source: Source,
    /// What is the matter, in a line, if it says so.
    pub summary: Option<String>,
    /// How bad it is, if it says so.
    pub severity: Option<Severity>,
    /// What the source wants.
    pub signal: Signal,
    /// The conversation with whoever says it, if they can be told something.
    pub thread: Option<ThreadId>,
    /// Where to look: what a tool points at, pictures that came with a text.
    pub links: Vec<Link>,
}

/// Where to look.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The address.
    pub href: String,
    /// What it is called, or what it is.
    pub text: Option<String>,
}

/// Who speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// A tool that watches something. Only its triggers open an incident.
    Tool,
    /// The voice function, about a call (docs/incident-events.md): `accepted` is [`Signal::Acknowledge`], `ended`
    /// [`Signal::Resolve`], `missed` and `message` are [`Signal::Missed`], `transcribed` is [`Signal::Note`]. Whatever
    /// comes first opens the incident: none of it is sent in vain.
    Call,
    /// Somebody who texts a line.
    Text,
}

/// What a source wants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Signal {
    /// Something is the matter. Said again while the incident is open, it is one more event.
    Trigger,
    /// A caller was not helped: as [`Signal::Trigger`], and whoever had acknowledged before does not have it any more.
    Missed,
    /// Somebody has it.
    Acknowledge {
        /// Who, if that is known.
        by: Option<PersonId>,
    },
    /// It is over.
    Resolve,
    /// Something to know, which changes nothing.
    Note,
}

impl Event {
    /// Whether it opens an incident where there is none.
    pub fn opens(&self) -> bool {
        match self.signal {
            Signal::Trigger | Signal::Missed => true,
            _ => self.source == Source::Call,
        }
    }
}
