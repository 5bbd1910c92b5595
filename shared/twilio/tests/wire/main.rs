//! The crate seen from outside: signed by others, parsed by others.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod body_binding;
mod fixture;
mod messaging_forms;
mod segments;
mod signing;
mod tampering;
mod twiml_names;
mod twiml_round_trip;
mod twiml_snapshots;
mod vectors;
mod voice_forms;
