//! Carries an incident one step on.
//!
//! Whoever changes an incident does it by a [`Carrier`]: it is read with what is around it, the domain decides
//! ([`oncall::incident::step`]), and the result is saved if nobody else has saved meanwhile, or else it begins again.
//!
//! What follows from a step is done by those who can. [`Carrier::act`] is for functions that answer the public and hold
//! no credential that spends: pages that are to leave become due at once in the very save, a message wakes whoever
//! sends, and all else goes there as errands ([`pipeline::Errand`]). [`Carrier::step`] is for whoever sends: it gives
//! the effects back.

mod carrier;
mod errands;

pub use carrier::{Carrier, Failed, Taken, readable};
