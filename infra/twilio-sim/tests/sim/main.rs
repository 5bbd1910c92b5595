//! The simulator against products small enough to lie in a test.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]
mod buy;
mod client;
mod compliance;
mod dial;
mod dial_recording;
mod estate;
mod faults;
mod first_call;
mod flow;
mod hang_up;
mod mishaps;
mod product;
mod record;
mod rest;
mod saved;
mod search;
mod strict;
mod texted;
mod texts;
mod time;
