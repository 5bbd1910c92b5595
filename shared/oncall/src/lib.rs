//! Who answers now, and why.
//!
//! The domain of Dutyline: schedules, escalation policies, lines, calls. Pure: no I/O, no async, no clock and
//! no serialisation; every question about time takes the instant as an argument.
//!
//! - [`schedule`]: who is on call, by layers and overrides, at an instant or rendered for a window.
//! - [`Ladder`]: an escalation policy resolved for a live call: whose phone rings, in which order, and every
//!   reason why somebody is passed over. A real call and an explanation use the same one.
//! - [`climb`]: the same policy climbed for an incident, step by step, with waits and conditions.
//! - [`incident`]: an incident and the one function that changes it: events and wishes in, pages out.
//! - [`texting`]: what a responder's text means, and the short codes of their phone.
//! - [`sending`]: whether a page may leave, and from which line.
//! - [`Call`]: one inbound call and its log; the only ways in which it changes.
//! - [`Plan`]: the snapshot of configuration that one line needs; [`Plan::coverage`] says whether it leaves a gap.
//! - [`longest`]: how long the texts may be that people write.
//! - [`Review`]: what is wrong with a definition that somebody wants to save, and what is odd about it, by field.

pub mod climb;
pub mod incident;
pub mod longest;
pub mod reach;
pub mod schedule;

mod attempt;
mod call;
mod coverage;
mod holidays;
mod hours;
mod id;
mod ladder;
mod line;
mod message;
mod person;
mod plan;
mod policy;
mod review;
pub mod sending;
mod service;
#[cfg(test)]
mod sketch;
mod skip;
pub mod texting;

pub use attempt::{Attempt, AttemptResult, LegEnd};
pub use call::{Acceptance, Call, Outcome, Stage};
pub use coverage::{Cover, Stretch};
pub use holidays::{Holiday, HolidayCalendar};
pub use hours::{Hours, UnknownZone, Window};
pub use id::{CalendarId, CallId, IncidentId, LineId, PersonId, PolicyId, ScheduleId, ServiceId, TeamId, ThreadId};
pub use ladder::{Candidate, Ladder, LiveCall, Rung};
pub use line::{CallerIdPolicy, Destination, Key, Line, Voicemail, WithheldPolicy};
pub use message::{Message, Transcript};
pub use person::{NotificationRule, NotificationRules, Person, Phone, Team};
pub use plan::{Directory, NamedSchedule, Plan};
pub use policy::{Channel, EscalationPolicy, Notify, Order, Step, Target};
pub use review::{Caution, Problem, Refusal, Review, Warning};
pub use service::{Mode, Service};
pub use skip::{Skip, SkipReason};
