//! Carries incidents to people: the one function that pages.
//!
//! What to do is the domain's to say ([`oncall::incident`]), and what is saved is what counts; this crate is the loop
//! around it.
//!
//! 1. `trigger`: messages of the queue, the minute's sweep, or an event of a bus, a topic or somebody who calls directly.
//! 2. `message`: what a message says, as an event of an incident (`said`, `intake`, `opening`), or an errand (`errand`); what a reporter
//!    adds is passed on to whoever has it (`passing_on`).
//! 3. `carry`: what follows from a step is done, and what became of each page is told; again, until nothing follows.
//! 4. `sending`: a page leaves, by text, by call, or together with others; Twilio is asked about what is in doubt.
//! 5. `threads`: whoever reported an incident is told something, or connected with a responder.
//! 6. `sweep`: every minute, what is due and nobody has come for.
//!
//! A page leaves because a save has ordered it, and its order stands in the incident. Whoever dies in between is found
//! out by time, and Twilio is asked before anything is sent again. So nothing here remembers anything, and any two of
//! these functions may do the same at once.

mod app;
mod batch;
mod carry;
mod errand;
mod handler;
mod intake;
mod message;
mod opening;
mod outlets;
mod passing_on;
mod reporting;
mod said;
mod sending;
mod settings;
mod settling;
mod sweep;
mod threads;
mod trigger;

pub use app::{App, Pace};
pub use handler::NotHandled;
pub use settings::Settings;
pub use sweep::NotSwept;
