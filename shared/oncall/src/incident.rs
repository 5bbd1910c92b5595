//! An incident: what it is, how it changes, and what is to be done for it.
//!
//! [`step`] is the whole of it: an incident, a [`Cause`], an instant and [`Surroundings`] give the incident as it is
//! afterwards, [`Effect`]s, and an [`Answer`] for whoever acted. Whoever carries incidents
//!
//! 1. reads the incident and decides,
//! 2. saves it if nobody has saved it meanwhile, or else begins again,
//! 3. does the effects, and tells what became of each page by [`Cause::Sending`],
//! 4. comes back at [`Incident::due`] with [`Cause::Time`], or at any other time: what is not due is not done.
//!
//! Everything that is to happen stands in the incident, pages that are to be sent included. So it does not matter
//! which clock wakes whom, how often, or who dies in between: a page is ordered by one save, and one that nobody
//! accounts for is looked up at Twilio before anything is sent again.
//!
//! A page belongs to a *generation*. An acknowledgement, a silence and a resolution end one, and nothing of it is
//! paged any more; whatever brings the incident back begins the next.
//!
//! ```
//! use oncall::{
//!     Directory, IncidentId, Mode, PersonId, Target,
//!     incident::{
//!         Act, Actor, Cause, Effect, KnownPhones, Opening, Reason, Sending, Severity, Snapshot, Surroundings, Via, Wish,
//!         open, step,
//!     },
//! };
//! # use oncall::{NotificationRules, Person, Phone};
//! # let number = "+4790000001".parse().expect("a number");
//! # let ada = Person {
//! #     id: PersonId::new("ada"),
//! #     name: "Ada".to_owned(),
//! #     language: None,
//! #     timezone: None,
//! #     phones: vec![Phone { number, verified: true }],
//! #     rules: NotificationRules::default(),
//! # };
//! # let at = |text: &str| text.parse::<jiff::Timestamp>().expect("an instant");
//! # let directory = Directory { people: vec![ada], ..Directory::default() };
//! let around = Surroundings { directory: &directory, mode: Mode::Normal, phones: &KnownPhones::default() };
//! let opening = Opening {
//!     id: IncidentId::new("in_7f3k2m9q"),
//!     number: 42,
//!     key: "disk".to_owned(),
//!     service: None,
//!     snapshot: Snapshot::default(),
//!     reason: Reason::Person {
//!         by: Actor::Token("laptop".to_owned()),
//!         whom: vec![Target::Person(PersonId::new("ada"))],
//!         summary: "Come and see".to_owned(),
//!         severity: Severity::Critical,
//!     },
//! };
//! let opened = open(opening, at("2026-11-20T10:00:00Z"), &around);
//! let [Effect::Send(page)] = &opened.effects[..] else { panic!("a text to Ada") };
//!
//! // saved, then sent; and what became of it is told
//! let outcome = Sending::Accepted { sid: "SM0123".to_owned() };
//! let sent = Cause::Sending { page: page.number, outcome };
//! let incident = step(&opened.incident, &sent, at("2026-11-20T10:00:01Z"), &around).incident;
//! assert_eq!(incident.due(), Some(at("2026-11-20T10:02:00Z"))); // then she is called
//!
//! let by = Actor::Person { id: PersonId::new("ada"), via: Via::Sms };
//! let ack = Cause::Act(Act { id: "SM4567".to_owned(), by, wish: Wish::Acknowledge });
//! let incident = step(&incident, &ack, at("2026-11-20T10:01:00Z"), &around).incident;
//! assert_eq!(incident.due(), None);
//! ```

mod actor;
mod cause;
mod effect;
mod escalation;
mod event;
mod events;
mod forgetting;
mod handover;
mod intake;
mod log;
mod maintenance;
mod opening;
mod outcome;
mod page;
mod paging;
mod pursuit;
mod several;
mod severity;
mod step;
mod surroundings;
mod wish;

#[cfg(test)]
mod tests;

pub use actor::{Actor, Via};
pub use cause::{Act, Cause, Receipt, Sending, Wish};
pub use effect::{Answer, Effect};
pub use event::{Event, Link, Signal, Source};
pub use events::Events;
pub use log::{Entry, Happened, Log};
pub use maintenance::{Destination, destination, maintenance_key};
pub use opening::{Early, Opening, Reason, Snapshot, open};
pub use page::{Failure, Page, PageState};
pub use pursuit::{Planned, Pursuit};
pub use several::steps;
pub use severity::{Severity, Urgency};
pub use step::{Stepped, step};
pub use surroundings::{Bar, KnownPhones, Obstacle, Surroundings};

pub(crate) use page::later;

use jiff::{SignedDuration, Timestamp};

use crate::{
    CallId, IncidentId, PersonId, ServiceId, ThreadId,
    climb::{Climber, Position},
};

/// Something that is the matter, and everything that is done about it.
///
/// Only [`open`] and [`step`] change it.
#[derive(Clone, PartialEq, Debug)]
pub struct Incident {
    /// Opaque id, safe in a URL.
    pub id: IncidentId,
    /// Counted within the organisation; what people call it.
    pub number: u64,
    /// The deduplication key: events that have it belong here.
    pub key: String,
    /// What kind it is.
    pub kind: Kind,
    /// What it is about; none if people were paged directly.
    pub service: Option<ServiceId>,
    /// What is the matter, in a line.
    pub summary: String,
    /// How bad it is: the worst that its source has said.
    pub severity: Severity,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it last changed.
    pub touched_at: Timestamp,
    /// How often it has been saved; a save counts only if nobody else saved in between.
    pub version: u64,
    /// Where it stands.
    pub state: State,
    /// Since when it stands there, on its source's time line: what its source said before changes nothing.
    pub since: Timestamp,
    /// The policy that it climbs.
    pub snapshot: Snapshot,
    /// Grows whenever everything that was still to be paged is void.
    pub generation: u32,
    /// Where it stands on its policy.
    pub escalation: Escalation,
    /// Who is being paged.
    pub pursuits: Vec<Pursuit>,
    /// Pages, in the order of their numbers; of those that are settled only the last ones.
    pub pages: Vec<Page>,
    /// How many pages have been ordered.
    pub pages_ordered: u32,
    /// Whose it is: who has acknowledged it, or else whom the last step reached.
    pub assignees: Vec<PersonId>,
    /// What its source has said.
    pub events: Events,
    /// Everything that was done.
    pub log: Log,
    /// Conversations with those who reported it.
    pub threads: Vec<ThreadId>,
    /// While the service does not escalate: when to look again.
    pub held_until: Option<Timestamp>,
}

