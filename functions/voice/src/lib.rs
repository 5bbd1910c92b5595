//! Twilio's voice webhooks: the caller's call and the responder's whisper.
//!
//! A request goes one way through this crate:
//!
//! 1. [`Route`]: its path, from a closed list; the gate has verified its form.
//! 2. `inbound`: path and form become a [`Step`]: what has happened, to whom.
//! 3. `facts`: one round trip to the table: the line's plan and the call.
//! 4. [`decide`]: pure and total, in the crate `hotline`: what is said and done next, the call as it will be, what the incident pipeline is told.
//! 5. `perform`: the call is saved if nobody else saved in between; else 4 is asked again with the winner's call.
//! 6. `render`: the reply as TwiML, in the words of the crate `words`.
//!
//! If 3 or 5 take too long, `degraded` says something that still leads on.
//!
//! [`Step`]: hotline::Step
//! [`decide`]: hotline::decide

mod degraded;
mod handler;
mod inbound;
mod render;
mod route;
mod settings;

pub use handler::{App, router};
pub use route::{Input, Route};
pub use settings::Settings;
