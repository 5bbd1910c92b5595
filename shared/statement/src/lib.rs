//! What a tool has said, whichever door it came in by.
//!
//! A body becomes a [`Said`], by [`own`] or by whoever reads another shape with [`Members`]; [`Said::event`] cuts it to
//! what a message may hold, and names it so that a repetition is recognised.

mod bounded;
mod identity;
mod members;
pub mod own;
mod said;

pub use bounded::is_plain;
pub use identity::{Identity, dedup_key_of, hash};
pub use members::{Errors, Members};
pub use said::{Said, instant, severity};
