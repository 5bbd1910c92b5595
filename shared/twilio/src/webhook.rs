//! What Twilio tells us, believed only when it is signed.
//!
//! [`receive`] is the door: it gives a [`Verified`] [`Form`] or a [`Refused`], and nothing else in this
//! crate makes a `Verified`. [`voice`] and [`messaging`] have the types that the form becomes.

mod caller;
mod form;
pub mod messaging;
mod receive;
mod verified;
pub mod voice;

pub use crate::signature::{Refused, SignedRequest};
pub use caller::Caller;
pub use form::{Form, FromForm, ParameterError, Problem};
pub use receive::{Payload, receive, receive_any};
pub use verified::Verified;
