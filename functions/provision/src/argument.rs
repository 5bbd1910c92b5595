//! What handlers take besides their caller. Each argument reads its part of the request, refuses what it cannot read,
//! and says so in the description of every endpoint that takes it.

mod body;
mod condition;
mod idempotency_key;
mod part;
mod path;
mod query;
mod strict;

pub(crate) use body::{Body, Draft, Unsaved, typed};
pub(crate) use condition::{Condition, Conditions};
pub(crate) use idempotency_key::IdempotencyKey;
pub(crate) use part::Part;
pub(crate) use path::{Id, Two};
pub(crate) use query::{Query, cursor_at, limit, page, place_of};
#[cfg(test)]
pub(crate) use strict::Strict;

use axum::extract::State;

use crate::{app::App, describe::Description};

/// An argument of a handler.
pub(crate) trait Argument: Send + 'static {
    fn describe(description: &mut Description);
}

impl Argument for State<App> {
    fn describe(_: &mut Description) {}
}