/// What kind of incident it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// One that pages.
    Usual,
    /// The one to which everything is attached that happens during a service's maintenance. It pages nobody, and is
    /// over with the maintenance.
    Maintenance,
    /// One that was opened while its service was being tried out. It pages nobody by itself, also later.
    Trial,
}

/// Where an incident stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum State {
    /// Nobody has it.
    Triggered,
    /// Somebody has it.
    Acknowledged {
        /// Who.
        by: Actor,
        /// Since when.
        at: Timestamp,
        /// When it is triggered again if they say nothing more.
        until: Option<Timestamp>,
    },
    /// Nobody is paged for a while.
    Silenced {
        /// Who wanted that.
        by: Actor,
        /// Since when.
        at: Timestamp,
        /// When it is triggered again.
        until: Timestamp,
    },
    /// It is over.
    Resolved {
        /// Who ended it.
        by: Actor,
        /// When.
        at: Timestamp,
    },
}

/// Where an incident stands on its policy.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Escalation {
    /// What comes next; none if the policy has nothing more, or there is none.
    pub position: Option<Position>,
    /// When it comes.
    pub due: Option<Timestamp>,
    /// How many steps have paged somebody in this generation.
    pub rises: u32,
    /// Which of them reached those whose it is.
    pub responsible: Option<u32>,
    /// When this round of the policy began.
    pub round_began: Option<Timestamp>,
    /// Steps that waited for more events than there were, and page as soon as there are as many.
    pub held_back: Vec<usize>,
    /// When somebody last escalated.
    pub escalated_at: Option<Timestamp>,
}

impl Incident {
    /// How many settled pages are kept.
    pub const MOST_SETTLED_PAGES: usize = 100;
    /// How many notification rules are followed at the same time: 250 people by two rules each. An item of the table has
    /// room for as many; what is over is told in the log.
    pub const MOST_RULES: usize = 500;
    /// How many conversations are kept.
    pub const MOST_THREADS: usize = 50;
    /// How long after its end an incident is the one that its key belongs to: what triggers later is another one.
    pub const REOPENS_WITHIN: SignedDuration = SignedDuration::from_mins(30);

    /// Whether it is over.
    pub fn is_resolved(&self) -> bool {
        matches!(self.state, State::Resolved { .. })
    }

    /// Whether nobody has it, so that people are paged.
    pub fn is_triggered(&self) -> bool {
        self.state == State::Triggered
    }

    /// Who has acknowledged it, while they have it.
    pub fn acknowledged_by(&self) -> Option<&Actor> {
        match &self.state {
            State::Acknowledged { by, .. } => Some(by),
            _ => None,
        }
    }

    /// Whether it can wait.
    pub fn urgency(&self) -> Urgency {
        self.severity.urgency()
    }

    /// The call that it is about, if it is about one: its key is that call's.
    pub fn call(&self) -> Option<CallId> {
        let is_sid = |rest: &str| rest.len() == 32 && rest.bytes().all(|byte| byte.is_ascii_hexdigit());
        self.key.strip_prefix("CA").filter(|rest| is_sid(rest)).map(|_| CallId::new(self.key.as_str()))
    }

    /// Whether somebody has reported it who can be called.
    pub fn has_reporter(&self) -> bool {
        !self.threads.is_empty() || self.call().is_some()
    }

    /// A page by its number.
    pub fn page(&self, number: u32) -> Option<&Page> {
        self.pages.iter().find(|page| page.number == number)
    }

    /// When something is to be done if nothing else happens: later than everything that was done. None if nothing is.
    pub fn due(&self) -> Option<Timestamp> {
        let own = match &self.state {
            State::Triggered => self.escalation.due,
            State::Acknowledged { until, .. } => *until,
            State::Silenced { until, .. } => Some(*until),
            State::Resolved { .. } => None,
        };
        let rules = self.pursuits.iter().filter_map(Pursuit::due);
        let pages = self.pages.iter().filter_map(Page::due);
        let due = own.into_iter().chain(rules).chain(pages).min();
        match self.held_until {
            Some(held) if self.kind == Kind::Maintenance => Some(held),
            Some(held) => due.map(|due| due.max(held)),
            None => due,
        }
    }

    /// Whether a trigger that happens now opens another incident, although this one has its key.
    pub fn is_long_over(&self, at: Timestamp) -> bool {
        matches!(self.state, State::Resolved { at: end, .. } if later(end, Self::REOPENS_WITHIN) < at)
    }
}

/// What an incident brings to its policy, at an instant.
struct Climbing<'i> {
    incident: &'i Incident,
    at: Timestamp,
}

impl Climber for Climbing<'_> {
    fn events_within(&self, minutes: u32) -> u32 {
        self.incident.events.within(minutes, self.at)
    }

    fn seed(&self) -> &str {
        self.incident.id.as_str()
    }
}
