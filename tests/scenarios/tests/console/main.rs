//! The console, as its visitors use it without scripts: pages of a running stack, read as a browser reads them, and the
//! forms that stand on them. One page's behaviour a file.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod house;
mod issuer;
mod page;

mod calls;
mod editing;
mod every_page;
mod first_steps;
mod holidays;
mod incidents;
mod line;
mod numbers;
mod organisation;
mod people;
mod policies;
mod schedules;
mod sending;
mod services;
mod signing_in;
mod signing_in_at_an_issuer;
mod softphone;
mod texts;
mod twilio_account;
