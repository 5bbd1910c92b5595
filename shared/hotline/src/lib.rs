//! One call to a line, decided.
//!
//! Something has happened on a call ([`Step`]); what is known of it is its line's plan and where it stands ([`Facts`]).
//! [`decide`] says what is said and done next ([`Reply`]), the call as it will be, and what the incident pipeline is
//! told. Pure: no I/O, no async, no clock; whoever asks brings the instant, and saves.

mod decide;
mod event;
pub mod patience;
mod reply;
mod step;

pub use decide::{Contact, Decision, Facts, decide, untold};
pub use reply::{Reply, Ring};
pub use step::{Recording, Step};
