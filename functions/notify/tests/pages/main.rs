//! Incidents carried to people, over a table, a queue, secrets and Twilio that are there, by the real clients.

#![recursion_limit = "256"]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper's failure is the test's")]

mod carried;
mod doors;
mod doubts;
mod errands;
mod house;
mod organisation;
mod refusals;
mod storms;
mod twice;
