//! Who answers now, and why: schedules, escalation policies, lines and the hunt for a human. No I/O, no async, no clock.
//!
//! Everything here is a function of its arguments: the instant is an argument too, and what is stored is given, not read.

mod id;
pub mod schedule;

pub use id::{LineId, PersonId, PolicyId, ScheduleId, ServiceId, TeamId};
