//! The console, as its visitors use it without scripts: pages of a running stack, read as a browser reads them, and the
//! forms that stand on them. One page's behaviour a file.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod house;
mod page;

mod calls;
mod editing;
mod every_page;
mod incidents;
mod line;
mod numbers;
mod organisation;
mod people;
mod policies;
mod sending;
mod services;
mod signing_in;
mod softphone;
mod texts;
mod twilio_account;
