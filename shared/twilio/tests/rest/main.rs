//! The REST client against a Twilio on loopback that answers what it is told to, or breaks.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod answers;
mod fake;
mod faults;
mod files;
mod fixture;
mod names;
mod paging;
mod transport;
mod words;
