//! The console, as its visitors use it without scripts: pages of a running stack, read as a browser reads them, and the
//! forms that stand on them. One page's behaviour a file.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod house;
mod page;

mod editing;
mod line;
mod numbers;
mod sending;
mod signing_in;
mod twilio_account;
