//! The intake over a table and a queue: real clients, over wires that count and break.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper's failure is the test's")]

mod alertmanager;
mod away;
mod house;
mod own;
mod pagerduty;
mod rate;
mod refused_keys;
