//! The simulator against products small enough to lie in a test.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]
mod dial;
mod faults;
mod first_call;
mod flow;
mod hang_up;
mod product;
mod record;
mod rest;
mod strict;
mod time;
