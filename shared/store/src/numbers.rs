//! Numbers as Twilio knows them, and the purchases that brought them.
//!
//! Money is spent at most once for each intent: the [`Purchase`] is written, with its place in the quota and its claim
//! on the number, before Twilio is asked; whoever works on it holds a *lease*, so that of several requests with one
//! key one alone speaks with Twilio; and the line comes to be in the same transaction that settles the purchase.

mod adoption;
mod finding;
mod integration;
mod lease;
mod purchase;
mod quota;
mod record;
mod release;
mod reservation;
mod settlement;

pub use finding::Finding;
pub use integration::Integration;
pub use purchase::{Purchase, PurchaseState};
pub use record::{NumberRecord, Sends};
pub use reservation::Reservation;
