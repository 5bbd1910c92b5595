//! Texts of everybody who is no responder.

mod converse;
mod decide;

pub(crate) use decide::live;
