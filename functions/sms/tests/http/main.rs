//! The messaging function over a real table and queue, asked as Twilio asks.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper's failure is the test's")]

mod away;
mod commands;
mod conversations;
mod gate;
mod house;
mod organisation;
mod public;
mod receipts;
mod replies;
mod twilio_signs;
