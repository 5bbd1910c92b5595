//! Twilio's messaging webhooks: texts of responders and of others, and how our own texts fare.
//!
//! A text goes one way through this crate:
//!
//! 1. `letter`: its form, which the gate has verified, becomes a `Letter`: who wrote what to which number.
//! 2. Two questions to the table at the same time: whose phone it is and what that was sent, and the line's plan with its
//!    conversation with the sender.
//! 3. `responder::meaning`: what a responder's text means. `responder::acting` carries it out, each incident by one step
//!    of its own, and `responder::answer` says what came of it.
//! 4. `public::decide`, for everybody else: pure; what is answered, the conversation as it will be, and what goes on the
//!    queue. `public::converse` saves it, if nobody else saved in between, and sends it.
//!
//! What is said leaves as TwiML in the answer: no credential is needed for it. `receipt` hands on how a text of ours
//! fared.

mod app;
mod handler;
mod letter;
mod public;
mod receipt;
mod responder;
mod settings;

pub use app::App;
pub use handler::router;
pub use settings::Settings;
